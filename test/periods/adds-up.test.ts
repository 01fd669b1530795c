import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datesOf } from '../../src/model/period.js';
import type { PeriodCounts, PeriodReport } from '../../src/reports/backup-compliance/period/period-report.js';
import { archiveTable, makePeriod, periodNamed } from '../support/period-days.js';
import { runsOf } from '../support/share-of.js';

const months = ['2026-10', '2026-11', '2026-12'];
const numbers = ['expected', 'met', 'failed', 'missed', 'unknown', 'waived'] as const;
const length = datesOf(periodNamed('2026-Q4')).length;

/** A few letters, each for some days: what a resource does for a quarter. */
const story = (letters: string) =>
  fc
    .array(fc.tuple(fc.constantFrom(...letters), fc.integer({ min: 1, max: 40 })), {
      minLength: 3,
      maxLength: 9,
    })
    .map((parts) =>
      parts
        .map(([letter, days]) => letter.repeat(days))
        .join('')
        .padEnd(length, '+')
        .slice(0, length),
    );

const quarter = fc.record({
  states: story('CCCI-'),
  a: story('+FMUNwvT '),
  b: story('+FMUNwvT '),
  c: story('++++F '),
});

describe('months of a quarter', () => {
  it('have counts that add up to it, in total, by team, policy and resource', async () => {
    await fc.assert(
      fc.asyncProperty(quarter, async ({ states, ...resources }) => {
        const archive = await archiveTable({ from: '2026-10-01', states, resources });
        const whole = (await makePeriod(archive, '2026-Q4')).report;
        const parts: PeriodReport[] = [];
        for (const month of months) parts.push((await makePeriod(archive, month)).report);

        for (const list of [ofTotals, ofOwners, ofPolicies, ofResources]) {
          expect(summed(parts.flatMap(list))).toStrictEqual(summed(list(whole)));
        }
        expect(parts.flatMap(({ days }) => days)).toStrictEqual(whole.days);
      }),
      { numRuns: runsOf(12) },
    );
  });
});

type Row = readonly [name: string, counts: PeriodCounts];

const ofTotals = ({ totals }: PeriodReport): readonly Row[] => [['all', totals]];
const ofOwners = ({ owners }: PeriodReport): readonly Row[] => owners.map((row) => [row.owner ?? '', row]);
const ofPolicies = ({ policies }: PeriodReport): readonly Row[] => policies.map((row) => [row.policy, row]);
const ofResources = ({ resources }: PeriodReport): readonly Row[] =>
  resources.map((row) => [row.resourceId, row]);

function summed(rows: readonly Row[]): ReadonlyMap<string, readonly number[]> {
  const sums = new Map<string, readonly number[]>();
  for (const [name, counts] of rows) {
    const before = sums.get(name) ?? numbers.map(() => 0);
    sums.set(
      name,
      numbers.map((key, index) => (before[index] ?? 0) + counts[key]),
    );
  }
  // A resource that is in the population of a month with nothing expected is in none of another.
  return new Map([...sums].filter(([, counts]) => counts[0] !== 0).sort());
}
