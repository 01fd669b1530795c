import { readUuid, uuidWords, writeUuid } from './uuid-text.js';

const firstCapacity = 1024;

/**
 * Places that are looked at for one UUID. Whoever chooses ids so that many want the same place makes the rest of them as dear
 * as they are in a Map, and no dearer.
 */
const longestProbe = 32;

const free = -1;
const none = -1;

/**
 * Numbers by text, where nearly all texts are UUIDs: each of those takes 28 to 56 bytes, that the garbage collector does
 * not look at, instead of some 100 in a Map. Nothing is ever removed, save all of it.
 */
export class UuidMap {
  /** What was added, in its order: its words, and its number. The next one is written behind it before it counts. */
  #words = new Int32Array(firstCapacity * uuidWords);
  #numbers = new Int32Array(firstCapacity);
  #length = 0;
  /** Twice as many places as there is room: which entry is there, or `free`. */
  #places = new Int32Array(firstCapacity * 2).fill(free);
  readonly #others = new Map<string, number>();

  get(text: string): number | undefined {
    this.#makeRoom();
    const place = this.#placeOf(text);
    const entry = place === none ? free : this.#places[place];
    if (entry !== undefined && entry !== free) return this.#numbers[entry];
    return this.#others.get(text);
  }

  /**
   * Adds the text, unless it is there.
   *
   * @param number an integer up to 2^31
   * @returns the number of the text by now
   */
  addOnce(text: string, number: number): number {
    this.#makeRoom();
    const place = this.#placeOf(text);
    const entry = place === none ? free : (this.#places[place] ?? free);
    if (entry !== free) return this.#numbers[entry] ?? number;
    // It may have been added when it found no place.
    const other = this.#others.size === 0 ? undefined : this.#others.get(text);
    if (other !== undefined) return other;
    if (place === none) {
      this.#others.set(text, number);
    } else {
      this.#places[place] = this.#length;
      this.#numbers[this.#length] = number;
      this.#length += 1;
    }
    return number;
  }

  clear(): void {
    this.#words = new Int32Array(firstCapacity * uuidWords);
    this.#numbers = new Int32Array(firstCapacity);
    this.#places = new Int32Array(firstCapacity * 2).fill(free);
    this.#length = 0;
    this.#others.clear();
  }

  #placeOf(text: string): number {
    const at = this.#length * uuidWords;
    return readUuid(text, this.#words, at) ? this.#find(at) : none;
  }

  /** The place of the UUID, or a free one for it; `none`: there is neither among those that are looked at. */
  #find(wanted: number): number {
    const words = this.#words;
    const places = this.#places;
    const a = words[wanted] ?? 0;
    const b = words[wanted + 1] ?? 0;
    const c = words[wanted + 2] ?? 0;
    const d = words[wanted + 3] ?? 0;
    const last = places.length - 1;
    let place = mixed(a, b, c, d) & last;
    for (let probe = 0; probe < longestProbe; probe += 1) {
      const entry = places[place] ?? free;
      if (entry === free) return place;
      const at = entry * uuidWords;
      if (words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d) return place;
      place = (place + 1) & last;
    }
    return none;
  }

  /** Twice the room. An entry that finds no place then is among the others, and its room stays unused. */
  #makeRoom(): void {
    if (this.#length < this.#numbers.length) return;
    const words = new Int32Array(this.#words.length * 2);
    words.set(this.#words);
    this.#words = words;
    const numbers = new Int32Array(this.#numbers.length * 2);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
    this.#places = new Int32Array(this.#places.length * 2).fill(free);
    for (let entry = 0; entry < this.#length; entry += 1) {
      const place = this.#find(entry * uuidWords);
      if (place === none) this.#others.set(writeUuid(words, entry * uuidWords), numbers[entry] ?? 0);
      else this.#places[place] = entry;
    }
  }
}

/** Spreads over all bits: many ids differ in a few digits alone. */
function mixed(a: number, b: number, c: number, d: number): number {
  let hash = Math.imul(a ^ (a >>> 15), 0x2c1b3c6d) + b;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) + c;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) + d;
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return hash ^ (hash >>> 15);
}
