import { type Hash, createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import type { TransformOptions } from 'node:stream';
import { writeFile } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Gzip, type ZlibOptions, createGzip, gzipSync } from 'node:zlib';
import { sha256Hex } from '../../base/digest.js';
import { Failure, explainError } from '../../errors.js';
import type { FileDigests } from './describe-artefact.js';

/** Bytes buffered before they go to the compressor: few large writes instead of many small ones. */
const batchBytes = 512 * 1024;

/** The buffer grows to that: most files of a small day never need it. */
const firstBatchBytes = 16 * 1024;

// Level 1: events compress almost as well, in a third of the time.
const level = 1;

/** UTF-8 needs at most three bytes for a UTF-16 unit. */
const maxBytesPerUnit = 3;

/** Bytes that may wait for the compressor, which runs on another core while lines are made on this one. */
const backlogBytes = 8 * 1024 * 1024;

/** The way of the batches to the file. */
interface Opened {
  readonly gzip: Gzip;
  readonly file: WriteStream;
  readonly done: Promise<void>;
  /** Of all that went into the compressor, and of all that came out. */
  readonly content: Hash;
  readonly whole: Hash;
}

/**
 * Writes lines to a gzip file, with back-pressure, so that memory does not grow with the file. Less than a batch is
 * written at once when the file is closed. Digests are made on the way: to unpack a large file again takes longer.
 */
export class GzipLineWriter {
  readonly #path: string;
  /** null until the first batch is full. */
  #opened: Opened | null = null;
  /** Lines are encoded straight into this buffer: joining them as text first would copy all of them twice. */
  #batch: Buffer = Buffer.allocUnsafeSlow(firstBatchBytes);
  #length = 0;
  #isFull = false;
  #isTurnDue = false;
  /** Buffers that the compressor is done with. */
  readonly #spare: Buffer[] = [];
  #error: unknown = null;

  constructor(path: string) {
    this.#path = path;
  }

  /** Adds a line, given in parts. Check `behind()` afterwards. */
  write(...parts: readonly string[]): void {
    for (const part of parts) this.#append(part);
    this.writeLines('\n');
  }

  /** Adds whole lines, each with its newline. */
  writeLines(lines: string): void {
    this.#append(lines);
    if (this.#length >= batchBytes / 2) this.#flush((this.#opened ??= this.#open()));
  }

  /**
   * Await the result, where there is one, before making more lines: it is one turn of the event loop after each batch,
   * without which neither this compressor nor any other stream would proceed, and longer when the compressor is behind.
   */
  behind(): Promise<void> | undefined {
    if (!this.#isTurnDue) return undefined;
    this.#isTurnDue = false;
    return this.#isFull && this.#opened !== null ? this.#drained(this.#opened) : nextTurn();
  }

  /** Finishes the file. Throws Failure('storage') where any part of it could not be written. */
  async close(): Promise<FileDigests> {
    try {
      if (this.#opened === null) return await this.#writeSmall();
      const { gzip, file, done, content, whole } = this.#opened;
      this.#flush(this.#opened);
      gzip.end();
      await done;
      return {
        bytes: file.bytesWritten,
        sha256: whole.digest('hex'),
        contentSha256: content.digest('hex'),
      };
    } catch (error) {
      throw this.#failure(this.#error ?? error);
    }
  }

  /** Aborts: the file is left incomplete. */
  destroy(): void {
    this.#opened?.gzip.destroy();
    this.#opened?.file.destroy();
  }

  async #writeSmall(): Promise<FileDigests> {
    const content = this.#batch.subarray(0, this.#length);
    const compressed = gzipSync(content, { level });
    await writeFile(this.#path, compressed, { flag: 'wx' });
    return {
      bytes: compressed.length,
      sha256: sha256Hex(compressed),
      contentSha256: sha256Hex(content),
    };
  }

  #open(): Opened {
    // (The type of zlib's options lacks those that every stream has.)
    const options: ZlibOptions & TransformOptions = {
      level,
      chunkSize: 64 * 1024,
      writableHighWaterMark: backlogBytes,
    };
    const gzip = createGzip(options);
    const file = createWriteStream(this.#path, { flags: 'wx' });
    file.on('error', (error) => gzip.destroy(error));
    gzip.on('error', (error) => (this.#error ??= error));
    const whole = createHash('sha256');
    gzip.on('data', (chunk: Buffer) => whole.update(chunk));
    gzip.pipe(file);
    const done = finished(file);
    // Reported by close(); until then a rejection must not count as unhandled.
    done.catch((error: unknown) => (this.#error ??= error));
    return { gzip, file, done, content: createHash('sha256'), whole };
  }

  #append(text: string): void {
    const most = text.length * maxBytesPerUnit;
    if (this.#batch.length - this.#length < most) {
      const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#batch.length, this.#length + most));
      this.#batch.copy(larger, 0, 0, this.#length);
      this.#batch = larger;
    }
    this.#length += this.#batch.write(text, this.#length);
  }

  #flush({ gzip, content }: Opened): void {
    if (this.#error !== null) throw this.#failure(this.#error);
    if (this.#length === 0) return;
    const batch = this.#batch;
    const ready = batch.subarray(0, this.#length);
    content.update(ready);
    this.#isFull = !gzip.write(ready, () => this.#spare.push(batch));
    this.#batch = this.#spare.pop() ?? Buffer.allocUnsafeSlow(batchBytes);
    this.#length = 0;
    this.#isTurnDue = true;
  }

  async #drained({ gzip, done }: Opened): Promise<void> {
    this.#isFull = false;
    await Promise.race([once(gzip, 'drain'), done]).catch((error: unknown) => {
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
