import { DateTime } from 'luxon';
import { parseInstant } from '../../../../base/instants.js';
import { compareText } from '../../../../base/text-order.js';
import { minuteMs } from '../../../../base/time-units.js';
import { type JobStatus, jobStatuses, newJobCounts } from '../../model/backup-job.js';
import type { DailyReport } from '../../model/daily-report.js';
import { type HourOfDay, hoursOfDay } from './hours-of-day.js';

/** Jobs of one resource type that began in one hour. */
export interface ScheduleCell {
  readonly jobs: number;
  /** The worst of them. */
  readonly worst: JobStatus;
  readonly byStatus: Readonly<Record<JobStatus, number>>;
}

export interface ScheduleRow {
  readonly type: string;
  /** Of each hour of the schedule; null: no job began in it. */
  readonly cells: readonly (ScheduleCell | null)[];
  readonly total: number;
}

/** When the jobs of a day began: how many per resource type and hour of the plan's clock. */
export interface Schedule {
  /** 24, or 23 or 25 of a day on which the clocks change. */
  readonly hours: readonly HourOfDay[];
  /** Most jobs first. */
  readonly byType: readonly ScheduleRow[];
  readonly total: number;
  /** Jobs without a known time: in no hour. */
  readonly untimed: number;
}

/** What the schedule needs to know of the day. */
export type ScheduledDay = Pick<DailyReport['reportDay'], 'timezone' | 'start' | 'cutOff'>;

/** Zone offsets are multiples of a quarter hour, and clocks change at one. */
const quarterMs = 15 * minuteMs;

/** Fields of a line. A name cannot fake one: its quotes are escaped. */
const typeField = /"resourceType":"((?:[^"\\]|\\.)*)"/;
const statusField = /"status":"([A-Z_]+)"/;
const startField = /"startTime":"([^"]*)"/;
const endField = /"endTime":"([^"]*)"/;

type Counts = Record<JobStatus, number>;
/** By resource type as it is escaped, and by hour as `HourOfDay.key` has it. */
type CountsByType = Map<string, Map<string, Counts>>;

/**
 * Counts jobs by the hour in which they began or, if no begin was seen, ended. Keeps only the counts: a day may have
 * half a million jobs, so lines are searched for four fields and not parsed. A job that began before the day is in the
 * same hour of the clock.
 *
 * @param batches lines of jobs.ndjson.gz, each with its newline, some at a time
 */
export async function countSchedule(batches: AsyncIterable<string>, day: ScheduledDay): Promise<Schedule> {
  const counts: CountsByType = new Map();
  const keyOf = keyReader(day.timezone);
  let untimed = 0;
  let total = 0;
  for await (const batch of batches) {
    for (const line of batch.split('\n')) {
      if (line === '') continue;
      total += 1;
      const key = keyOf(startField.exec(line)?.[1] ?? endField.exec(line)?.[1]);
      if (key === null) untimed += 1;
      else countJob(counts, { type: typeField.exec(line)?.[1] ?? '', key, status: statusIn(line) });
    }
  }
  const hours = hoursOfDay(
    day,
    [...counts.values()].flatMap((byKey) => [...byKey.keys()]),
  );
  return { hours, byType: sortedRows(counts, hours), total, untimed };
}

/** A line whose status is none that this version knows is of a job of which nobody can say how it ended. */
function statusIn(line: string): JobStatus {
  const written = statusField.exec(line)?.[1];
  return jobStatuses.find((status) => status === written) ?? 'UNKNOWN';
}

function countJob(
  counts: CountsByType,
  { type, key, status }: { readonly type: string; readonly key: string; readonly status: JobStatus },
): void {
  let byKey = counts.get(type);
  if (byKey === undefined) counts.set(type, (byKey = new Map()));
  let cell = byKey.get(key);
  if (cell === undefined) byKey.set(key, (cell = newJobCounts()));
  cell[status] += 1;
}

/** Queries the time-zone data once per quarter hour. */
function keyReader(timezone: string): (iso: string | undefined) => string | null {
  const known = new Map<number, string>();
  return (iso) => {
    const ms = parseInstant(iso);
    if (ms === undefined) return null;
    const quarter = Math.floor(ms / quarterMs);
    let key = known.get(quarter);
    if (key === undefined) {
      const { hour, offset } = DateTime.fromMillis(quarter * quarterMs, { zone: timezone });
      known.set(quarter, (key = `${hour}|${offset}`));
    }
    return key;
  };
}

function sortedRows(counts: CountsByType, hours: readonly HourOfDay[]): readonly ScheduleRow[] {
  const rows = [...counts].map(([escaped, byKey]): ScheduleRow => {
    const cells = hours.map(({ keys }) => cellOf(keys.flatMap((key) => byKey.get(key) ?? [])));
    return { type: JSON.parse(`"${escaped}"`) as string, cells, total: totalOf(cells) };
  });
  return rows.sort((a, b) => b.total - a.total || compareText(a.type, b.type));
}

/** null: none of them has a job. */
function cellOf(counts: readonly Readonly<Counts>[]): ScheduleCell | null {
  const byStatus = newJobCounts();
  for (const each of counts) for (const status of jobStatuses) byStatus[status] += each[status];
  let jobs = 0;
  for (const status of jobStatuses) jobs += byStatus[status];
  const worst = jobStatuses.find((status) => byStatus[status] > 0);
  return worst === undefined ? null : { jobs, worst, byStatus };
}

function totalOf(cells: ScheduleRow['cells']): number {
  let total = 0;
  for (const cell of cells) total += cell?.jobs ?? 0;
  return total;
}

/**
 * At most `most` types; the last of them sums up all others.
 *
 * @param others name of that last one
 */
export function foldTypes(
  rows: readonly ScheduleRow[],
  most: number,
  others: string,
): readonly ScheduleRow[] {
  if (rows.length <= most) return rows;
  const rest = rows.slice(most - 1);
  const cells = (rows[0]?.cells ?? []).map((_, hour) =>
    cellOf(rest.flatMap((row) => row.cells[hour]?.byStatus ?? [])),
  );
  return [...rows.slice(0, most - 1), { type: others, cells, total: totalOf(cells) }];
}
