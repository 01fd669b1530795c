import { toIso } from '../base/instants.js';
import type { TimeWindow } from '../model/report-day.js';
import { fillBatches } from './fill-batches.js';
import { claimBatch, sendBatch } from './forward-batch.js';
import type { CollectedEntry, ForwardPlan, ForwardPorts } from './forward-plan.js';
import { type Journal, JournalWriter, readJournal } from './journal.js';
import type { Acknowledgement, JournalReading } from './journal-files.js';
import { type ReadBackBatch, readBackBatches } from './read-back.js';
import { EntryCounts, readEntries } from './read-entries.js';
import { SourcesIncomplete, resumeBatches } from './resume-batches.js';
import { LogUnavailable } from './send-entries.js';

/** What a run of `forward` did. */
export interface ForwardResult {
  /** When the records were collected that were read, the end not included. */
  readonly collected: TimeWindow;
  /** Nothing was forwarded to this log before. */
  readonly isFirst: boolean;
  /** Records read; those that the log had already; those that cannot be read. */
  readonly records: number;
  readonly there: number;
  readonly rejected: number;
  /** Batches that were acknowledged, those of an earlier run that was stopped first. */
  readonly batches: readonly Acknowledgement[];
  readonly resumed: number;
  readonly readBack: readonly ReadBackBatch[];
  /** Why the reading is not complete; none: it is. */
  readonly reasons: readonly string[];
  /** Why the log did not take everything; null: it did. */
  readonly unavailable: { readonly words: string; readonly isUnknown: boolean } | null;
}

/**
 * Forwards to a log what sources have collected since the last time. Each record has an id that depends on it alone, and lies in a
 * batch that is claimed in the archive before it is sent and acknowledged after: a run that is stopped anywhere is gone on with by the
 * next. A batch whose answer was lost is sent again, and named until a search has counted its records.
 *
 * @throws Failure('storage') where the journal cannot be read or written
 */
export async function forwardRecords(plan: ForwardPlan, ports: ForwardPorts): Promise<ForwardResult> {
  const { archive, sources, sink, clock } = ports;
  const name = { plan: plan.name, log: sink.location, number: plan.journal };
  const hasOrder = sources.every(({ order }) => order === 'collection');
  const journal = await readJournal(archive, name, hasOrder ? plan.overlapMs : Number.POSITIVE_INFINITY);
  const parts = { plan, ports, journal: new JournalWriter(archive, name) };
  const collected = { fromMs: startOf(journal, plan, hasOrder), toMs: clock.nowMs() };
  if (journal.beganMs === null) await parts.journal.begin(sink.location, collected.fromMs);

  const counts = new EntryCounts();
  const batches: Acknowledgement[] = [];
  let there = 0;
  let resumed = 0;
  let unavailable: ForwardResult['unavailable'] = null;
  try {
    batches.push(...(await resumeBatches(journal.open, earliestOf(journal, collected), parts)));
    resumed = batches.length;
    const settled = new Set(journal.settled);
    for (const { claim } of journal.open) for (const id of claim.ids) settled.add(id);
    const entries = unsettled(readEntries(collected, plan, ports, counts), settled, () => (there += 1));
    let number = journal.lastBatch;
    for await (const batch of fillBatches(entries, sink)) {
      number += 1;
      const claim = await claimBatch(number, batch, parts);
      batches.push(await sendBatch({ claim, untaken: 0 }, batch, parts));
    }
    const reading: JournalReading = {
      schemaVersion: 1,
      reading: journal.lastReading + 1,
      endedAt: toIso(clock.nowMs()),
      collected: { from: toIso(collected.fromMs), to: toIso(collected.toMs) },
      complete: counts.isComplete,
      reasons: [...counts.reasons],
      records: counts.records,
      there,
      rejected: counts.rejected,
      afterBatch: number,
    };
    await parts.journal.endReading(reading);
  } catch (error) {
    if (error instanceof SourcesIncomplete) counts.reasons.push(...error.reasons);
    else if (error instanceof LogUnavailable)
      unavailable = { words: error.message, isUnknown: error.isUnknown };
    else throw error;
  }
  const after = await readJournal(archive, name, 0);
  return {
    collected,
    isFirst: journal.beganMs === null,
    records: counts.records,
    there,
    rejected: counts.rejected,
    batches,
    resumed,
    readBack: await readBackBatches(after.doubtful, parts),
    reasons: counts.reasons,
    unavailable,
  };
}

/** Epoch milliseconds. */
function startOf(
  { beganMs, forwardedToMs }: Journal,
  { firstMs, overlapMs }: ForwardPlan,
  hasOrder: boolean,
): number {
  if (!hasOrder) return 0;
  if (forwardedToMs !== null) return forwardedToMs - overlapMs;
  // A first reading that was not complete is begun again where it was, whenever that is.
  return beganMs ?? firstMs;
}

/** From before anything was collected that a stopped run had claimed. */
function earliestOf({ open }: Journal, { fromMs, toMs }: TimeWindow): TimeWindow {
  return { fromMs: Math.min(fromMs, ...open.map(({ claim }) => Date.parse(claim.collected.from))), toMs };
}

/** Entries that the log does not have, each once. */
async function* unsettled(
  entries: AsyncIterable<CollectedEntry>,
  settled: Set<string>,
  onThere: () => void,
): AsyncGenerator<CollectedEntry> {
  for await (const entry of entries) {
    if (settled.has(entry.id)) {
      onThere();
      continue;
    }
    settled.add(entry.id);
    yield entry;
  }
}
