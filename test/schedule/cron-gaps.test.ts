import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/errors.js';
import { checkCron, findLostRun } from '../../src/schedule/cron-expression.js';
import { scheduleFinding } from '../../src/schedule/schedule-finding.js';
import { clockGaps, wallDate, wallTime } from '../../src/schedule/schedule-gaps.js';

const nowMs = Date.parse('2026-11-20T12:00:00Z');

function lost(cron: string, zone: string): string | null {
  const found = findLostRun(cron, zone, nowMs);
  if (found === null) return null;
  return `${wallDate(found.wallMs)} ${wallTime(found.wallMs)} -> ${found.proposal}`;
}

describe('the gaps of the clocks', () => {
  it.each([
    ['America/New_York', '2027-03-14 02:00-03:00', 5],
    ['Europe/Berlin', '2027-03-28 02:00-03:00', 5],
    ['Australia/Lord_Howe', '2027-10-03 02:00-02:30', 5],
    ['America/Santiago', '2027-09-05 00:00-01:00', 5],
    ['Africa/Cairo', '2027-04-30 00:00-01:00', 5],
    ['Asia/Beirut', '2027-03-28 00:00-01:00', 5],
    ['America/Nuuk', '2027-03-27 23:00-00:00', 5],
    ['Antarctica/Troll', '2027-03-28 01:00-03:00', 5],
  ])('are found in %s', (zone, first, number) => {
    const gaps = clockGaps(zone, nowMs, Date.parse('2031-11-20T12:00:00Z'));
    const [gap] = gaps;
    const words = gap && `${wallDate(gap.fromWallMs)} ${wallTime(gap.fromWallMs)}-${wallTime(gap.toWallMs)}`;
    expect([words, gaps.length]).toEqual([first, number]);
  });

  it.each(['Asia/Kolkata', 'UTC', 'Pacific/Apia'])('are none in %s', (zone) => {
    expect(clockGaps(zone, nowMs, Date.parse('2031-11-20T12:00:00Z'))).toEqual([]);
  });

  it('are a whole day where a zone skipped one', () => {
    const [gap] = clockGaps(
      'Pacific/Apia',
      Date.parse('2011-12-01T00:00:00Z'),
      Date.parse('2012-01-10T00:00:00Z'),
    );
    expect([gap?.atMs, (gap?.toWallMs ?? 0) - (gap?.fromWallMs ?? 0)]).toEqual([
      Date.parse('2011-12-30T10:00:00Z'),
      86_400_000,
    ]);
  });
});

describe('a cron expression', () => {
  it.each([
    ['30 2 * * *', 'America/New_York', '2027-03-14 02:30 -> 30 3 * * *'],
    ['0 2 * * *', 'Europe/Berlin', '2027-03-28 02:00 -> 0 3 * * *'],
    ['15 2 * * *', 'Australia/Lord_Howe', '2027-10-03 02:15 -> 15 3 * * *'],
    ['0 0 * * *', 'America/Santiago', '2027-09-05 00:00 -> 0 1 * * *'],
    ['30 0 * * *', 'Africa/Cairo', '2027-04-30 00:30 -> 30 1 * * *'],
    ['59 0 * * *', 'Asia/Beirut', '2027-03-28 00:59 -> 59 1 * * *'],
    ['30 23 * * *', 'America/Nuuk', '2027-03-27 23:30 -> 30 0 * * *'],
    // Moved on it would be another day of the week.
    ['30 23 * * 6', 'America/Nuuk', '2027-03-27 23:30 -> 30 22 * * 6'],
    // Two hours are left out here.
    ['30 1 * * *', 'Antarctica/Troll', '2027-03-28 01:30 -> 30 3 * * *'],
    ['0 */2 * * *', 'America/New_York', '2027-03-14 02:00 -> 0 0,3,4,6,8,10,12,14,16,18,20,22 * * *'],
    ['30 2 * * SUN', 'America/New_York', '2027-03-14 02:30 -> 30 3 * * SUN'],
  ])('%s loses a run in %s', (cron, zone, words) => {
    expect(lost(cron, zone)).toBe(words);
  });

  it.each([
    ['0 6 * * *', 'America/New_York'],
    ['30 2 * * *', 'Asia/Kolkata'],
    ['45 2 * * *', 'Australia/Lord_Howe'],
    ['0 3 * * *', 'America/New_York'],
    ['30 1 * * *', 'America/New_York'],
    // Clocks change on Sundays.
    ['30 2 * * 1-5', 'America/New_York'],
    ['*/15 * * * *', 'America/New_York'],
    ['0 * * * *', 'America/Santiago'],
    // The run after the gap is the very next minute.
    ['0 2,3 * * *', 'America/New_York'],
  ])('%s loses none in %s', (cron, zone) => {
    expect(lost(cron, zone)).toBeNull();
  });

  it('is refused with date, gap, and one that may be written instead', () => {
    const failure = caught(() => checkCron('30 2 * * *', 'America/New_York', nowMs, 'a.yaml: schedule.cron'));
    expect(failure.kind).toBe('usage');
    expect(failure.message).toBe(
      "a.yaml: schedule.cron: '30 2 * * *' would not run at 02:30 on 2027-03-14: clocks in America/New_York go from 02:00 to 03:00",
    );
    expect(failure.hints).toEqual(["Write '30 3 * * *': the next free hour."]);
  });

  it.each(['every day', '0 6 * *', '0 0 6 * * *', '60 6 * * *', '0 24 * * *', '0 6 31 2 *', '@daily', ''])(
    'is refused where it is none: %s',
    (cron) => {
      expect(caught(() => checkCron(cron, 'UTC', nowMs, 'schedule.cron')).kind).toBe('usage');
    },
  );
});

describe('the finding of the schedule', () => {
  it.each([
    ['0 6 * * *', 7, 'ok', /^'0 6 \* \* \*': next at \d{4}-\d\d-\d\d 06:00 America\/New_York$/],
    ['30 2 * * *', 7, 'warning', /would not run at 02:30 on .*refuses it$/],
    ['0 6 * * 1', 3, 'warning', /up to 7 days lie between two runs, 3 are caught up$/],
    ['0 6 * * 1', 7, 'ok', /06:00/],
    ['6 Uhr', 7, 'failed', /does not have five fields/],
  ])('says of %s with %i days to catch up: %s', (cron, catchUpDays, state, words) => {
    const finding = scheduleFinding({ cron, catchUpDays }, 'America/New_York', nowMs);
    expect(finding).toMatchObject({ check: 'schedule', state, words: expect.stringMatching(words) });
    expect(finding.advice === null).toBe(state === 'ok');
  });
});

function caught(call: () => void): Failure {
  try {
    call();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
