import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { type Gzip, type ZlibOptions, createGzip } from 'node:zlib';
import type { TransformOptions } from 'node:stream';
import { Failure, explainError } from '../errors.js';

/** Characters gathered before they go to the compressor: few large writes instead of many small ones. */
const batchCharacters = 256 * 1024;

/** Bytes that may wait for the compressor, which works on the other core while lines are made on this one. */
const backlogBytes = 8 * 1024 * 1024;

/** Writes lines to a gzip file, with back-pressure, so that memory does not grow with what is written. */
export class GzipLineWriter {
  readonly #path: string;
  readonly #gzip: Gzip;
  readonly #file: WriteStream;
  readonly #done: Promise<void>;
  #lines: string[] = [];
  #characters = 0;
  #error: unknown = null;

  constructor(path: string) {
    this.#path = path;
    // Level 1: events compress about as well, in a third of the time.
    // (The types of zlib's options leave out those that every stream has.)
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

  /** Adds a line. Await what it returns, when it returns anything: the compressor is behind. */
  write(line: string): Promise<void> | undefined {
    this.#lines.push(line);
    this.#characters += line.length;
    return this.#characters >= batchCharacters ? this.#flush() : undefined;
  }

  /** Ends the file. Throws Failure('storage') when any of it could not be written. */
  async close(): Promise<void> {
    await this.#flush();
    this.#gzip.end();
    try {
      await this.#done;
    } catch (error) {
      throw this.#failure(this.#error ?? error);
    }
  }

  /** Gives up: the file is left as it is. */
  destroy(): void {
    this.#gzip.destroy();
    this.#file.destroy();
  }

  async #flush(): Promise<void> {
    if (this.#error !== null) throw this.#failure(this.#error);
    if (this.#lines.length === 0) return;
    const text = `${this.#lines.join('\n')}\n`;
    this.#lines = [];
    this.#characters = 0;
    if (this.#gzip.write(text)) return;
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
