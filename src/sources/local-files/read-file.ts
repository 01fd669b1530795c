import type { FileHandle } from 'node:fs/promises';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { explainError } from '../../errors.js';
import type { SourceRecord } from '../../ports/event-source.js';
import type { FileResult } from '../../records/formats/file-result.js';
import { readRecords } from '../../records/formats/read-records.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

const chunkBytes = 1024 * 1024;

/** How programs name what they have not finished writing. */
const unfinished = new Set(['.part', '.partial', '.filepart', '.crdownload', '.download', '.tmp', '.temp']);

/**
 * Reads an open file of any format, as long as it is now, yields its records in batches, and closes it. Never throws on
 * bad content: `result.fault` says what went wrong.
 *
 * @param name the file's name in reports
 */
export async function* readFileRecords(
  file: FileHandle,
  name: string,
  result: FileResult,
): AsyncGenerator<readonly SourceRecord[]> {
  try {
    const { size } = await file.stat();
    yield* readRecords({ name, size, chunks: chunksOf(file, size) }, result);
    addFault(result, await changeOf(file, size));
    if (unfinished.has(extname(name).toLowerCase())) addFault(result, reasonWords('unfinished'));
  } catch (error) {
    addFault(result, reasonWords('readingFailed', { why: explainError(error) }));
  } finally {
    await file.close();
  }
}

/** The first `size` bytes. */
function chunksOf(file: FileHandle, size: number): AsyncIterable<Buffer> {
  if (size === 0) return Readable.from([]);
  return file.createReadStream({
    start: 0,
    end: size - 1,
    highWaterMark: chunkBytes,
    autoClose: false,
  }) as AsyncIterable<Buffer>;
}

/** What shows that the file was not whole when it was opened, or is no more; null: nothing does. */
async function changeOf(file: FileHandle, size: number): Promise<string | null> {
  const { size: now } = await file.stat();
  if (now > size) return reasonWords('grew', { before: size, now });
  if (now < size) return reasonWords('shrank', { before: size, now });
  // Some file systems tell no size.
  const { bytesRead } = await file.read(Buffer.alloc(1), 0, 1, size);
  return bytesRead === 0 ? null : reasonWords('holdsMore', { bytes: size });
}

function addFault(result: FileResult, fault: string | null): void {
  if (fault === null || result.fault !== null) return;
  result.fault = fault;
  result.readable = result.records === 0 ? 'none' : 'part';
}
