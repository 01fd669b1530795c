import { DateTime } from 'luxon';
import { parseInstant } from '../../../../base/instants.js';
import { minuteMs } from '../../../../base/time-units.js';
import type { DailyReport } from '../../model/daily-report.js';

/** One hour of the plan's clock. */
export interface HourOfDay {
  /** `05` */
  readonly hour: string;
  /** `UTC-4`: which of the two, of an hour that the day has twice; null: it has it once. */
  readonly offset: string | null;
  /** `5|-240`: hours and offsets in minutes of the instants that belong to it. */
  readonly keys: readonly string[];
}

interface Slot {
  readonly hour: number;
  readonly offset: number;
}

const quarterMs = 15 * minuteMs;

/**
 * The hours that the clock shows on a day, in their order: 24 of them, 23 where it was put forward, 25 where it was put
 * back. An hour that the day does not have, and in which a job of the day before began, is added in its place.
 *
 * @param seen keys of instants that must have an hour
 */
export function hoursOfDay(
  { timezone, start, cutOff }: Pick<DailyReport['reportDay'], 'timezone' | 'start' | 'cutOff'>,
  seen: readonly string[],
): readonly HourOfDay[] {
  const slots = slotsBetween(parseInstant(start) ?? 0, parseInstant(cutOff) ?? 0, timezone);
  for (const { hour, offset } of [...new Set(seen)].map(slotOf)) {
    if (slots.some((slot) => slot.hour === hour)) continue;
    const after = slots.findIndex((slot) => slot.hour > hour);
    slots.splice(after < 0 ? slots.length : after, 0, { hour, offset });
  }
  return slots.map(({ hour, offset }, index) => {
    const twins = slots.filter((slot) => slot.hour === hour);
    const isFirst = slots.findIndex((slot) => slot.hour === hour) === index;
    // An hour of the day before may have another offset than any of this day.
    const foreign = [...new Set(seen)].filter(
      (key) => slotOf(key).hour === hour && twins.every((twin) => twin.offset !== slotOf(key).offset),
    );
    return {
      hour: String(hour).padStart(2, '0'),
      offset: twins.length > 1 ? offsetWords(offset) : null,
      keys: [`${hour}|${offset}`, ...(isFirst ? foreign : [])],
    };
  });
}

/** In the order in which they pass. */
function slotsBetween(startMs: number, cutOffMs: number, timezone: string): Slot[] {
  const slots: Slot[] = [];
  for (let ms = startMs; ms < cutOffMs; ms += quarterMs) {
    const { hour, offset } = DateTime.fromMillis(ms, { zone: timezone });
    if (!slots.some((slot) => slot.hour === hour && slot.offset === offset)) slots.push({ hour, offset });
  }
  return slots;
}

function slotOf(key: string): Slot {
  const [hour = '', offset = ''] = key.split('|');
  return { hour: Number(hour), offset: Number(offset) };
}

/** `UTC-4`, `UTC+5:30` */
function offsetWords(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const sign = minutes < 0 ? '-' : '+';
  return `UTC${sign}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}
