import { byte } from './scan-value.js';

/** Bytes that were read and not yet used up. Grows as needed, and copies each byte only now and then. */
export class HeldText {
  /** Number of the line in which the held bytes begin, from 1. */
  line = 1;
  /** Bytes before the held ones in their line. */
  column = 0;
  /** All bytes that were used up. */
  used = 0;
  #store: Buffer = Buffer.alloc(64 * 1024);
  #from = 0;
  #to = 0;

  get length(): number {
    return this.#to - this.#from;
  }

  /** Valid until the next `append`. */
  view(): Buffer {
    return this.#store.subarray(this.#from, this.#to);
  }

  append(chunk: Buffer): void {
    if (this.#to + chunk.length > this.#store.length) this.#makeRoom(chunk.length);
    chunk.copy(this.#store, this.#to);
    this.#to += chunk.length;
  }

  /** Goes on behind these bytes. */
  use(bytes: number): void {
    const gone = this.#store.subarray(this.#from, this.#from + bytes);
    let lineAt = 0;
    for (let at = gone.indexOf(byte.newline); at >= 0; at = gone.indexOf(byte.newline, lineAt)) {
      this.line += 1;
      lineAt = at + 1;
    }
    this.column = lineAt === 0 ? this.column + bytes : bytes - lineAt;
    this.used += bytes;
    this.#from += bytes;
    if (this.#from === this.#to) this.#from = this.#to = 0;
  }

  #makeRoom(bytes: number): void {
    const needed = this.length + bytes;
    // Moving to the front pays only where much was dropped.
    const store = needed * 2 <= this.#store.length ? this.#store : Buffer.allocUnsafeSlow(needed * 2);
    this.#store.copy(store, 0, this.#from, this.#to);
    this.#store = store;
    this.#to -= this.#from;
    this.#from = 0;
  }
}
