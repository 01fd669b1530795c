import { addDays, dateAt, reportDayOf } from '../base/civil-dates.js';
import { eachInBatches } from '../base/in-batches.js';
import { compareText } from '../base/text-order.js';
import { dayPrefix, readRevisions } from '../day/revisions/read-revisions.js';
import { readRenaming } from '../day/revisions/renamed-plan.js';
import { Failure } from '../errors.js';
import type { ArchiveCoverage } from '../model/archive-coverage.js';
import type { DayCoverage } from '../model/day-coverage.js';
import type { ReportDay } from '../model/report-day.js';
import { formerPlanOf } from '../model/renaming.js';
import type { Archive } from '../ports/archive.js';
import { type CoveredDay, type CoverageRequest, coverDay, missingDay } from './cover-day.js';
import { type PlanListing, listCovered, usesSignatures } from './list-plan.js';

/** Which days are asked for; absent: from the first one in the archive, to the last whose report is due. */
export interface CoverageRange {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Of the plan; null: that of the newest manifest. */
  readonly timezone: string | null;
  readonly settleDelayMs: number;
  readonly nowMs: number;
}

export interface ReadCoverage extends ArchiveCoverage {
  readonly listing: PlanListing;
}

/**
 * What the archive of a plan has of a range of days. Lists the plan, and reads the manifests and the newest report.json of
 * each day.
 *
 * @throws Failure('usage') where the archive has no report of the plan, or the range is empty
 */
export async function readCoverage(
  archive: Archive,
  request: Omit<CoverageRequest, 'isSigned'>,
  range: CoverageRange,
): Promise<ReadCoverage> {
  const { plan } = request;
  const listing = await listCovered(archive, plan);
  const dates = [...listing.byDate.keys()].sort(compareText);
  const [first] = dates;
  const last = dates.at(-1);
  if (first === undefined || last === undefined) throw nothingThere(archive, plan);
  const asked = { ...request, isSigned: usesSignatures(listing) };
  const cover = async (date: string): Promise<CoveredDay> =>
    mayBeThere(listing, dayPrefix(plan, date), date)
      ? coverDay(archive, asked, date, listing.byDate.get(date) ?? [])
      : missingDay(date);
  const timezone = range.timezone ?? (await newestTimezone(dates, cover));
  const renamed = await renamedNames(archive, plan, first);
  const { renamedFrom, renamedTo } = renamed;
  const from = range.from ?? (renamedFrom === undefined ? first : addDays(renamedFrom.lastDay, 1));
  const due = renamedTo?.lastDay ?? lastDue(timezone, range);
  const to = range.to ?? later(last, due);
  if (from > to) throw emptyRange(from, to);
  // No report is missing of a day that is not over. One that is there is shown, whatever its day.
  const asks = ({ date, cutOffMs }: ReportDay): boolean =>
    cutOffMs <= range.nowMs || mayBeThere(listing, dayPrefix(plan, date), date);
  const days = daysBetween(from, to, timezone).filter(asks);
  if (days.length === 0) throw emptyRange(from, to);
  const covered = await eachInBatches(
    days.map(({ date }) => date),
    cover,
  );
  return {
    plan,
    timezone,
    language: covered.findLast(({ language }) => language !== null)?.language ?? null,
    from,
    to,
    days: covered.map(({ day }): DayCoverage => day),
    foreign: listing.foreign,
    ...renamed,
    listing,
  };
}

/** What the plan was called before its first day, and what it is called since. */
async function renamedNames(
  archive: Archive,
  plan: string,
  first: string,
): Promise<Pick<ArchiveCoverage, 'renamedFrom' | 'renamedTo'>> {
  const { newest } = await readRevisions(archive, plan, first);
  const former = formerPlanOf(plan, newest?.manifest.previousManifest ?? null);
  const renaming = await readRenaming(archive, plan);
  return {
    ...(former !== null && { renamedFrom: former }),
    ...(renaming !== null && { renamedTo: { name: renaming.renamedTo, lastDay: renaming.lastDay } }),
  };
}

/** A folder that is a link, or may not be entered, is listed under its own name. */
function mayBeThere({ byDate, foreign }: PlanListing, prefix: string, date: string): boolean {
  return byDate.has(date) || foreign.some((key) => prefix.startsWith(`${key}/`));
}

/** The days of a range, oldest first, but for those that the zone skipped. */
function daysBetween(from: string, to: string, timezone: string): readonly ReportDay[] {
  const days: ReportDay[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) {
    const day = reportDayOf(date, timezone);
    if (day !== undefined) days.push(day);
  }
  return days;
}

/** The last day whose settle delay is over: before that, its report is not missing yet. */
function lastDue(timezone: string, { nowMs, settleDelayMs }: CoverageRange): string {
  return addDays(dateAt(nowMs - settleDelayMs, timezone), -1);
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

async function newestTimezone(
  dates: readonly string[],
  cover: (date: string) => Promise<CoveredDay>,
): Promise<string> {
  for (const date of dates.toReversed()) {
    const { timezone } = await cover(date);
    if (timezone !== null) return timezone;
  }
  return 'UTC';
}

function nothingThere(archive: Archive, plan: string): Failure {
  return new Failure('usage', `there is no report of ${plan} in the archive: ${archive.locate(`${plan}/`)}`, {
    hints: ['Make one with `backup-report run`, or name another archive or plan.'],
  });
}

function emptyRange(from: string, to: string): Failure {
  return new Failure('usage', `there is no day from ${from} to ${to} that is over`, {
    hints: ['--from is the first day, --to the last; both count.'],
  });
}
