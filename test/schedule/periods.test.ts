import { describe, expect, it } from 'vitest';
import { duePeriods, settledPeriods } from '../../src/periods/due-periods.js';
import type { DayDone } from '../../src/schedule/scheduled-plan.js';
import type { MailMessage } from '../../src/ports/delivery.js';
import { commitDay, keepingMailer } from '../support/committed-day.js';
import { createFakePlan } from '../support/fake-plan.js';
import { FakeSchedule } from '../support/fake-schedule.js';
import { english, quiet } from '../support/judge-day.js';
import { createMemoryArchive } from '../support/memory-archive.js';
import {
  type DayTable,
  archiveTable,
  dayOfTable,
  mailSettings,
  makePeriod,
  periodNamed,
  planName,
} from '../support/period-days.js';

const sixHours = 6 * 3_600_000;
const labels = (types: readonly ('month' | 'quarter')[], now: string, timezone = 'UTC') =>
  settledPeriods(types, { timezone, settleDelayMs: sixHours }, Date.parse(now)).map(({ label }) => label);

describe('periods that are over and have settled', () => {
  it.each([
    { now: '2026-12-01T05:59:00Z', months: ['2026-09', '2026-10'] },
    { now: '2026-12-01T06:00:00Z', months: ['2026-09', '2026-10', '2026-11'] },
    { now: '2027-01-01T06:00:00Z', months: ['2026-10', '2026-11', '2026-12'] },
  ])('at $now are $months', ({ now, months }) => {
    expect(labels(['month'], now)).toStrictEqual(months);
  });

  it('are in the order of their ends, and of two that end together the month comes first', () => {
    expect(labels(['quarter', 'month'], '2027-01-01T06:00:00Z')).toStrictEqual([
      '2026-Q3',
      '2026-10',
      '2026-11',
      '2026-12',
      '2026-Q4',
    ]);
  });

  it('end in the zone of the plan', () => {
    expect(labels(['month'], '2026-12-01T06:00:00Z', 'America/New_York')).not.toContain('2026-11');
    expect(labels(['month'], '2026-12-01T11:00:00Z', 'America/New_York')).toContain('2026-11');
  });
});

describe('periods that are due', () => {
  const table: DayTable = { from: '2026-11-01', states: 'C'.repeat(30), resources: { a: '+'.repeat(30) } };
  const plan = {
    name: planName,
    timezone: 'UTC',
    language: english,
    mail: mailSettings,
  } as unknown as Parameters<typeof duePeriods>[0];
  const november = periodNamed('2026-11');

  it('are those of archived days that have none, those whose days were revised, and those that nobody was mailed', async () => {
    const archive = await archiveTable(table, createMemoryArchive());
    const sent: MailMessage[] = [];
    const ports = { archive, log: quiet, mailer: keepingMailer(sent) };
    const due = async (checksDays: boolean): Promise<readonly string[]> =>
      (await duePeriods(plan, [periodNamed('2026-10'), november], ports, checksDays)).map(
        ({ label }) => label,
      );

    expect(await due(false)).toStrictEqual(['2026-11']);
    await makePeriod(archive, '2026-11');
    expect(await due(false)).toStrictEqual(['2026-11']);
    await makePeriod(archive, '2026-11', { sent });
    expect(await due(true)).toStrictEqual([]);
    await commitDay(archive, dayOfTable({ ...table, resources: { a: 'F'.repeat(30) } }, 3), {
      revision: 2,
      workbooks: [],
    });
    expect(await due(false)).toStrictEqual([]);
    expect(await due(true)).toStrictEqual(['2026-11']);
    expect(await makePeriod(archive, '2026-11', { sent })).toMatchObject({ revision: 2 });
    expect(await due(true)).toStrictEqual([]);
    expect(sent).toHaveLength(2);
  });
});

describe('the schedule', () => {
  it('makes due periods after the days, once a pass, and tries one that failed again', async () => {
    const schedule = new FakeSchedule('2026-12-01T00:00:00Z');
    const made: string[] = [];
    const asked: boolean[] = [];
    let failures = 1;
    const plan = createFakePlan({
      periods: {
        due: async (nowMs, reconciles) => {
          asked.push(reconciles);
          return nowMs >= Date.parse('2026-12-01T06:00:00Z') && made.length === 0 ? ['2026-11'] : [];
        },
        make: async (label): Promise<DayDone> => {
          failures -= 1;
          if (failures >= 0) throw new Error('no archive');
          made.push(label);
          return { kind: 'committed', isComplete: true, revision: 1, exitCode: 0, deliveries: ['delivered'] };
        },
      },
    });
    await schedule.start([plan]);
    await schedule.hours(12);

    expect(made).toStrictEqual(['2026-11']);
    expect(schedule.logged).toContain('warn schedule: period failed');
    const done = schedule.logged.indexOf('schedule: period done');
    expect(schedule.logged.slice(0, done)).toContain('schedule: day done');
    expect(asked).toContain(true);
    await schedule.end();
  });
});
