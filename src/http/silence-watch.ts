/**
 * Aborts an attempt when no data has arrived for a while; a transfer that makes progress may take as long as it needs.
 */
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

  restart(): void {
    clearTimeout(this.#timer);
    this.#timer = this.#start();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  /** Passes the parts on; each of them restarts the timer. */
  async *over(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      for await (const part of parts) {
        this.restart();
        yield part;
      }
    } finally {
      this.restart();
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
