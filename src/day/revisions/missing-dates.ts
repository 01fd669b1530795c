import { addDays, reportDayOf } from '../../base/civil-dates.js';
import { eachInBatches } from '../../base/in-batches.js';
import { formerPlanOf } from '../../model/renaming.js';
import type { Archive } from '../../ports/archive.js';
import { dateOfManifest } from '../../model/date-of-manifest.js';
import { hasReport } from './list-reported.js';
import { findNewestRevision } from './read-revisions.js';

interface PlanDays {
  readonly plan: string;
  readonly timezone: string;
}

/**
 * The dates without a report from the plan's first report to `to`, oldest first. Before its first report nothing is
 * missing. A report that was made before its day was over is none; a damaged one is no missing one. Lists the whole archive
 * of the plan, and reads the newest manifest of each day.
 */
export async function missingDates(archive: Archive, days: PlanDays, to: string): Promise<readonly string[]> {
  return createMissingDates(archive, days)(to);
}

/** The same, for whoever asks again and again: the manifest of a day that has its report is read once. */
export function createMissingDates(
  archive: Archive,
  { plan, timezone }: PlanDays,
): (to: string) => Promise<readonly string[]> {
  const reported = new Set<string>();
  /** Where the days of this name begin, by its first report. */
  const begins = new Map<string, string>();
  return async (to) => {
    const committed = await committedDates(archive, plan, to);
    const unread = committed.filter((date) => !reported.has(date));
    const found = await eachInBatches(unread, (date) => hasReport(archive, plan, date, true));
    for (const [index, date] of unread.entries()) if (found[index] === true) reported.add(date);
    const [earliest] = committed;
    if (earliest === undefined) return [];
    const first = begins.get(earliest) ?? (await dayAfterRenaming(archive, plan, earliest)) ?? earliest;
    begins.set(earliest, first);
    const there = new Set(committed.filter((date) => reported.has(date)));
    const missing: string[] = [];
    for (let date = first; date <= to; date = addDays(date, 1)) {
      if (!there.has(date) && reportDayOf(date, timezone) !== undefined) missing.push(date);
    }
    return missing;
  };
}

/**
 * The date with which the reports of a plan begin: before it, nothing is missing. null: none is there up to `to`. Lists the
 * whole archive of the plan.
 */
export async function planBegins(archive: Archive, plan: string, to: string): Promise<string | null> {
  const [earliest] = await committedDates(archive, plan, to);
  if (earliest === undefined) return null;
  return (await dayAfterRenaming(archive, plan, earliest)) ?? earliest;
}

/** A plan that was renamed has the days after its earlier name; null: it was not. */
async function dayAfterRenaming(archive: Archive, plan: string, first: string): Promise<string | null> {
  const newest = await findNewestRevision(archive, plan, first);
  const former = formerPlanOf(plan, newest?.manifest.previousManifest ?? null);
  return former && addDays(former.lastDay, 1);
}

/** Up to `to`, oldest first. */
async function committedDates(archive: Archive, plan: string, to: string): Promise<readonly string[]> {
  const dates = new Set<string>();
  for (const { key } of await archive.list(`${plan}/`)) {
    const date = dateOfManifest(key);
    if (date !== null && date <= to) dates.add(date);
  }
  return [...dates].sort();
}
