import { compareText } from '../../base/text-order.js';
import type { Happening, PulseDay, SourcePulse } from '../../model/pulse.js';
import type { ReportDay } from '../../model/report-day.js';

/** There are some fifty regions; a hostile file may name any number. */
const maxRegions = 100;

/** Counts the records of one source by report day and region: by when something happened, whatever became of them. */
export class PulseCounter {
  readonly #days: readonly ReportDay[];
  /** For each region: one count a day. */
  readonly #counts = new Map<string | null, number[]>();

  /** @param days that are counted, oldest first; what happened on others is not */
  constructor(days: readonly ReportDay[]) {
    this.#days = days;
  }

  add({ timeMs, region }: Happening): void {
    const day = this.#days.findIndex(({ startMs, cutOffMs }) => timeMs >= startMs && timeMs < cutOffMs);
    if (day < 0) return;
    const counts = this.#countsOf(region);
    counts[day] = (counts[day] ?? 0) + 1;
    const known = this.#counts.size - (this.#counts.has(null) ? 1 : 0);
    if (known > maxRegions) this.#dropLast();
  }

  /** Which of the days can be compared with others is for the kind of report to say: here none. */
  pulse(): SourcePulse {
    const regions = [...this.#counts].map(([region, counts]) => ({ region, days: this.#daysOf(counts) }));
    regions.sort((a, b) => compareText(a.region ?? '', b.region ?? ''));
    const total = this.#days.map((_, day) =>
      [...this.#counts.values()].reduce((sum, counts) => sum + (counts[day] ?? 0), 0),
    );
    return { days: this.#daysOf(total), regions };
  }

  #daysOf(counts: readonly number[]): readonly PulseDay[] {
    return this.#days.map(({ date }, day) => ({ date, records: counts[day] ?? 0, comparable: false }));
  }

  #countsOf(region: string | null): number[] {
    let counts = this.#counts.get(region);
    if (counts === undefined) this.#counts.set(region, (counts = this.#days.map(() => 0)));
    return counts;
  }

  /** The first regions by name are kept, whatever the order of reading; the others count as unknown. */
  #dropLast(): void {
    let last = '';
    for (const region of this.#counts.keys()) if (compareText(region ?? '', last) > 0) last = region ?? '';
    const dropped = this.#counts.get(last) ?? [];
    this.#counts.delete(last);
    const unknown = this.#countsOf(null);
    for (const [day, count] of dropped.entries()) unknown[day] = (unknown[day] ?? 0) + count;
  }
}
