import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/base/civil-dates.js';
import { hourMs } from '../../src/base/time-units.js';
import type { DailyReport, Transition } from '../../src/reports/backup-compliance/model/daily-report.js';
import type { ResourceCompliance } from '../../src/reports/backup-compliance/model/resource-compliance.js';
import { type Settings, fixedInventory, judgeDays } from '../support/judge-day.js';
import { dayOf } from '../support/judge.js';
import { type RawEvent, databaseEvent } from '../support/raw-event.js';

const silentDays = 31;
const gone = 'ocid1.database.oc1.iad.gone';
const stays = 'ocid1.database.oc1.iad.stays';

/** A successful backup two hours into the day. */
function backup(resourceId: string, date: string, timezone: string): RawEvent {
  const time = new Date(dayOf(date, timezone).startMs + 2 * hourMs).toISOString();
  return databaseEvent('end', time, {
    resourceId: resourceId.replace('database', `dbbackup${date}`),
    details: { databaseId: resourceId, dbUniqueName: nameOf(resourceId) },
  });
}

function nameOf(resourceId: string): string {
  return resourceId === gone ? 'GONE' : 'STAYS';
}

function dates(first: string, days: number): string[] {
  return Array.from({ length: days }, (_, index) => addDays(first, index));
}

function find(report: DailyReport): ResourceCompliance | undefined {
  return report.resources.find(({ resourceId }) => resourceId === gone);
}

function isListed(turns: readonly Transition[]): boolean {
  return turns.some(({ resourceId }) => resourceId === gone);
}

const inventory = fixedInventory([
  { resourceId: gone, resourceName: nameOf(gone) },
  { resourceId: stays, resourceName: nameOf(stays) },
]);

interface Case {
  readonly timezone: string;
  /** The last day with a backup. */
  readonly lastDay: string;
  readonly lookbackDays: number;
  readonly knownBy: 'events' | 'inventory';
  /** Whether anything else is heard of. */
  readonly isAlone: boolean;
}

/** Each with a day on which clocks change; in Santiago it has no midnight. */
const cases: readonly Case[] = [
  { timezone: 'America/New_York', lastDay: '2026-10-20', lookbackDays: 7, knownBy: 'events', isAlone: false },
  { timezone: 'Europe/Berlin', lastDay: '2026-03-28', lookbackDays: 1, knownBy: 'events', isAlone: true },
  {
    timezone: 'America/Santiago',
    lastDay: '2026-08-30',
    lookbackDays: 1,
    knownBy: 'inventory',
    isAlone: false,
  },
];

describe.each(cases)(
  'a resource known by $knownBy, silent after $lastDay ($timezone, $lookbackDays days back)',
  (each) => {
    const { timezone, lastDay, lookbackDays, knownBy, isAlone } = each;
    const before = dates(addDays(lastDay, -1), 2);
    const silent = dates(addDays(lastDay, 1), silentDays);
    const back = dates(addDays(lastDay, silentDays + 1), 2);
    const all = [...before, ...silent, ...back];
    const records = [
      ...[...before, ...back].map((date) => backup(gone, date, timezone)),
      ...(isAlone ? [] : all.map((date) => backup(stays, date, timezone))),
    ];
    const settings: Settings = { timezone, lookbackDays, ...(knownBy === 'inventory' ? { inventory } : {}) };

    it('is missed on every day, and announced once', async () => {
      const judged = await judgeDays(all, () => ({ ...settings, records }));
      const reports = judged.map(({ report }) => report);
      const lastSuccessMs = dayOf(lastDay, timezone).startMs + 2 * hourMs;
      for (const [index, date] of silent.entries()) {
        const report = reports[before.length + index];
        expect(report?.reportDay.date).toBe(date);
        expect(report && find(report)).toMatchObject({
          outcome: 'MISSED',
          compliance: 'NON_COMPLIANT',
          consecutiveBadDays: index + 1,
          badSince: silent[0],
          lastSuccessTime: new Date(lastSuccessMs).toISOString(),
          recoveryPointAgeSeconds: (dayOf(date, timezone).cutOffMs - lastSuccessMs) / 1000,
        });
        expect(report && isListed(report.followUp.newlyBad)).toBe(index === 0);
        expect(report && isListed(report.followUp.resolved)).toBe(false);
      }
      const [first, ...later] = reports.slice(-back.length);
      expect(first && find(first)).toMatchObject({
        outcome: 'SUCCEEDED',
        consecutiveBadDays: 0,
        badSince: null,
      });
      const turn = first?.followUp.resolved.find(({ resourceId }) => resourceId === gone);
      expect(turn).toMatchObject({ badSince: silent[0], badDays: silentDays, compliance: 'COMPLIANT' });
      for (const { followUp } of later)
        expect([followUp.newlyBad, followUp.resolved].some(isListed)).toBe(false);
      expect(reports.slice(0, before.length).some(({ followUp }) => isListed(followUp.newlyBad))).toBe(false);
    });
  },
);

describe.each([1, 7])(
  'a resource that fell silent, and no report for 20 days (%i days back)',
  (lookbackDays) => {
    const timezone = 'America/New_York';
    const lastDay = '2026-10-20';
    const later = dates('2026-11-10', 3);
    const records = [
      backup(gone, lastDay, timezone),
      ...dates(lastDay, 24).map((date) => backup(stays, date, timezone)),
    ];

    it('is missed on the first day that is reported again, and announced then', async () => {
      const judged = await judgeDays([lastDay, ...later], () => ({ timezone, lookbackDays, records }));
      const reports = judged.map(({ report }) => report).slice(1);
      const [first] = reports;
      expect(reports.map((report) => find(report)?.outcome)).toEqual(['MISSED', 'MISSED', 'MISSED']);
      expect(reports.map(({ followUp }) => isListed(followUp.newlyBad))).toEqual([true, false, false]);
      const badDays = reports.map((report) => find(report)?.consecutiveBadDays ?? 0);
      // That day and the twenty before it: their events are read from where the memory ends.
      expect(badDays).toEqual([21, 22, 23]);
      expect(new Set(reports.map((report) => find(report)?.badSince)).size).toBe(1);
      expect(reports.map((report) => find(report)?.lastSuccessTime)).toEqual(
        Array.from({ length: 3 }, () =>
          new Date(dayOf(lastDay, timezone).startMs + 2 * hourMs).toISOString(),
        ),
      );
      expect(first?.findings).toMatchObject([{ kind: 'memory' }]);
    });
  },
);

it('a resource of the inventory that was never heard of is missed from the first report on', async () => {
  const first = '2026-11-10';
  const all = dates(first, 3);
  const records = all.map((date) => backup(stays, date, 'UTC'));
  const judged = await judgeDays(all, () => ({ records, inventory, lookbackDays: 1 }));
  expect(judged.map(({ report }) => find(report))).toMatchObject(
    [1, 2, 3].map((consecutiveBadDays) => ({ outcome: 'MISSED', consecutiveBadDays, badSince: first })),
  );
});

it('a resource that falls silent between two runs of one day is missed by the next', async () => {
  const [day = '', next = ''] = dates('2026-11-10', 2);
  const records = [backup(gone, day, 'UTC'), backup(stays, day, 'UTC'), backup(stays, next, 'UTC')];
  const judged = await judgeDays([day, day, next, next], () => ({ records }));
  expect(judged.map(({ report }) => find(report)?.outcome)).toEqual([
    'SUCCEEDED',
    'SUCCEEDED',
    'MISSED',
    'MISSED',
  ]);
  expect(judged.map(({ report }) => isListed(report.followUp.newlyBad))).toEqual([false, false, true, true]);
});
