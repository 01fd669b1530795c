import { type FileHandle, open } from 'node:fs/promises';
import { explainError } from '../../errors.js';
import type { SourceRecord } from '../../ports.js';
import type { FileResult } from '../../records/formats/file-result.js';
import { readRecords } from '../../records/formats/read-records.js';
import { startsLikeGzip } from '../../records/formats/unpack-gzip.js';

const chunkBytes = 1024 * 1024;
/** Small chunks of gzip: the output of one is held in memory at once. */
const gzipChunkBytes = 64 * 1024;

/**
 * Reads one file, plain or gzip, and yields its records in batches. Never throws on bad content: `result.fault` says
 * what went wrong.
 *
 * @param name the file's name in reports
 */
export async function* readFileRecords(
  path: string,
  name: string,
  result: FileResult,
): AsyncGenerator<readonly SourceRecord[]> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    result.fault = `cannot open it: ${explainError(error)}`;
    result.readable = 'none';
    return;
  }
  try {
    const { size } = await file.stat();
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    const isGzip = startsLikeGzip(buffer);
    const highWaterMark = isGzip ? gzipChunkBytes : chunkBytes;
    const chunks = file.createReadStream({ start: 0, highWaterMark, autoClose: false });
    yield* readRecords({ name, size, isGzip, chunks: chunks as AsyncIterable<Buffer> }, result);
  } catch (error) {
    result.fault ??= `reading it failed: ${explainError(error)}`;
    result.readable = result.records === 0 ? 'none' : 'part';
  } finally {
    await file.close();
  }
}
