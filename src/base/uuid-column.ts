import { readUuid, uuidWords, writeUuid } from './uuid-text.js';

const firstCapacity = 1024;

/**
 * A growing list of texts, nearly all of which are UUIDs: each of those takes 16 bytes, that the garbage collector does not
 * look at, instead of 64. Other texts are kept as they are.
 */
export class UuidColumn {
  #words = new Int32Array(firstCapacity * uuidWords);
  /** By position. */
  readonly #others = new Map<number, string>();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(text: string): void {
    const position = this.#length;
    if (position * uuidWords === this.#words.length) {
      const larger = new Int32Array(this.#words.length * 2);
      larger.set(this.#words);
      this.#words = larger;
    }
    this.#length += 1;
    this.set(position, text);
  }

  set(position: number, text: string): void {
    if (readUuid(text, this.#words, position * uuidWords)) this.#others.delete(position);
    else this.#others.set(position, text);
  }

  /** @throws RangeError where there is nothing at the position */
  get(position: number): string {
    if (position < 0 || position >= this.#length) throw new RangeError(`no text at position ${position}`);
    const other = this.#others.size === 0 ? undefined : this.#others.get(position);
    return other ?? writeUuid(this.#words, position * uuidWords);
  }
}
