import { describe, expect, it } from 'vitest';
import { dayMs } from '../../../../src/base/time-units.js';
import {
  type RecoveryPoint,
  pointWithoutId,
} from '../../../../src/reports/backup-compliance/model/recovery-point.js';
import { keptPoints } from '../../../../src/reports/backup-compliance/verdicts/kept-points.js';
import { dayOf } from '../../../support/judge.js';

const day = dayOf('2026-11-19');

/** One a day, oldest first, the newest half a day before the cut-off. */
function daily(count: number, over: Partial<RecoveryPoint> = {}): RecoveryPoint[] {
  return Array.from({ length: count }, (_, index) => ({
    ...pointWithoutId(day.cutOffMs - (count - index - 0.5) * dayMs),
    ...over,
  }));
}

describe('of the backups of a resource', () => {
  it.each([
    ['the newest 40, where nothing asks for more', daily(60), 1, 40],
    ['all that are younger than what is asked for', daily(60), 50, 50],
    ['all where there are fewer', daily(30), 1, 30],
    ['the newest 40 of logs, however long back others are asked for', daily(60, { isLog: true }), 50, 40],
    ['logs apart from others', [...daily(41, { isLog: true }), ...daily(41)], 1, 80],
    ['unsuccessful ones apart from others', [...daily(41, { result: 'unsuccessful' }), ...daily(41)], 1, 80],
    [
      'the newest 40 unsuccessful ones, however old',
      daily(60, { result: 'unsuccessful' }).map(aYearOlder),
      1,
      40,
    ],
    ['the newest 40 of unknown result, however old', daily(60, { result: 'unknown' }).map(aYearOlder), 1, 40],
    ['deleted ones for longer, where that is asked for', daily(60, { deletedMs: 0 }), 50, 50],
    ['those that expired for 40 days since', daily(60, { expiresMs: day.cutOffMs - 39 * dayMs }), 1, 60],
    ['those that were deleted for 40 days since', daily(60, { deletedMs: day.cutOffMs - 40 * dayMs }), 1, 60],
    ['deleted ones for 40 days', daily(60, { deletedMs: 0 }), 1, 40],
    ['deleted ones do not displace others', [...daily(60), ...daily(10, { deletedMs: day.startMs })], 1, 50],
    ['those that are known only by a deletion for 40 days', [41, 39].map((days) => untold(days)), 1, 1],
  ] as const)('%s are remembered', (_, points, askedForDays, expected) => {
    const sorted = [...points].sort((a, b) => (a.endMs ?? 0) - (b.endMs ?? 0));
    const known = new Map([
      ['x', { resourceId: 'x', resourceType: 'volume', resourceName: 'x', points: sorted }],
    ]);
    const kept = keptPoints(known, day, () => askedForDays * dayMs).get('x')?.points ?? [];
    expect(kept).toHaveLength(expected);
    expect(kept).toEqual(sorted.slice(-expected));
  });

  it('nothing is left of a resource whose last is forgotten', () => {
    const known = new Map([
      ['x', { resourceId: 'x', resourceType: 'volume', resourceName: 'x', points: [untold(41)] }],
    ]);
    expect(keptPoints(known, day, () => dayMs)).toEqual(new Map());
  });
});

function aYearOlder(point: RecoveryPoint): RecoveryPoint {
  return { ...point, endMs: (point.endMs ?? 0) - 365 * dayMs };
}

function untold(daysAgo: number): RecoveryPoint {
  return { ...pointWithoutId(0), result: 'untold', endMs: null, deletedMs: day.cutOffMs - daysAgo * dayMs };
}
