/** Bytes that were read and not yet used up. Grows as needed, and copies each byte only now and then. */
export class HeldBytes {
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

  drop(bytes: number): void {
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
