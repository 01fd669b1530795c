import { type FileHandle, open } from 'node:fs/promises';
import { explainError } from '../../errors.js';
import type { SourceRecord } from '../../ports.js';
import type { FileResult } from '../../records/formats/file-result.js';
import { readRecords } from '../../records/formats/read-records.js';

const chunkBytes = 1024 * 1024;

/**
 * Reads one file, whatever its name and format, and yields its records in batches. Never throws on bad content: `result.fault` says
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
    const chunks = file.createReadStream({ start: 0, highWaterMark: chunkBytes, autoClose: false });
    yield* readRecords({ name, size, chunks: chunks as AsyncIterable<Buffer> }, result);
  } catch (error) {
    result.fault ??= `reading it failed: ${explainError(error)}`;
    result.readable = result.records === 0 ? 'none' : 'part';
  } finally {
    await file.close();
  }
}
