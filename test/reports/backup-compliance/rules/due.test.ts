import { describe, expect, it } from 'vitest';
import { hourMs } from '../../../../src/base/time-units.js';
import { demandOf, dueOf } from '../../../../src/reports/backup-compliance/rules/due.js';
import { dayOf } from '../../../support/judge.js';
import { policyRule, protectionOf, silver } from '../../../support/rules.js';

/** 2026-11-19 is a Thursday. */
const today = '2026-11-19';
const yesterday = '2026-11-18';
const startOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);

const scheduled = (period: string, over: object = {}) =>
  protectionOf({
    schedules: [
      { period, backupType: 'INCREMENTAL', retentionSeconds: null, hourOfDay: 0, timeZone: 'UTC', ...over },
    ],
  });

describe('a backup is due', () => {
  it.each([
    // A day late only where the schedule is OCI's own and leaves days out.
    ['by a daily schedule of OCI', 'assigned', scheduled('ONE_DAY'), today, true, today, today],
    ['by an hourly schedule of OCI', 'assigned', scheduled('ONE_HOUR'), today, true, today, today],
    ['where OCI has no schedule', 'assigned', protectionOf(), today, true, today, today],
    [
      'by a weekly schedule of OCI, the day after',
      'assigned',
      scheduled('ONE_WEEK', { dayOfWeek: 'WEDNESDAY' }),
      today,
      true,
      yesterday,
      '2026-11-17',
    ],
    [
      'by a weekly schedule of OCI, on its day not yet',
      'assigned',
      scheduled('ONE_WEEK', { dayOfWeek: 'THURSDAY' }),
      today,
      false,
      '2026-11-12',
      '2026-11-11',
    ],
    ['by silver, on the Monday', 'assigned', silver, '2026-11-23', true, '2026-11-22', '2026-11-21'],
    [
      'by silver, on the second of the month',
      'assigned',
      silver,
      '2026-12-02',
      true,
      '2026-12-01',
      '2026-11-30',
    ],
    ['by the policy, whatever OCI has', 'daily', silver, today, true, today, today],
    ['by a weekly policy, on its day', 'weekly:THU', scheduled('ONE_DAY'), today, true, today, today],
    ['by a weekly policy, on another day', 'weekly:WED', undefined, today, false, yesterday, yesterday],
  ])('%s', (_words, cadence, protection, date, isToday, dueDate, since) => {
    const due = dueOf(demandOf(policyRule({ cadence }), protection), dayOf(date));
    expect(due).toEqual({
      today: isToday,
      date: dueDate,
      dateStartMs: startOf(dueDate),
      sinceMs: startOf(since),
    });
  });
});

describe('the greatest age that is allowed', () => {
  it.each([
    ['daily', undefined, null, 26],
    ['weekly:SUN', undefined, null, 7 * 24 + 2],
    ['assigned', silver, null, 7 * 24 + 2],
    ['assigned', undefined, null, 26],
    ['daily', undefined, 5 * hourMs, 5],
  ])('of %s', (cadence, protection, maxAgeMs, hours) => {
    const demand = demandOf(policyRule({ cadence, maxAgeMs }), protection);
    expect(demand.maxAgeMs / hourMs).toBe(hours);
    expect(demand.isAssigned).toBe(protection !== undefined);
  });
});
