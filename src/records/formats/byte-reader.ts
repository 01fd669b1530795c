/** Reads a stream of bytes piece by piece, and can look ahead and put back. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);
  #isOver = false;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** At least `length` bytes without taking them; fewer only where the stream ends. */
  async peek(length: number): Promise<Buffer> {
    if (this.#held.length >= length || this.#isOver) return this.#held;
    const parts: Buffer[] = [this.#held];
    let bytes = this.#held.length;
    while (bytes < length && !this.#isOver) {
      const chunk = await this.#pull();
      if (chunk === null) break;
      // A copy, because the stream may reuse the chunk's memory.
      parts.push(Buffer.from(chunk));
      bytes += chunk.length;
    }
    this.#held = Buffer.concat(parts);
    return this.#held;
  }

  /** Takes exactly `length` bytes; null where the stream ends before. */
  async take(length: number): Promise<Buffer | null> {
    const held = await this.peek(length);
    if (held.length < length) return null;
    this.#held = held.subarray(length);
    return held.subarray(0, length);
  }

  /** Takes the next bytes, at most `length` of them; null at the end. */
  async next(length = Infinity): Promise<Buffer | null> {
    const held = this.#held.length > 0 ? this.#held : await this.#pull();
    if (held === null) return null;
    const piece = held.subarray(0, length);
    this.#held = held.subarray(piece.length);
    return piece;
  }

  /** Puts back what was taken last. */
  putBack(bytes: Buffer): void {
    this.#held = this.#held.length === 0 ? bytes : Buffer.concat([bytes, this.#held]);
  }

  /** What is left, in pieces. Whoever stops early ends the stream. */
  async *rest(): AsyncGenerator<Buffer> {
    try {
      for (let piece = await this.next(); piece !== null; piece = await this.next()) yield piece;
    } finally {
      await this.close();
    }
  }

  async close(): Promise<void> {
    this.#isOver = true;
    await this.#chunks.return?.();
  }

  /** The next chunk that is not empty. */
  async #pull(): Promise<Buffer | null> {
    while (!this.#isOver) {
      const { done, value } = await this.#chunks.next();
      if (done === true) this.#isOver = true;
      else if (value.length > 0) return value;
    }
    return null;
  }
}
