import { constants, createInflateRaw, inflateRawSync } from 'node:zlib';
import { explainError } from '../../errors.js';
import type { ByteReader } from './byte-reader.js';
import { crc32 } from '../../base/crc32.js';

/** Small pieces: the output of one is held in memory at once, and may be a thousand times as long. */
const pieceBytes = 32 * 1024;

/** So much of a member's data is kept, to unpack it up to the very damage. */
const maxKeptBytes = 1024 * 1024;

/** Longest output that is unpacked again for that. */
const maxAgainBytes = 64 * 1024 * 1024;

/** The result of unpacking one run of DEFLATE data. */
export interface Inflated {
  /** Bytes that came out. */
  bytes: number;
  /** CRC-32 of them. */
  crc: number;
  readonly end: 'whole' | 'cut off' | 'damaged';
  /** What is wrong with it, where it is damaged. */
  readonly words: string;
}

/**
 * Unpacks one run of DEFLATE data, and leaves the reader at the byte behind it. A pipe would not do: a stream that
 * fails drops output that was not read yet, which may contain whole events. The next piece is unpacked while the output
 * of the last one is being read.
 */
export async function* inflateMember(reader: ByteReader): AsyncGenerator<Buffer, Inflated> {
  const inflate = createInflateRaw({ chunkSize: 256 * 1024 });
  let output: Buffer[] = [];
  let fault: unknown = null;
  let isEnded = false;
  inflate.on('data', (bytes: Buffer) => output.push(bytes));
  inflate.on('error', (error) => (fault ??= error));
  // Damaged or ended data closes the stream without calling the write callback.
  const over = new Promise<void>((resolve) => {
    inflate.once('close', resolve);
    inflate.once('end', () => {
      isEnded = true;
      resolve();
    });
  });
  const kept = new KeptInput();
  const sum = { bytes: 0, crc: 0 };
  let working = Promise.resolve();
  let given = 0;
  let last: Buffer = Buffer.alloc(0);
  try {
    for (;;) {
      const piece = await reader.next(pieceBytes);
      await working;
      if (fault !== null || isEnded) {
        if (piece !== null) reader.putBack(piece);
        break;
      }
      const ready = output;
      output = [];
      if (piece === null) {
        inflate.end();
        working = over;
      } else {
        kept.add(piece);
        given += piece.length;
        last = piece;
        const written = new Promise<void>((resolve) => void inflate.write(piece, () => resolve()));
        working = Promise.race([written, over]);
      }
      yield* counted(ready, sum);
    }
    if (fault === null) reader.putBack(last.subarray(last.length - (given - inflate.bytesWritten)));
    yield* counted(output, sum);
    if (fault === null) return { ...sum, end: 'whole', words: '' };
    const words = explainError(fault);
    if (words.includes('unexpected end of file')) return { ...sum, end: 'cut off', words };
    yield* counted(kept.outputFrom(sum.bytes), sum);
    return { ...sum, end: 'damaged', words };
  } finally {
    inflate.destroy();
  }
}

function* counted(output: readonly Buffer[], sum: { bytes: number; crc: number }): Generator<Buffer> {
  for (const bytes of output) {
    sum.bytes += bytes.length;
    sum.crc = crc32(bytes, sum.crc);
    yield bytes;
  }
}

/** The input of a member, as far as it is short. */
class KeptInput {
  #parts: Buffer[] = [];
  #bytes = 0;

  add(piece: Buffer): void {
    this.#bytes += piece.length;
    if (this.#bytes > maxKeptBytes) this.#parts = [];
    // A copy, because the stream may reuse the chunk's memory.
    else this.#parts.push(Buffer.from(piece));
  }

  /**
   * What the stream unpacked in its last step, but did not hand out, because the same step met the damage: the longest
   * beginning of the input that unpacks without error has it.
   */
  outputFrom(alreadyOut: number): Buffer[] {
    const input = Buffer.concat(this.#parts);
    let output: Buffer = Buffer.alloc(0);
    let good = 0;
    let bad = input.length;
    while (bad - good > 1) {
      const middle = Math.floor((good + bad) / 2);
      const unpacked = inflateBeginning(input.subarray(0, middle));
      if (unpacked === null) {
        bad = middle;
      } else {
        good = middle;
        output = unpacked;
      }
    }
    return output.length > alreadyOut ? [output.subarray(alreadyOut)] : [];
  }
}

function inflateBeginning(input: Buffer): Buffer | null {
  try {
    return inflateRawSync(input, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: maxAgainBytes });
  } catch {
    return null;
  }
}
