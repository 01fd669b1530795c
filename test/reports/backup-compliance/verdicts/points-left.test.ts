import { describe, expect, it } from 'vitest';
import { hourMs } from '../../../../src/base/time-units.js';
import { toIso } from '../../../../src/base/instants.js';
import type { ResourceHistory } from '../../../../src/reports/backup-compliance/facts/resource-history.js';
import { pointsLeft } from '../../../../src/reports/backup-compliance/verdicts/points-left.js';
import { at, historyWith, pointAt, volume } from '../../../support/control-input.js';

const log = { isLog: true };
const cutOffMs = at(24);

function left(history: Partial<ResourceHistory>) {
  return pointsLeft(historyWith(history), { cutOffMs }, toIso);
}

const nothing = { count: 0, newest: null, oldest: null };
const of = (count: number, oldest: number, newest: number, newestBytes?: number) => ({
  count,
  oldest: toIso(at(oldest)),
  newest: toIso(at(newest)),
  ...(newestBytes === undefined ? {} : { newestBytes }),
});

describe('what is left to restore from', () => {
  it.each([
    ['nothing', [], null, nothing],
    ['one', [pointAt(at(1))], 23, of(1, 1, 1)],
    ['two', [pointAt(at(1)), pointAt(at(2))], 22, of(2, 1, 2)],
    ['the newest with its size', [pointAt(at(1)), pointAt(at(2), { sizeBytes: 0 })], 22, of(2, 1, 2, 0)],
    ['not one whose end is not known', [pointAt(at(1)), { ...pointAt(at(2)), endMs: null }], 23, of(1, 1, 1)],
    ['not one that was deleted', [pointAt(at(1)), pointAt(at(2), { deletedMs: at(3) })], 23, of(1, 1, 1)],
    ['not one that has expired', [pointAt(at(1)), pointAt(at(2), { expiresMs: cutOffMs })], 23, of(1, 1, 1)],
    ['one that expires after the cut-off', [pointAt(at(1), { expiresMs: cutOffMs + 1 })], 23, of(1, 1, 1)],
    [
      'logs are no further backups, but as new as they are',
      [pointAt(at(1)), pointAt(at(2), log)],
      22,
      of(1, 1, 1),
    ],
    ['logs alone', [pointAt(at(1), log), pointAt(at(2), log)], 22, of(2, 1, 2)],
    [
      'no logs where all others are gone',
      [pointAt(at(1), { deletedMs: at(3) }), pointAt(at(2), log)],
      null,
      nothing,
    ],
  ])('%s', (_says, points, ageHours, recoveryPoints) => {
    const recoveryPointAgeSeconds = ageHours === null ? null : (ageHours * hourMs) / 1000;
    expect(left({ points, lastSuccessMs: at(5) })).toEqual({ recoveryPointAgeSeconds, recoveryPoints });
  });

  it('of a job that names no resource is what it made itself', () => {
    const resource = { ...volume, resourceId: 'unknown:block-volume' };
    expect(left({ resource, lastSuccessMs: at(23) })).toEqual({
      recoveryPointAgeSeconds: 3600,
      recoveryPoints: nothing,
    });
    expect(left({ resource })).toEqual({ recoveryPointAgeSeconds: null, recoveryPoints: nothing });
  });
});
