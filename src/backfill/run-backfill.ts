import { addDays, reportDayOf } from '../base/civil-dates.js';
import { Failure } from '../errors.js';
import type { DailyReport } from '../reports/backup-compliance/model/daily-report.js';
import type { ReportDay } from '../model/report-day.js';
import {
  type DayResult,
  VetoedReport,
  type PipelinePorts,
  type ReportPlan,
  makeDailyReport,
} from '../day/make-daily-report.js';
import { listCommitted } from '../day/revisions/list-committed.js';
import { findNewestRevision } from '../day/revisions/read-revisions.js';
import { DayReader } from './day-reader.js';
import { createPredecessorWatch } from './predecessor-watch.js';

export interface BackfillRequest {
  /** Civil dates, both included. */
  readonly from: string;
  readonly to: string;
  readonly timezone: string;
  /** missing: days that have a report are left as they are. revise: they get another where it would say something else. */
  readonly mode: 'missing' | 'revise';
  /** Whether mail and channels tell of what is made. */
  readonly notify: boolean;
  /** Of several processes that share the range, this one's part; from 1. */
  readonly shard: { readonly index: number; readonly of: number };
  /** How many days are read beside the one at hand. */
  readonly ahead: number;
  /** Also writes days of which the sources may have nothing any more. */
  readonly writesEmpty: boolean;
  readonly generatedAtMs: () => number;
  readonly signal?: AbortSignal;
}

/** What became of one day. */
export type BackfillDay = { readonly date: string } & (
  | { readonly kind: 'made'; readonly result: DayResult }
  /** Archived, but not everybody could be told. */
  | { readonly kind: 'undelivered'; readonly words: string }
  /** It has a report already. */
  | { readonly kind: 'there' }
  /** The sources have nothing of it, and it would be a false report. */
  | { readonly kind: 'no-events'; readonly words: string }
);

/** The days of a range that exist in the zone. */
export function daysOf({
  from,
  to,
  timezone,
}: Pick<BackfillRequest, 'from' | 'to' | 'timezone'>): ReportDay[] {
  const days: ReportDay[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) {
    const day = reportDayOf(date, timezone);
    if (day !== undefined) days.push(day);
  }
  return days;
}

/**
 * Makes the reports of a range of days, oldest first, because each goes on from the one before. Events are read ahead,
 * several days at once. It can be stopped or killed at any moment and begun again: what is in the archive stays and is
 * not made twice.
 *
 * Yields each day of its shard as it is done. Ends with the first day that cannot be archived: those after it would
 * go on from a report that is not there.
 */
export async function* runBackfill(
  plan: ReportPlan,
  request: BackfillRequest,
  ports: PipelinePorts,
): AsyncGenerator<BackfillDay> {
  const { from, to, mode, shard, signal } = request;
  const { archive, sources, log } = ports;
  const all = daysOf(request);
  const committed = await listCommitted(archive, plan.name, from, to);
  const own = all.filter((_day, index) => index % shard.of === shard.index - 1);
  const work = mode === 'missing' ? own.filter(({ date }) => !committed.has(date)) : own;
  for (const { date } of own) if (!work.some((day) => day.date === date)) yield { date, kind: 'there' };

  const options = { log, ...(signal === undefined ? {} : { signal }) };
  // A group cursor is one for all: reading two days at once would tear it.
  const canReadAhead = sources.every(({ type }) => type !== 'streaming');
  const reader = new DayReader(sources, work, { ...options, ahead: canReadAhead ? request.ahead : 0 });
  const watch = createPredecessorWatch(plan.name, all, ports);
  try {
    for (const day of work) {
      signal?.throwIfAborted();
      // Reading begins while another process may still be at the day before.
      const reading = reader.take(day);
      if (shard.of > 1) await watch.until(day, (each) => isEmptyForOthers(each, reader));
      await reading;
      yield await makeDay(plan, day, request, reader, ports);
      await reader.release(day);
    }
  } finally {
    await reader.close();
  }
}

async function makeDay(
  plan: ReportPlan,
  day: ReportDay,
  { notify, generatedAtMs, signal, writesEmpty }: BackfillRequest,
  reader: DayReader,
  ports: PipelinePorts,
): Promise<BackfillDay> {
  const { date } = day;
  const readAhead = await reader.take(day);
  const isSuspect =
    !writesEmpty && (await isEmpty(day, reader)) && (await hasNeighbour(plan, day, reader, ports));
  try {
    const result = await makeDailyReport(plan, day, generatedAtMs(), ports, {
      notify,
      readAhead,
      ...(signal === undefined ? {} : { signal }),
      ...(isSuspect ? { veto: emptyDayVeto } : {}),
    });
    return { date, kind: 'made', result };
  } catch (error) {
    if (error instanceof VetoedReport) return { date, kind: 'no-events', words: error.message };
    // The report is archived: the days after it can go on from it.
    if (error instanceof Failure && error.kind === 'delivery') {
      return { date, kind: 'undelivered', words: error.message };
    }
    throw error;
  }
}

/** Whether the sources gave nothing of the day. */
async function isEmpty(day: ReportDay, reader: DayReader): Promise<boolean> {
  return (await reader.take(day)).reading.used === 0;
}

/** Of a day that another process makes. */
async function isEmptyForOthers(day: ReportDay, reader: DayReader): Promise<boolean> {
  try {
    return await isEmpty(day, reader);
  } finally {
    await reader.release(day);
  }
}

/** Whether an earlier report of the day, the day before or one after it has events: the sources once had some of it, too. */
async function hasNeighbour(
  plan: ReportPlan,
  day: ReportDay,
  reader: DayReader,
  { archive }: PipelinePorts,
): Promise<boolean> {
  for (const days of [0, -1, 1]) {
    const neighbour = await findNewestRevision(archive, plan.name, addDays(day.date, days));
    if ((neighbour?.manifest.controlTotals?.used ?? 0) > 0) return true;
  }
  return reader.hasEventsAfter(day);
}

/** A day on which nothing was due may be without events. */
function emptyDayVeto({ totals, statusReasons }: DailyReport): string | null {
  if (totals.expected > 0 && totals.byOutcome.MISSED === 0) return null;
  const why = statusReasons[0] ?? 'they may not keep it any more';
  return `the sources have no event of this day, but of days beside it: ${why}`;
}

/** @throws Failure('usage') for a range that is none, or whose end is not over */
export function checkRange(
  { from, to, timezone }: Pick<BackfillRequest, 'from' | 'to' | 'timezone'>,
  nowMs: number,
): void {
  if (from > to) {
    throw new Failure('usage', `--from ${from} --to ${to}: the range ends before it begins`);
  }
  const last = reportDayOf(to, timezone);
  if (last !== undefined && last.cutOffMs > nowMs) {
    throw new Failure('usage', `--to ${to}: this day is not over in ${timezone}`, {
      hints: ['End the range with yesterday at the latest.'],
    });
  }
}
