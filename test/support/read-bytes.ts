import type { SourceRecord } from '../../src/ports/event-source.js';
import { type FileResult, newFileResult } from '../../src/records/formats/file-result.js';
import { readRecords } from '../../src/records/formats/read-records.js';

export interface ReadBytes {
  readonly records: readonly SourceRecord[];
  readonly result: FileResult;
}

/** The records of bytes that come in chunks of a length. */
export async function readBytes(name: string, bytes: Buffer, chunkBytes = Infinity): Promise<ReadBytes> {
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let from = 0; from < bytes.length; from += chunkBytes) {
      yield bytes.subarray(from, from + chunkBytes);
    }
  }
  const result = newFileResult();
  const records: SourceRecord[] = [];
  const stored = { name, size: bytes.length, chunks: chunks() };
  for await (const batch of readRecords(stored, result)) records.push(...batch);
  return { records, result };
}

/** Records in short: `place text` or `place ! reason`. */
export function inShort(records: readonly SourceRecord[]): string[] {
  return records.map((record) => {
    if (record.kind === 'text') return `${record.place} ${record.text}`;
    return record.kind === 'unreadable' ? `${record.place} ! ${record.reason}` : record.kind;
  });
}
