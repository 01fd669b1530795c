import { once } from 'node:events';
import { type DeflateRaw, createDeflateRaw, deflateRawSync } from 'node:zlib';
import { crc32 } from '../../../base/crc32.js';

/** Level 1: twice as fast as the default for a file a fifth larger. Large chunks: each is a round trip to a thread of the pool. */
const compression = { level: 1, chunkSize: 256 * 1024 } as const;
/** Bytes that the compressor gets at once. A part that is smaller is compressed in one go, which takes a tenth of a stream's time. */
const bytesAtOnce = 512 * 1024;
/** Most bytes that wait for the compressor. */
const maxBacklogBytes = 4 * 1024 * 1024;

/** A part of a zip that is being written. What becomes of it depends on its content only, never on who is faster. */
export class ZipPart {
  crc = 0;
  bytes = 0;
  compressedBytes = 0;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #stream: DeflateRaw | null = null;
  readonly #started: Promise<DeflateRaw | Buffer>;
  #start: (output: DeflateRaw | Buffer) => void = () => undefined;

  constructor() {
    this.#started = new Promise((resolve) => (this.#start = resolve));
  }

  /** @param bytes nobody changes them any more */
  write(bytes: Buffer): void {
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes < bytesAtOnce) return;
    if (this.#stream === null) this.#start((this.#stream = createDeflateRaw(compression)));
    this.#stream.write(this.#take());
  }

  end(): void {
    if (this.#stream !== null) this.#stream.end(this.#take());
    else this.#start(deflateRawSync(this.#take(), { level: compression.level }));
  }

  /** Waits until the compressor has processed most of what was written. */
  async drained(): Promise<void> {
    const stream = this.#stream;
    if (stream === null || stream.destroyed) return;
    if (!stream.writableNeedDrain || stream.writableLength < maxBacklogBytes) return;
    await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
  }

  /** Its compressed bytes, once and to their end. */
  async *compressed(): AsyncGenerator<Buffer> {
    const output = await this.#started;
    for await (const chunk of Buffer.isBuffer(output) ? [output] : output) {
      const bytes = chunk as Buffer;
      this.compressedBytes += bytes.length;
      yield bytes;
    }
  }

  destroy(): void {
    this.#stream?.destroy();
  }

  #take(): Buffer {
    const [only, ...others] = this.#pending;
    const bytes = only !== undefined && others.length === 0 ? only : Buffer.concat(this.#pending);
    this.crc = crc32(bytes, this.crc);
    this.bytes += bytes.length;
    this.#pending = [];
    this.#pendingBytes = 0;
    return bytes;
  }
}
