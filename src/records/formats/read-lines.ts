import type { SourceRecord } from '../../ports.js';
import type { FileResult } from './file-result.js';
import { LineSplitter } from './split-lines.js';

/** Yields one record per line. A line that a fault cut off is an unreadable record. */
export async function* readLines(
  chunks: AsyncIterable<Buffer>,
  name: string,
  result: FileResult,
): AsyncGenerator<SourceRecord[]> {
  const splitter = new LineSplitter(name);
  for await (const chunk of chunks) yield splitter.push(chunk);
  yield result.fault === null ? splitter.end() : splitter.cutOff();
}
