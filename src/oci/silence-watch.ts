/** Ends an attempt when nothing has been heard for a time; a transfer that goes on has all the time it needs. */
export class SilenceWatch {
  readonly #controller = new AbortController();
  readonly #timeoutMs: number;
  #timer: NodeJS.Timeout;
  isSilent = false;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
    this.#timer = this.#start();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  heard(): void {
    clearTimeout(this.#timer);
    this.#timer = this.#start();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  /** Hands on the parts; each of them is a sign of life. */
  async *over(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      for await (const part of parts) {
        this.heard();
        yield part;
      }
    } finally {
      this.heard();
    }
  }

  #start(): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.isSilent = true;
      this.#controller.abort();
    }, this.#timeoutMs);
    return timer.unref();
  }
}
