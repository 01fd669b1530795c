import { describe, expect, it } from 'vitest';
import { addDays, dateAt, reportDayOf } from '../../src/base/civil-dates.js';
import { dayOf } from '../support/judge.js';

const hours = (date: string, zone: string): number => {
  const day = dayOf(date, zone);
  return (day.cutOffMs - day.startMs) / 3_600_000;
};

describe('the report day', () => {
  it.each([
    ['America/New_York', '2026-03-08', 23],
    ['America/New_York', '2026-11-01', 25],
    ['America/New_York', '2026-11-19', 24],
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Asia/Kolkata', '2026-03-29', 24],
    // Clocks go forward at midnight: the day begins at 01:00.
    ['America/Asuncion', '2023-10-01', 23],
    ['Asia/Beirut', '2026-03-29', 23],
    // Clocks go back to midnight: 00:00 comes twice, the day begins with the first.
    ['America/Havana', '2026-11-01', 25],
  ])('in %s, %s has %s hours', (zone, date, expected) => {
    expect(hours(date, zone)).toBe(expected);
  });

  it.each([
    'America/New_York',
    'Europe/Berlin',
    'Australia/Lord_Howe',
    'America/Havana',
    'Africa/Cairo',
    'UTC',
  ])('follows the one before without gap or overlap over a year in %s', (zone) => {
    let before = dayOf('2025-12-31', zone);
    for (let date = '2026-01-01'; date < '2027-01-02'; date = addDays(date, 1)) {
      const day = dayOf(date, zone);
      expect(day.startMs).toBe(before.cutOffMs);
      expect(dateAt(day.startMs, zone)).toBe(date);
      expect(dateAt(day.cutOffMs - 1, zone)).toBe(date);
      before = day;
    }
  });

  it('is undefined for a date that the zone skipped', () => {
    expect(reportDayOf('2011-12-30', 'Pacific/Apia')).toBeUndefined();
  });

  it('starts at midnight of the zone, not of UTC', () => {
    expect(new Date(dayOf('2026-11-19', 'America/New_York').startMs).toISOString()).toBe(
      '2026-11-19T05:00:00.000Z',
    );
  });
});
