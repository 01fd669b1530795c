import { DateTime } from 'luxon';
import { byQuarterHour } from '../../../../base/by-quarter-hour.js';
import { parseInstant } from '../../../../base/instants.js';

/**
 * In which hours of the plan's clock the attempts on a resource began or, where no begin was seen, ended: one bit for each
 * hour, the lowest for 00. By identifier; a resource without attempt has none.
 */
export type StartHours = Map<string, number>;

/** Fields of a line. A name cannot fake one: its quotes are escaped. */
const idField = /"resourceId":"((?:[^"\\]|\\.)*)"/;
const startField = /"startTime":"([^"]*)"/;
const endField = /"endTime":"([^"]*)"/;

/**
 * Hands the lines on as they come, and notes the hours of the resources that are in `hours`. Of others nothing is kept: a
 * day may have half a million jobs, and a part of a line would keep the whole batch in memory.
 *
 * @param batches lines of jobs.ndjson.gz, each with its newline, some at a time
 */
export async function* noteStartHours(
  batches: AsyncIterable<string>,
  timezone: string,
  hours: StartHours,
): AsyncIterable<string> {
  const hourAt = byQuarterHour((ms) => DateTime.fromMillis(ms, { zone: timezone }).hour);
  for await (const batch of batches) {
    for (const line of batch.split('\n')) {
      const ms = parseInstant(startField.exec(line)?.[1] ?? endField.exec(line)?.[1]);
      if (ms !== undefined) note(hours, unescaped(idField.exec(line)?.[1] ?? ''), hourAt(ms));
    }
    yield batch;
  }
}

function note(hours: StartHours, resourceId: string, hour: number): void {
  const before = hours.get(resourceId);
  if (before !== undefined) hours.set(resourceId, before | (1 << hour));
}

function unescaped(text: string): string {
  return text.includes('\\') ? String(JSON.parse(`"${text}"`)) : text;
}

/** `[5, 17]`, in order. */
export function hoursOf(bits: number): readonly number[] {
  return Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => (bits & (1 << hour)) !== 0);
}
