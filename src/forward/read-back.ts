import { toIso } from '../base/instants.js';
import { hourMs } from '../base/time-units.js';
import { explainError } from '../errors.js';
import type { ForwardPlan, ForwardPorts } from './forward-plan.js';
import type { ReadBack } from './journal-files.js';
import type { DoubtfulBatch, JournalWriter } from './journal.js';

/** A batch that may be in the log twice, after a search. */
export interface ReadBackBatch {
  readonly batch: number;
  /** null: nothing is certain yet. */
  readonly found: ReadBack | null;
  /** Why not; null: it is. */
  readonly doubt: string | null;
}

/**
 * Counts in the log what may be there twice. What a search does not find at first may be found later: a batch is settled once all of
 * it is found, or once it is old enough.
 */
export async function readBackBatches(
  doubtful: readonly DoubtfulBatch[],
  { plan, ports, journal }: BackParts,
): Promise<readonly ReadBackBatch[]> {
  const results: ReadBackBatch[] = [];
  for (const each of doubtful) results.push(await readBack(each, { plan, ports, journal }));
  return results;
}

interface BackParts {
  readonly plan: Pick<ForwardPlan, 'searchableAfterMs'>;
  readonly ports: Pick<ForwardPorts, 'sink' | 'clock' | 'log'>;
  readonly journal: JournalWriter;
}

async function readBack(
  { claim, acknowledgement }: DoubtfulBatch,
  { plan, ports, journal }: BackParts,
): Promise<ReadBackBatch> {
  const { batch, possiblyTwice, unknown } = acknowledgement;
  const { sink, clock, log } = ports;
  if (sink.countIds === undefined) return { batch, found: null, doubt: 'forward.readBack is not configured' };
  const ids = new Set([...possiblyTwice, ...unknown]);
  const nowMs = clock.nowMs();
  let counts: ReadonlyMap<string, number>;
  try {
    const counted = await sink.countIds(ids, spansOf(claim, acknowledgement));
    if (counted.doubt !== null) return { batch, found: null, doubt: counted.doubt };
    counts = counted.counts;
  } catch (error) {
    return { batch, found: null, doubt: `the log cannot be searched: ${explainError(error)}` };
  }
  const found: ReadBack = { schemaVersion: 1, batch, searchedAt: toIso(nowMs), ...sorted(ids, counts) };
  const ageMs = nowMs - Date.parse(acknowledgement.acknowledgedAt);
  if (found.none.length > 0 && ageMs < plan.searchableAfterMs) {
    return { batch, found: null, doubt: `${found.none.length} of ${ids.size} records are not found yet` };
  }
  await journal.readBack(found);
  log.info(
    { batch, once: found.once, several: found.several.length, none: found.none.length },
    'batch read back',
  );
  return { batch, found, doubt: null };
}

function sorted(
  ids: ReadonlySet<string>,
  counts: ReadonlyMap<string, number>,
): Pick<ReadBack, 'once' | 'several' | 'none'> {
  const several: { id: string; entries: number }[] = [];
  const none: string[] = [];
  for (const id of ids) {
    const entries = counts.get(id) ?? 0;
    if (entries === 0) none.push(id);
    if (entries > 1) several.push({ id, entries });
  }
  return { once: ids.size - several.length - none.length, several, none };
}

/** The service's documents leave open whether a search goes by the entries' own times or by when they came: both are searched. */
function spansOf(claim: DoubtfulBatch['claim'], { acknowledgedAt }: DoubtfulBatch['acknowledgement']) {
  const own = { fromMs: Date.parse(claim.times.from), toMs: Date.parse(claim.times.to) + 1 };
  const sent = {
    fromMs: Date.parse(claim.claimedAt) - aroundMs,
    toMs: Date.parse(acknowledgedAt) + aroundMs,
  };
  return [own, sent];
}

/** Clocks differ, and so does when an entry counts as come. */
const aroundMs = hourMs;
