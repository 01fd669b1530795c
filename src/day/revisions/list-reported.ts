import { eachInBatches } from '../../base/in-batches.js';
import { Failure } from '../../errors.js';
import type { Archive } from '../../ports.js';
import { listCommitted } from './list-committed.js';
import { wasDayOver } from './made-after-day.js';
import { findNewestRevision } from './read-revisions.js';

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

/** @param whereUnreadable the answer where the manifest cannot be read; whoever makes the day again says what is wrong with it */
export async function hasReport(
  archive: Archive,
  plan: string,
  date: string,
  whereUnreadable = false,
): Promise<boolean> {
  try {
    const newest = await findNewestRevision(archive, plan, date);
    return newest !== null && wasDayOver(newest.manifest);
  } catch (error) {
    if (error instanceof Failure) return whereUnreadable;
    throw error;
  }
}
