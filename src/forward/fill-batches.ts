import type { LogSink } from '../ports/log-sink.js';
import type { CollectedEntry } from './forward-plan.js';

/** Most entries of a batch: its claim has an id of each. */
const mostEntries = 10_000;

/** Cuts entries into batches that fit into one request each, by the bytes that they have on the wire. */
export async function* fillBatches(
  entries: AsyncIterable<CollectedEntry>,
  sink: Pick<LogSink, 'bytesOf' | 'largestRequestBytes' | 'largestEntryBytes'>,
): AsyncGenerator<readonly CollectedEntry[]> {
  let batch: CollectedEntry[] = [];
  let bytes = 0;
  for await (const entry of entries) {
    // One that the log does not take is part of a batch, which names it, but not of its request.
    const more = isTooLarge(entry, sink) ? 0 : sink.bytesOf(entry);
    if (batch.length > 0 && (bytes + more > sink.largestRequestBytes || batch.length >= mostEntries)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(entry);
    bytes += more;
  }
  if (batch.length > 0) yield batch;
}

export function isTooLarge(
  { data }: CollectedEntry,
  { largestEntryBytes }: Pick<LogSink, 'largestEntryBytes'>,
): boolean {
  // UTF-8 has at least as many bytes as there are characters, and at most three times as many.
  if (data.length > largestEntryBytes) return true;
  return data.length * 3 > largestEntryBytes && Buffer.byteLength(data) > largestEntryBytes;
}
