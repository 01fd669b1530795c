import { addDays } from '../../../base/civil-dates.js';
import { compareText } from '../../../base/text-order.js';
import { type PulseDay, type SourcePulse, pulseDays } from '../../../model/pulse.js';
import type { SourceReport } from '../../../model/report-head.js';
import type { DueGroup } from './due-by-witnesses.js';

/** What the pulses of a day are made of. */
export interface PulseInput {
  /** As read: their pulses have the counts of the days that were read. */
  readonly sources: readonly Pick<SourceReport, 'name' | 'complete' | 'pulse'>[];
  readonly date: string;
  readonly dues: readonly DueGroup[];
  /** Pulses of the day before, by name of the source. */
  readonly before: ReadonlyMap<string, SourcePulse>;
}

/** Each source's pulse with the day, by name: what the next day starts from. A source that is no more has none. */
export function pulsesAfter({ sources, date, dues, before }: PulseInput): ReadonlyMap<string, SourcePulse> {
  return new Map(
    sources.map(({ name, complete, pulse }) => {
      const earlier = before.get(name);
      const dayOf = (records: number, isDue: boolean): PulseDay => {
        // A source that was not read to its end may only have seemed silent.
        return { date, records, comparable: isDue && (complete || records > 0) };
      };
      const days = extended(earlier?.days, dayOf(recordsOn(pulse?.days, date), isDueOf(dues, name)));
      const regions = regionsOf([earlier, pulse]).map((region) => {
        const records = recordsOn(daysIn(pulse, region), date);
        return {
          region,
          days: extended(daysIn(earlier, region), dayOf(records, isDueOf(dues, name, region))),
        };
      });
      const told = regions.filter((each) => each.days.some(({ records }) => records > 0));
      return [name, { days, regions: told }];
    }),
  );
}

/** Days of one region; empty where it is not known. */
export function daysIn(pulse: SourcePulse | undefined, region: string | null): readonly PulseDay[] {
  return pulse?.regions.find((each) => each.region === region)?.days ?? [];
}

/** Records of one day; 0 where nothing is known of it. */
export function recordsOn(days: readonly PulseDay[] | undefined, date: string): number {
  return days?.find((each) => each.date === date)?.records ?? 0;
}

/** Up to the last day that had records, that one included; empty where none had. */
export function untilLastRecords(days: readonly PulseDay[]): readonly PulseDay[] {
  return days.slice(0, days.findLastIndex(({ records }) => records > 0) + 1);
}

/** The last comparable ones. */
export function comparableDays(days: readonly PulseDay[]): readonly PulseDay[] {
  return days.filter(({ comparable }) => comparable).slice(-pulseDays);
}

/** Whether anything was due that the source, or a region of it, had told of last. */
function isDueOf(dues: readonly DueGroup[], name: string, region?: string | null): boolean {
  return dues.some(
    ({ witnesses, due }) =>
      due > 0 &&
      witnesses.some((each) => each.name === name && (region === undefined || each.region === region)),
  );
}

/**
 * With the day, and without what is both too old and not among the last comparable ones; counted from the day, and from
 * the last one that had records: how lively a source was is known for as long as it is silent.
 */
function extended(days: readonly PulseDay[] = [], day: PulseDay): readonly PulseDay[] {
  const all = [...days.filter(({ date }) => date < day.date), day];
  const told = untilLastRecords(all);
  const kept = new Set([...lastOnes(all), ...lastOnes(told)]);
  return all.filter((each) => kept.has(each));
}

function lastOnes(days: readonly PulseDay[]): readonly PulseDay[] {
  const last = days.at(-1);
  if (last === undefined) return [];
  const since = addDays(last.date, 1 - pulseDays);
  return [...days.filter(({ date }) => date >= since), ...comparableDays(days)];
}

function regionsOf(pulses: readonly (SourcePulse | undefined)[]): readonly (string | null)[] {
  const regions = new Set(pulses.flatMap((pulse) => (pulse?.regions ?? []).map(({ region }) => region)));
  return [...regions].sort((a, b) => compareText(a ?? '', b ?? ''));
}
