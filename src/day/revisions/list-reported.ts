import { eachInBatches } from '../../base/in-batches.js';
import type { Archive } from '../../ports/archive.js';
import { listCommitted } from './list-committed.js';
import { wasDayOver } from './made-after-day.js';
import { type CommittedRevision, readRevisions } from './read-revisions.js';

/**
 * The dates from `from` to `to`, both included, that have their report. One that was made before its day was over does not
 * count: the day is to be made again. Reads the newest manifest of each day.
 *
 * @param whereUnreadable whether a day counts whose manifest cannot be read
 */
export async function listReported(
  archive: Archive,
  plan: string,
  from: string,
  { to, whereUnreadable = false }: { readonly to: string; readonly whereUnreadable?: boolean },
): Promise<ReadonlySet<string>> {
  const committed = [...(await listCommitted(archive, plan, from, to))];
  const counts = await eachInBatches(committed, (date) => hasReport(archive, plan, date, whereUnreadable));
  return new Set(committed.filter((_date, index) => counts[index]));
}

/** @param whereUnreadable the answer where the newest manifest cannot be used; whoever makes the day again says what is wrong */
export async function hasReport(
  archive: Archive,
  plan: string,
  date: string,
  whereUnreadable = false,
): Promise<boolean> {
  const { newest, damaged } = await readRevisions(archive, plan, date);
  return damaged.length > 0 ? whereUnreadable : isReport(newest, damaged);
}

/** Whether the newest revision of a day is its report: it is whole, and was made when the day was over. */
export function isReport(
  newest: CommittedRevision | null,
  damaged: readonly unknown[],
): newest is CommittedRevision {
  return newest !== null && damaged.length === 0 && wasDayOver(newest.manifest);
}
