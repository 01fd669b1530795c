import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { addDays, dateAt, reportDayOf } from '../../../../src/base/civil-dates.js';
import type { Cadence } from '../../../../src/model/cadence.js';
import type { BackupSchedule } from '../../../../src/model/protected-resource.js';
import {
  cadenceOfSchedules,
  isDueOn,
  lastDueDate,
  longestGapDays,
  parseCadence,
} from '../../../../src/reports/backup-compliance/rules/cadence.js';
import { runsOf } from '../../../support/share-of.js';

const cadenceOf = (text: string): Cadence => {
  const cadence = parseCadence(text);
  if (cadence === undefined) throw new Error(`not a cadence: ${text}`);
  return cadence;
};

const schedule = (period: string, overrides: Partial<BackupSchedule> = {}): BackupSchedule => ({
  period,
  backupType: 'INCREMENTAL',
  retentionSeconds: null,
  ...overrides,
});

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const never: Cadence = { weekdays: [], monthDays: [], words: 'never' };
const mixOf = (...texts: string[]): Cadence => ({
  weekdays: texts.flatMap((text) => cadenceOf(text).weekdays),
  monthDays: texts.flatMap((text) => cadenceOf(text).monthDays),
  words: texts.join(' + '),
});
const silver = mixOf('weekly:SUN', 'monthly:1');

describe('a cadence as it is written', () => {
  it.each<[string, readonly number[], readonly number[], string]>([
    ['daily', everyDay, [], 'daily'],
    [' Daily ', everyDay, [], 'daily'],
    ['weekly:SUN', [7], [], 'weekly:SUN'],
    ['weekly:sunday', [7], [], 'weekly:SUN'],
    ['Weekly: Sun, WEDNESDAY', [3, 7], [], 'weekly:WED,SUN'],
    ['weekly:SUN,sun', [7], [], 'weekly:SUN'],
    ['weekdays', [1, 2, 3, 4, 5], [], 'weekdays:MON,TUE,WED,THU,FRI'],
    ['weekdays:TUE,MON', [1, 2], [], 'weekdays:MON,TUE'],
    ['weekdays:MON,TUE,WED,THU,FRI,SAT,SUN', everyDay, [], 'daily'],
    ['monthly:1', [], [1], 'monthly:1'],
    ['monthly:15, 1', [], [1, 15], 'monthly:1,15'],
    ['monthly:last', [], [31], 'monthly:last'],
    ['monthly:31', [], [31], 'monthly:last'],
    ['monthly:1,LAST', [], [1, 31], 'monthly:1,last'],
  ])('%j', (text, weekdays, monthDays, words) => {
    expect(parseCadence(text)).toEqual({ weekdays, monthDays, words });
  });

  it.each(['daily', 'weekly:WED,SUN', 'weekdays', 'monthly:1,last'])(
    '%s is read back from its words',
    (text) => {
      expect(parseCadence(cadenceOf(text).words)).toEqual(cadenceOf(text));
    },
  );

  it.each([
    '',
    ' ',
    'hourly',
    'daily:',
    'daily:MON',
    'weekly',
    'weekly:',
    'weekly:XYZ',
    'weekly:SU',
    'weekly:SUNDA',
    'weekly:7',
    'weekly:SUN,',
    'weekly:SUN,XYZ',
    'weekly:SUN:MON',
    'weekly:constructor',
    'weekdays:',
    'monthly',
    'monthly:',
    'monthly:0',
    'monthly:32',
    'monthly:-1',
    'monthly:1.5',
    'monthly:1e1',
    'monthly:first',
    'monthly:1,32',
    'yearly:1',
  ])('%j is none', (text) => {
    expect(parseCadence(text)).toBeUndefined();
  });
});

describe('a due day', () => {
  it.each<[string, string, boolean]>([
    ['daily', '2026-11-19', true],
    // 2026-11-22 is a Sunday.
    ['weekly:SUN', '2026-11-22', true],
    ['weekly:SUN', '2026-11-21', false],
    ['weekly:SUN', '2026-11-23', false],
    ['weekdays', '2026-11-20', true],
    ['weekdays', '2026-11-21', false],
    ['weekdays', '2026-11-23', true],
    ['monthly:1', '2026-12-01', true],
    ['monthly:1', '2026-11-30', false],
    ['monthly:1', '2027-01-01', true],
    ['monthly:last', '2026-11-30', true],
    ['monthly:last', '2026-12-30', false],
    ['monthly:last', '2026-12-31', true],
    ['monthly:last', '2026-02-28', true],
    ['monthly:last', '2028-02-28', false],
    ['monthly:last', '2028-02-29', true],
    ['monthly:last', '2100-02-28', true],
    ['monthly:last', '2000-02-28', false],
    ['monthly:30', '2026-02-28', true],
    ['monthly:30', '2026-03-30', true],
    ['monthly:30', '2026-03-31', false],
    ['monthly:29', '2027-02-28', true],
    ['monthly:29', '2028-02-28', false],
  ])('%s, %s: %s', (text, date, expected) => {
    expect(isDueOn(cadenceOf(text), date)).toBe(expected);
  });

  it.each<[string, string, string]>([
    ['daily', '2026-11-19', '2026-11-19'],
    ['weekly:SUN', '2026-11-22', '2026-11-22'],
    ['weekly:SUN', '2026-11-21', '2026-11-15'],
    ['weekly:SUN', '2027-01-01', '2026-12-27'],
    ['weekdays', '2026-11-22', '2026-11-20'],
    ['weekdays', '2026-11-23', '2026-11-23'],
    ['monthly:1', '2026-11-30', '2026-11-01'],
    ['monthly:15', '2027-01-14', '2026-12-15'],
    ['monthly:last', '2026-03-30', '2026-02-28'],
    ['monthly:last', '2028-03-30', '2028-02-29'],
    ['monthly:last', '2027-01-30', '2026-12-31'],
    ['monthly:30', '2026-03-01', '2026-02-28'],
    ['monthly:1,15', '2026-03-14', '2026-03-01'],
  ])('%s: up to %s the last one is %s', (text, date, expected) => {
    expect(lastDueDate(cadenceOf(text), date)).toBe(expected);
  });

  it('never comes for a cadence without any', () => {
    expect(lastDueDate(never, '2026-11-19')).toBeNull();
    expect(isDueOn(never, '2026-11-19')).toBe(false);
    expect(longestGapDays(never)).toBe(Infinity);
  });

  it('is the last one when no later date up to this one is due', () => {
    fc.assert(
      fc.property(anyCadence, fc.integer({ min: 0, max: 3000 }), (cadence, days) => {
        const date = addDays('2023-01-01', days);
        let expected = date;
        while (!isDueOn(cadence, expected)) expected = addDays(expected, -1);
        expect(lastDueDate(cadence, date)).toBe(expected);
      }),
    );
  });

  // Clocks change on a Sunday in most zones; in Egypt on a Friday at midnight.
  it.each([
    ['America/New_York', '2026-03-08', 'weekly:SUN', 23],
    ['America/New_York', '2026-11-01', 'weekly:SUN', 25],
    ['America/New_York', '2026-11-01', 'monthly:1', 25],
    ['Europe/Berlin', '2026-03-29', 'weekly:SUN', 23],
    ['Europe/Berlin', '2026-10-25', 'weekly:SUN', 25],
    ['Australia/Lord_Howe', '2026-10-04', 'weekly:SUN', 23.5],
    ['America/Havana', '2026-11-01', 'monthly:1', 25],
    ['Africa/Cairo', '2026-04-24', 'weekdays', 23],
    ['America/Asuncion', '2023-10-01', 'monthly:1', 23],
    ['Pacific/Kiritimati', '2026-11-22', 'weekly:SUN', 24],
  ])(
    'in %s, %s is due by %s with its %s hours, from its first instant to its last',
    (zone, date, text, hours) => {
      const day = reportDayOf(date, zone);
      if (day === undefined) throw new Error(`${date} does not exist`);
      expect((day.cutOffMs - day.startMs) / 3_600_000).toBe(hours);
      expect(isDueOn(cadenceOf(text), dateAt(day.startMs, zone))).toBe(true);
      expect(lastDueDate(cadenceOf(text), dateAt(day.cutOffMs - 1, zone))).toBe(date);
    },
  );
});

describe('the longest gap', () => {
  it.each<[Cadence, number]>([
    [cadenceOf('daily'), 1],
    [cadenceOf('weekly:SUN'), 7],
    [cadenceOf('weekly:WED,SUN'), 4],
    [cadenceOf('weekly:MON,SUN'), 6],
    [cadenceOf('weekdays'), 3],
    [cadenceOf('monthly:1'), 31],
    [cadenceOf('monthly:30'), 31],
    [cadenceOf('monthly:last'), 31],
    [cadenceOf('monthly:1,15'), 17],
    [cadenceOf('monthly:1,last'), 30],
    [silver, 7],
    [mixOf('weekly:SUN', 'monthly:1,8,15,22,29'), 7],
    [mixOf('weekdays', 'monthly:1,3,5,7,9,11,13,15,17,19,21,23,25,27,29,31'), 2],
    // From the 26th to the first, where no Sunday is between.
    [mixOf('weekly:SUN', 'monthly:1,6,11,16,21,26'), 6],
    [{ weekdays: [7, 7], monthDays: [], words: '' }, 7],
  ])('%j: %s', (cadence, expected) => {
    expect(longestGapDays(cadence)).toBe(expected);
  });

  it('is what 28 years of days show', () => {
    const dates = [...datesFrom('2001-01-01', 28 * 366)];
    fc.assert(
      fc.property(anyCadence, (cadence) => {
        let longest = 0;
        let last: number | undefined;
        for (const [index, date] of dates.entries()) {
          if (!isDueOn(cadence, date)) continue;
          if (last !== undefined) longest = Math.max(longest, index - last);
          last = index;
        }
        expect(longestGapDays(cadence)).toBe(longest);
      }),
      { numRuns: runsOf(20) },
    );
  });
});

describe('the cadence of a backup policy of OCI', () => {
  const weekly = schedule('ONE_WEEK', { dayOfWeek: 'SUNDAY' });
  const monthly = schedule('ONE_MONTH', { dayOfMonth: 1 });
  const yearly = schedule('ONE_YEAR', { dayOfMonth: 1, month: 'JANUARY' });
  const cases: [string, BackupSchedule[], string | undefined][] = [
    ['gold', [schedule('ONE_DAY'), weekly, monthly, yearly], 'daily'],
    ['silver', [weekly, monthly, yearly], 'weekly:SUN + monthly:1'],
    ['bronze', [monthly, yearly], 'monthly:1'],
    ['hourly', [schedule('ONE_HOUR')], 'daily'],
    ['weekly without a day', [schedule('ONE_WEEK')], 'weekly:SUN'],
    ['weekly with null as its day', [schedule('ONE_WEEK', { dayOfWeek: null })], 'weekly:SUN'],
    ['weekly on Tuesday', [schedule('ONE_WEEK', { dayOfWeek: 'TUESDAY' })], 'weekly:TUE'],
    ['twice a week', [weekly, schedule('ONE_WEEK', { dayOfWeek: 'WEDNESDAY' })], 'weekly:WED,SUN'],
    ['monthly without a day', [schedule('ONE_MONTH')], 'monthly:1'],
    ['monthly on the 28th', [schedule('ONE_MONTH', { dayOfMonth: 28 })], 'monthly:28'],
    ['in any order', [monthly, weekly], 'weekly:SUN + monthly:1'],
    ['known and unknown', [schedule('ONE_DECADE'), weekly], 'weekly:SUN'],
    ['without schedules', [], undefined],
    ['yearly only', [yearly], undefined],
    ['unknown only', [schedule('UNKNOWN_VALUE')], undefined],
    ['weekly on an unknown day', [schedule('ONE_WEEK', { dayOfWeek: 'UNKNOWN_VALUE' })], undefined],
    ['monthly on a day that no month has', [schedule('ONE_MONTH', { dayOfMonth: 32 })], undefined],
  ];

  it.each(cases)('%s', (_, schedules, words) => {
    expect(cadenceOfSchedules(schedules)?.words).toBe(words);
  });

  it('holds the days of all schedules', () => {
    expect(cadenceOfSchedules([weekly, monthly, yearly])).toEqual({
      weekdays: [7],
      monthDays: [1],
      words: 'weekly:SUN + monthly:1',
    });
    expect(cadenceOfSchedules([schedule('ONE_DAY'), monthly])).toEqual(cadenceOf('daily'));
  });
});

const anyCadence: fc.Arbitrary<Cadence> = fc
  .record({
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 4 }),
    monthDays: fc.uniqueArray(fc.integer({ min: 1, max: 31 }), { maxLength: 8 }),
    words: fc.constant('any'),
  })
  .filter(({ weekdays, monthDays }) => weekdays.length + monthDays.length > 0);

function* datesFrom(first: string, count: number): Generator<string> {
  for (let days = 0; days < count; days += 1) yield addDays(first, days);
}
