import { explainError } from '../../errors.js';
import type { SourceRecord } from '../../ports.js';
import type { FileResult } from './file-result.js';
import { readJson } from './read-json.js';
import { readLines } from './read-lines.js';
import { unpackGzip } from './unpack-gzip.js';

/** Bytes of a file or an object, as stored. */
export interface StoredBytes {
  /** Its name in reports. `.json` is one value; everything else has one record per line. */
  readonly name: string;
  readonly size: number;
  /** Judged by its first bytes, not by its name. */
  readonly isGzip: boolean;
  readonly chunks: AsyncIterable<Buffer>;
}

/**
 * Yields the records of a file or an object in batches. Never throws because of what it reads: `result.fault` says what
 * went wrong, and everything read until then has been yielded.
 */
export async function* readRecords(
  { name, size, isGzip, chunks }: StoredBytes,
  result: FileResult,
): AsyncGenerator<readonly SourceRecord[]> {
  result.bytes = size;
  try {
    if (size === 0 && /\.gz$/i.test(name)) result.fault = 'it is empty, so its gzip data was cut off';
    const isJson = /\.json(\.gz)?$/i.test(name);
    const plain = isGzip ? unpackGzip(chunks, size, result) : chunks;
    const batches = isJson ? readJson(plain, name, result) : readLines(plain, name, result);
    for await (const batch of batches) {
      result.records += batch.length;
      if (batch.length > 0) yield batch;
    }
  } catch (error) {
    result.fault ??= `reading it failed: ${explainError(error)}`;
  }
  if (result.fault !== null) result.readable = result.records === 0 ? 'none' : 'part';
}
