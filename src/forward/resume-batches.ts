import type { TimeWindow } from '../model/report-day.js';
import { type ForwardingParts, sendBatch } from './forward-batch.js';
import type { CollectedEntry, ForwardPorts } from './forward-plan.js';
import type { OpenBatch } from './journal.js';
import type { Acknowledgement } from './journal-files.js';
import { EntryCounts, readEntries } from './read-entries.js';

/**
 * Sends the batches again that a run claimed and did not end, with the same ids. What the sources give no more is named as unknown, but
 * only where they were read to their end.
 *
 * @param collected from before anything of the batches was collected
 * @throws LogUnavailable; SourcesIncomplete where records of a batch are missing and not all was read
 */
export async function resumeBatches(
  open: readonly OpenBatch[],
  collected: TimeWindow,
  parts: ForwardingParts & { readonly ports: ForwardPorts },
): Promise<readonly Acknowledgement[]> {
  if (open.length === 0) return [];
  const wanted = new Set(open.flatMap(({ claim }) => claim.ids));
  const found = new Map<string, CollectedEntry>();
  const counts = new EntryCounts();
  for await (const entry of readEntries(collected, parts.plan, parts.ports, counts)) {
    if (!wanted.has(entry.id)) continue;
    found.set(entry.id, entry);
    if (found.size === wanted.size) break;
  }
  if (found.size < wanted.size && !counts.isComplete) throw new SourcesIncomplete(counts.reasons);
  const acknowledged: Acknowledgement[] = [];
  for (const batch of open) {
    const entries = batch.claim.ids.flatMap((id) => found.get(id) ?? []);
    acknowledged.push(await sendBatch(batch, entries, parts));
  }
  return acknowledged;
}

/** Records that a stopped run had claimed could not be read again, because a source was not read to its end. */
export class SourcesIncomplete extends Error {
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[]) {
    super('a source could not be read to its end');
    this.name = 'SourcesIncomplete';
    this.reasons = reasons;
  }
}
