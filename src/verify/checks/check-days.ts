import { addDays, reportDayOf } from '../../base/civil-dates.js';
import { dateRanges } from '../../base/date-ranges.js';
import { count } from '../../base/english.js';
import { formerPlanOf } from '../../model/renaming.js';
import type { Check, PlanFacts } from '../check.js';

/** Between the first and the last report each day has one, and so has each day of a range that was asked for. */
export const checkDays: Check = {
  name: 'days',
  ofPlan(plan, told, { backfillCommand, nowMs }) {
    for (const [first, ...more] of rangesOf(missingDates(plan, nowMs))) {
      if (first === undefined) continue;
      const dates = [first, ...more];
      const last = dates.at(-1) ?? first;
      const words = `${count(dates.length, 'day has', 'days have')} no report: ${dateRanges(dates)}; ${backfillCommand(first, last)}`;
      told.find('missing-days', `${plan.plan}/${first.replaceAll('-', '/')}/`, words);
    }
  },
};

/**
 * A report that was made before its day was over is none of that day. A damaged one is told, and is no missing one. Of a day that
 * is not over no report is missing: nothing could make it yet.
 */
function missingDates({ plan, links, listed, range }: PlanFacts, nowMs: number): readonly string[] {
  const reported = new Set<string>();
  for (const { date, facts, isUnfinished } of links) {
    if (isUnfinished) continue;
    if (facts === null || facts.isDayOver) reported.add(date);
  }
  const committed = listed.revisions.filter(({ hasManifest }) => hasManifest).map(({ date }) => date);
  const from = range.from ?? dayAfterRenaming(plan, links) ?? committed[0];
  const to = range.to ?? committed.at(-1);
  const timezone = links.findLast(({ facts }) => facts !== null)?.facts?.timezone ?? 'UTC';
  const missing: string[] = [];
  if (from === undefined || to === undefined) return missing;
  for (let date = from; date <= to; date = addDays(date, 1)) {
    if (!reported.has(date) && isDayOver(date, timezone, nowMs)) missing.push(date);
  }
  return missing;
}

/** A plan that was renamed has the days after its earlier name; null: it was not. */
function dayAfterRenaming(plan: string, links: PlanFacts['links']): string | null {
  const former = formerPlanOf(plan, links[0]?.facts?.previousManifest ?? null);
  return former && addDays(former.lastDay, 1);
}

/** A zone may have skipped a date. */
function isDayOver(date: string, timezone: string, nowMs: number): boolean {
  try {
    const day = reportDayOf(date, timezone);
    return day !== undefined && day.cutOffMs <= nowMs;
  } catch {
    // A zone that this machine does not know.
    return true;
  }
}

function rangesOf(dates: readonly string[]): readonly (readonly string[])[] {
  const ranges: string[][] = [];
  for (const date of dates) {
    const last = ranges.at(-1);
    if (last !== undefined && addDays(last.at(-1) ?? '', 1) === date) last.push(date);
    else ranges.push([date]);
  }
  return ranges;
}
