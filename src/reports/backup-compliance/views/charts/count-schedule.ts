import { DateTime } from 'luxon';
import { parseInstant } from '../../../../base/instants.js';
import { compareText } from '../../../../base/text-order.js';
import { minuteMs } from '../../../../base/time-units.js';
import { sumOf } from './sum-of.js';

/** When the jobs of a day began: how many per resource type and hour of the plan's clock. */
export interface Schedule {
  /** 24 counts each, most jobs first. */
  readonly byType: readonly {
    readonly type: string;
    readonly hours: readonly number[];
    readonly total: number;
  }[];
  readonly total: number;
  /** Jobs without a known time: in no hour. */
  readonly untimed: number;
}

const hoursOfDay = 24;
/** Zone offsets are multiples of a quarter hour, and clocks change at one. */
const quarterMs = 15 * minuteMs;

/** Fields of a line. A name cannot fake one: its quotes are escaped. */
const typeField = /"resourceType":"((?:[^"\\]|\\.)*)"/;
const startField = /"startTime":"([^"]*)"/;
const endField = /"endTime":"([^"]*)"/;

/**
 * Counts jobs by the hour in which they began or, if no begin was seen, ended. Keeps only the counts: a day may have
 * half a million jobs, so lines are searched for three fields and not parsed.
 *
 * @param batches lines of jobs.ndjson.gz, each with its newline, some at a time
 */
export async function countSchedule(batches: AsyncIterable<string>, timezone: string): Promise<Schedule> {
  const counts = new Map<string, number[]>();
  const hourOf = hourReader(timezone);
  let untimed = 0;
  let total = 0;
  for await (const batch of batches) {
    for (const line of batch.split('\n')) {
      if (line === '') continue;
      total += 1;
      const hour = hourOf(startField.exec(line)?.[1] ?? endField.exec(line)?.[1]);
      if (hour === null) untimed += 1;
      else countJob(counts, typeField.exec(line)?.[1] ?? '', hour);
    }
  }
  return { byType: sortedTypes(counts), total, untimed };
}

function countJob(counts: Map<string, number[]>, type: string, hour: number): void {
  let hours = counts.get(type);
  if (hours === undefined) counts.set(type, (hours = Array.from({ length: hoursOfDay }, () => 0)));
  hours[hour] = (hours[hour] ?? 0) + 1;
}

/** Queries the time-zone data once per quarter hour. */
function hourReader(timezone: string): (iso: string | undefined) => number | null {
  const known = new Map<number, number>();
  return (iso) => {
    const ms = parseInstant(iso);
    if (ms === undefined) return null;
    const quarter = Math.floor(ms / quarterMs);
    let hour = known.get(quarter);
    if (hour === undefined) {
      known.set(quarter, (hour = DateTime.fromMillis(quarter * quarterMs, { zone: timezone }).hour));
    }
    return hour;
  };
}

function sortedTypes(counts: ReadonlyMap<string, readonly number[]>): Schedule['byType'] {
  const types = [...counts].map(([escaped, hours]) => ({
    type: JSON.parse(`"${escaped}"`) as string,
    hours,
    total: sumOf(hours),
  }));
  return types.sort((a, b) => b.total - a.total || compareText(a.type, b.type));
}

/**
 * At most `most` types; the last of them sums up all others.
 *
 * @param others name of that last one
 */
export function foldTypes(byType: Schedule['byType'], most: number, others: string): Schedule['byType'] {
  if (byType.length <= most) return byType;
  const rest = byType.slice(most - 1);
  const hours = Array.from({ length: hoursOfDay }, (_, hour) =>
    sumOf(rest.map((type) => type.hours[hour] ?? 0)),
  );
  return [...byType.slice(0, most - 1), { type: others, hours, total: sumOf(hours) }];
}
