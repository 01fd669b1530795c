import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import type { TransformOptions } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Gzip, type ZlibOptions, createGzip } from 'node:zlib';
import { Failure, explainError } from '../../errors.js';

/** Bytes buffered before they go to the compressor: few large writes instead of many small ones. */
const batchBytes = 512 * 1024;

/** UTF-8 needs at most three bytes for a UTF-16 unit. */
const maxBytesPerUnit = 3;

/** Bytes that may wait for the compressor, which runs on another core while lines are made on this one. */
const backlogBytes = 8 * 1024 * 1024;

/** Writes lines to a gzip file, with back-pressure, so that memory does not grow with the file. */
export class GzipLineWriter {
  readonly #path: string;
  readonly #gzip: Gzip;
  readonly #file: WriteStream;
  readonly #done: Promise<void>;
  /** Lines are encoded straight into this buffer: joining them as text first would copy all of them twice. */
  #batch: Buffer = Buffer.allocUnsafeSlow(batchBytes);
  #length = 0;
  #isFull = false;
  #isTurnDue = false;
  /** Buffers that the compressor is done with. */
  readonly #spare: Buffer[] = [];
  #error: unknown = null;

  constructor(path: string) {
    this.#path = path;
    // Level 1: events compress almost as well, in a third of the time.
    // (The type of zlib's options lacks those that every stream has.)
    const options: ZlibOptions & TransformOptions = {
      level: 1,
      chunkSize: 64 * 1024,
      writableHighWaterMark: backlogBytes,
    };
    this.#gzip = createGzip(options);
    this.#file = createWriteStream(path, { flags: 'wx' });
    this.#file.on('error', (error) => this.#gzip.destroy(error));
    this.#gzip.on('error', (error) => (this.#error ??= error));
    this.#gzip.pipe(this.#file);
    this.#done = finished(this.#file);
    // Reported by close(); until then a rejection must not count as unhandled.
    this.#done.catch((error: unknown) => (this.#error ??= error));
  }

  /** Adds a line, given in parts. Check `behind()` afterwards. */
  write(...parts: readonly string[]): void {
    for (const part of parts) this.#append(part);
    this.writeLines('\n');
  }

  /** Adds whole lines, each with its newline. */
  writeLines(lines: string): void {
    this.#append(lines);
    if (this.#length >= batchBytes / 2) this.#flush();
  }

  /**
   * Await the result, where there is one, before making more lines: it is one turn of the event loop after each batch,
   * without which neither this compressor nor any other stream would proceed, and longer when the compressor is behind.
   */
  behind(): Promise<void> | undefined {
    if (!this.#isTurnDue) return undefined;
    this.#isTurnDue = false;
    return this.#isFull ? this.#drained() : nextTurn();
  }

  /** Finishes the file. Throws Failure('storage') where any part of it could not be written. */
  async close(): Promise<void> {
    this.#flush();
    this.#gzip.end();
    try {
      await this.#done;
    } catch (error) {
      throw this.#failure(this.#error ?? error);
    }
  }

  /** Aborts: the file is left incomplete. */
  destroy(): void {
    this.#gzip.destroy();
    this.#file.destroy();
  }

  #append(text: string): void {
    const most = text.length * maxBytesPerUnit;
    if (this.#batch.length - this.#length < most) {
      const larger = Buffer.allocUnsafeSlow(this.#length + most + batchBytes);
      this.#batch.copy(larger, 0, 0, this.#length);
      this.#batch = larger;
    }
    this.#length += this.#batch.write(text, this.#length);
  }

  #flush(): void {
    if (this.#error !== null) throw this.#failure(this.#error);
    if (this.#length === 0) return;
    const batch = this.#batch;
    const ready = batch.subarray(0, this.#length);
    this.#isFull = !this.#gzip.write(ready, () => this.#spare.push(batch));
    this.#batch = this.#spare.pop() ?? Buffer.allocUnsafeSlow(batchBytes);
    this.#length = 0;
    this.#isTurnDue = true;
  }

  async #drained(): Promise<void> {
    this.#isFull = false;
    await Promise.race([once(this.#gzip, 'drain'), this.#done]).catch((error: unknown) => {
      throw this.#failure(this.#error ?? error);
    });
  }

  #failure(error: unknown): Failure {
    return new Failure('storage', `cannot write ${this.#path}: ${explainError(error)}`, {
      cause: error,
      hints: ['Free space on the disk of the temporary folder, or point TMPDIR to another one.'],
    });
  }
}
