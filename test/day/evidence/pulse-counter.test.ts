import { describe, expect, it } from 'vitest';
import { PulseCounter } from '../../../src/day/evidence/pulse-counter.js';
import type { Happening } from '../../../src/model/pulse.js';
import type { ReportDay } from '../../../src/model/report-day.js';
import { dayOf } from '../../support/judge.js';

/** Records by region of each day. */
function countsOf(days: readonly ReportDay[], happenings: readonly Happening[]) {
  const counter = new PulseCounter(days);
  for (const each of happenings) counter.add(each);
  const { days: total, regions } = counter.pulse();
  return {
    total: total.map(({ records }) => records),
    regions: regions.map(({ region, days: own }) => [region, own.map(({ records }) => records)]),
  };
}

function at(time: string, region: string | null = 'iad'): Happening {
  return { timeMs: Date.parse(time), region };
}

describe('records by day and region', () => {
  it('are those whose time lies in the day, to the millisecond', () => {
    const day = dayOf('2026-11-19', 'UTC');
    const times = [
      '2026-11-18T23:59:59.999Z',
      '2026-11-19T00:00:00.000Z',
      '2026-11-19T23:59:59.999Z',
      '2026-11-20T00:00:00.000Z',
    ];
    expect(
      countsOf(
        [day],
        times.map((time) => at(time)),
      ),
    ).toEqual({ total: [2], regions: [['iad', [2]]] });
  });

  it('follow the clocks of the zone: a day of 25 hours, and the next', () => {
    const days = [dayOf('2026-10-25', 'Europe/Berlin'), dayOf('2026-10-26', 'Europe/Berlin')];
    const times = ['2026-10-24T22:00:00Z', '2026-10-25T22:59:59Z', '2026-10-25T23:00:00Z'];
    expect(
      countsOf(
        days,
        times.map((time) => at(time)),
      ).total,
    ).toEqual([2, 1]);
  });

  it('have a place of their own where the region is not known', () => {
    const day = dayOf('2026-11-19', 'UTC');
    const counts = countsOf([day], [at('2026-11-19T01:00:00Z', null), at('2026-11-19T02:00:00Z')]);
    expect(counts).toEqual({
      total: [2],
      regions: [
        [null, [1]],
        ['iad', [1]],
      ],
    });
  });

  it('of any number of regions are counted, the first hundred by name, whatever the order', () => {
    const day = dayOf('2026-11-19', 'UTC');
    const many = Array.from({ length: 300 }, (_, index) => at('2026-11-19T01:00:00Z', `r${1000 + index}`));
    const counts = countsOf([day], many);
    expect(counts.total).toEqual([300]);
    expect(counts.regions).toHaveLength(101);
    expect(counts.regions.at(0)).toEqual([null, [200]]);
    expect(counts.regions.at(-1)).toEqual(['r1099', [1]]);
    expect(countsOf([day], many.toReversed())).toEqual(counts);
  });
});
