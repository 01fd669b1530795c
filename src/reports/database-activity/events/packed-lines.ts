import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** A block is packed once it has so many characters. */
const blockCharacters = 96 * 1024;

/** So many unpacked blocks are kept where lines come nearly in the order in which they are read. */
const usualOpen = 12;

/**
 * Texts in memory, packed: a day of many records has some kilobytes for each, much of it the same. Reading near neighbours is
 * cheap.
 */
export class PackedLines {
  readonly #blocks: Buffer[] = [];
  readonly #open = new Map<number, string>();
  readonly #mostOpen: number;
  #current = '';

  constructor(mostOpen = usualOpen) {
    this.#mostOpen = mostOpen;
  }

  /** @returns the place of the text */
  add(text: string): { readonly block: number; readonly start: number; readonly end: number } {
    if (this.#current.length >= blockCharacters) {
      this.#blocks.push(deflateRawSync(Buffer.from(this.#current), { level: 1 }));
      this.#current = '';
    }
    const start = this.#current.length;
    this.#current += text;
    return { block: this.#blocks.length, start, end: this.#current.length };
  }

  at(block: number, start: number, end: number): string {
    return this.#text(block).slice(start, end);
  }

  /** Forgets what was unpacked. */
  release(): void {
    this.#open.clear();
  }

  #text(block: number): string {
    const packed = this.#blocks[block];
    if (packed === undefined) return this.#current;
    const known = this.#open.get(block);
    if (known !== undefined) return known;
    const text = inflateRawSync(packed).toString('utf8');
    if (this.#open.size >= this.#mostOpen) {
      const [oldest] = this.#open.keys();
      if (oldest !== undefined) this.#open.delete(oldest);
    }
    this.#open.set(block, text);
    return text;
  }
}
