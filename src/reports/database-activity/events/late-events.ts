import { byQuarterHour } from '../../../base/by-quarter-hour.js';
import { dateAt } from '../../../base/civil-dates.js';
import { minuteMs } from '../../../base/time-units.js';
import { compareText } from '../../../base/text-order.js';
import type { DataSafeEvent } from '../../../records/data-safe/read-event.js';

const quarterMs = 15 * minuteMs;

/** Events of earlier days that were collected in the window, each counted once. */
export class LateEvents {
  readonly #ids = new Set<string>();
  readonly #byQuarter = new Map<number, number>();

  add(event: DataSafeEvent): void {
    if (this.has(event)) return;
    this.#ids.add(keyOf(event));
    const quarter = Math.floor(event.timeMs / quarterMs);
    this.#byQuarter.set(quarter, (this.#byQuarter.get(quarter) ?? 0) + 1);
  }

  has(event: DataSafeEvent): boolean {
    return this.#ids.has(keyOf(event));
  }

  /** How many of each day of the zone, oldest first. */
  byDate(timezone: string): readonly { readonly date: string; readonly records: number }[] {
    const dateOf = byQuarterHour((ms) => dateAt(ms, timezone));
    const days = new Map<string, number>();
    for (const [quarter, records] of this.#byQuarter) {
      const date = dateOf(quarter * quarterMs);
      days.set(date, (days.get(date) ?? 0) + records);
    }
    return [...days]
      .map(([date, records]) => ({ date, records }))
      .sort((a, b) => compareText(a.date, b.date));
  }
}

function keyOf({ id, targetId, timeMs }: DataSafeEvent): string {
  return `${id.toLowerCase()} ${targetId} ${timeMs}`;
}
