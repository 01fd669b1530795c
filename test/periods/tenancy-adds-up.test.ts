import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datesOf } from '../../src/model/period.js';
import type { Change } from '../../src/reports/tenancy-changes/model/change.js';
import type { ChangeCounts } from '../../src/reports/tenancy-changes/model/tenancy-report.js';
import type { TenancyPeriod } from '../../src/reports/tenancy-changes/period/period-report.js';
import { periodNamed } from '../support/period-days.js';
import { runsOf } from '../support/share-of.js';
import { type CountedDay, countDays } from '../support/tenancy-period.js';

const months = ['2026-10', '2026-11', '2026-12'];
const length = datesOf(periodNamed('2026-Q4')).length;

const plain: Change = {
  time: '2026-10-01T08:00:00.000Z',
  endTime: '2026-10-01T08:00:00.000Z',
  service: 'ObjectStorage',
  eventName: 'UpdateBucket',
  action: 'updated',
  resourceId: null,
  resourceName: null,
  resourceType: null,
  compartmentId: null,
  compartmentName: null,
  region: null,
  principalName: null,
  principalId: null,
  authType: null,
  ipAddress: null,
  result: 'succeeded',
  status: null,
  message: null,
  requestId: null,
  groupingId: null,
  before: null,
  after: null,
  backupRelevant: false,
  removesProtection: false,
  hasVerb: true,
  eventIds: [],
};

const change = fc
  .record({
    service: fc.constantFrom('ObjectStorage', 'DatabaseService', ''),
    action: fc.constantFrom('created', 'updated', 'deleted', 'other'),
    result: fc.constantFrom('succeeded', 'refused', 'failed', 'unknown'),
    compartmentId: fc.constantFrom('ocid1.compartment.a', null),
    principalId: fc.constantFrom('ocid1.user.a', 'ocid1.user.b', null),
    principalName: fc.constantFrom('ana', 'ben', null),
    backupRelevant: fc.boolean(),
    removesProtection: fc.boolean(),
    hasVerb: fc.boolean(),
    endTime: fc.constantFrom(plain.endTime, null),
  })
  .map((parts): Change => ({ ...plain, ...parts }));

const day: fc.Arbitrary<CountedDay | null> = fc.option(
  fc.record({
    status: fc.constantFrom('COMPLETE', 'INCOMPLETE'),
    changes: fc.array(change, { maxLength: 5 }),
    reads: fc.nat(1000),
    firstSeen: fc.option(fc.array(fc.constantFrom('ana', 'ben', 'chen'), { maxLength: 3 })),
  }),
);

const quarter = fc.array(day, { minLength: length, maxLength: length });

describe('months of a quarter of changes', () => {
  it('have counts that add up to it: in total, by service, compartment and principal, and by day', () => {
    fc.assert(
      fc.property(quarter, (days) => {
        const whole = countDays('2026-Q4', days);
        const parts = months.map((month) => countDays(month, days));

        expect(summed(parts.map(countsOf))).toStrictEqual(summed([countsOf(whole)]));
        for (const table of ['services', 'compartments', 'principals'] as const)
          expect(rowsOf(parts, table)).toStrictEqual(rowsOf([whole], table));
        expect(parts.flatMap(({ days: ofMonth }) => ofMonth)).toStrictEqual(whole.days);
        for (const list of ['removals', 'backupChanges'] as const)
          expect(parts.flatMap((part) => part[list].changes).slice(0, 200)).toStrictEqual(
            whole[list].changes,
          );
      }),
      { numRuns: runsOf(10) },
    );
  });

  it('have a row for each change of a table, and what nobody knows is no zero', () => {
    fc.assert(
      fc.property(quarter, (days) => {
        const whole = countDays('2026-Q4', days);
        for (const table of ['services', 'compartments', 'principals'] as const)
          expect(summed(whole[table].map(numbersOf))).toStrictEqual(summed([numbersOf(whole.totals)]));
        const { changes, byAction, byResult } = whole.totals;
        for (const counts of [byAction, byResult])
          expect(Object.values(counts).reduce((sum, number) => sum + number, 0)).toBe(changes);
        expect(whole.days.map(({ totals }) => totals === null)).toStrictEqual(
          days.map((each) => each === null),
        );
        expect(whole.unknownDays).toBe(days.filter((each) => each?.status !== 'COMPLETE').length);
      }),
      { numRuns: runsOf(10) },
    );
  });
});

type Numbers = Readonly<Record<string, number>>;

function countsOf({ totals, unknownDays, removals, backupChanges, firstSeen }: TenancyPeriod): Numbers {
  const { reads, removedProtection, unknownVerb } = totals;
  return {
    ...numbersOf(totals),
    reads,
    removedProtection,
    unknownVerb,
    unknownDays,
    removals: removals.total,
    backupChanges: backupChanges.total,
    firstSeen: firstSeen.total,
    firstSeenUnknown: firstSeen.unknownDays,
  };
}

function numbersOf({ changes, byAction, byResult, done, backupRelevant }: ChangeCounts): Numbers {
  const named = (prefix: string, counts: Numbers) =>
    Object.entries(counts).map(([name, number]) => [`${prefix}.${name}`, number] as const);
  return Object.fromEntries([
    ['changes', changes],
    ['backupRelevant', backupRelevant],
    ...named('action', byAction),
    ...named('result', byResult),
    ...named('done', done),
  ]);
}

function summed(all: readonly Numbers[]): Numbers {
  const sums: Record<string, number> = {};
  for (const numbers of all)
    for (const [name, number] of Object.entries(numbers)) sums[name] = (sums[name] ?? 0) + number;
  return sums;
}

function rowsOf(
  parts: readonly TenancyPeriod[],
  table: 'services' | 'compartments' | 'principals',
): ReadonlyMap<string, Numbers> {
  const rows = new Map<string, Numbers[]>();
  for (const part of parts) {
    for (const row of part[table]) {
      const key = row.id ?? `name ${row.name}`;
      rows.set(key, [...(rows.get(key) ?? []), numbersOf(row)]);
    }
  }
  return new Map([...rows].map(([key, counts]) => [key, summed(counts)] as const).sort());
}
