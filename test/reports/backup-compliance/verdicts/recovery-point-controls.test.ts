import { describe } from 'vitest';
import { dayMs, hourMs } from '../../../../src/base/time-units.js';
import type { DayDeletion } from '../../../../src/reports/backup-compliance/facts/day-deletion.js';
import type { ResourceHistory } from '../../../../src/reports/backup-compliance/facts/resource-history.js';
import type { Incident } from '../../../../src/reports/backup-compliance/model/incident.js';
import type { RecoveryPoint } from '../../../../src/reports/backup-compliance/model/recovery-point.js';
import type { ControlInput } from '../../../../src/reports/backup-compliance/verdicts/control-input.js';
import { noEarlyDeletion } from '../../../../src/reports/backup-compliance/verdicts/controls/no-early-deletion.js';
import { noOpenIncident } from '../../../../src/reports/backup-compliance/verdicts/controls/no-open-incident.js';
import { recoveryPointAge } from '../../../../src/reports/backup-compliance/verdicts/controls/recovery-point-age.js';
import { bad, demands, expectEach, good, none, unknown } from '../../../support/control-cases.js';
import { at, pointAt, volume } from '../../../support/control-input.js';
import { incidentOf } from '../../../support/judging-parts.js';

const knownFor = (ms: number): Partial<ControlInput> => ({ knownSinceMs: at(24) - ms, due: null });

const havingPoints = (...those: RecoveryPoint[]): Partial<ResourceHistory> => ({ points: those });

const deleted = (endMs: number) => pointAt(endMs, { deletedMs: at(23) });

describe('how old the newest backup is', () => {
  const limit = 26 * hourMs;
  expectEach(recoveryPointAge, [
    [
      'as old as is allowed',
      havingPoints(pointAt(at(-2))),
      {},
      good,
      'recovery-point.young-enough',
      { ageMs: limit, limitMs: limit, newerGone: 0 },
    ],
    ['older', havingPoints(pointAt(at(-2) - 1)), {}, bad, 'recovery-point.too-old', { ageMs: limit + 1 }],
    [
      'newer ones that are gone are counted, older ones and failed ones are not',
      havingPoints(
        deleted(at(-9)),
        pointAt(at(1)),
        deleted(at(2)),
        deleted(at(3)),
        pointAt(at(4), { result: 'unsuccessful' }),
      ),
      {},
      good,
      'recovery-point.young-enough',
      { lastSuccessMs: at(1), newerGone: 2 },
    ],
    [
      'all are gone',
      havingPoints(deleted(at(1)), pointAt(at(2), { result: 'unsuccessful' })),
      {},
      bad,
      'recovery-point.all-gone',
      { gone: 1 },
    ],
    [
      'all are gone, and there may be an earlier one',
      havingPoints(deleted(at(1))),
      knownFor(limit - 1),
      unknown,
      'recovery-point.gone-may-be-earlier',
      { gone: 1 },
    ],
    [
      'none is known, and there may be an earlier one',
      {},
      knownFor(limit - 1),
      unknown,
      'recovery-point.may-be-earlier',
    ],
    ['none, in all the time that counts', {}, knownFor(limit), bad, 'recovery-point.none-seen'],
    [
      'none since it was created',
      {},
      { createdMs: at(-29 * 24), mayBeYounger: false },
      bad,
      'recovery-point.none-since-creation',
      { createdMs: at(-29 * 24), mayBeYounger: false },
    ],
    [
      'none, and it was created before anything is known',
      {},
      { createdMs: at(-31 * 24) },
      bad,
      'recovery-point.none-seen',
    ],
    [
      'none, known from its creation on',
      {},
      { createdMs: at(-30 * 24) },
      bad,
      'recovery-point.none-since-creation',
    ],
  ]);
});

const madeAs = (over_: Partial<RecoveryPoint>): Partial<DayDeletion> => ({ point: pointAt(at(8), over_) });

const perhapsDeletedIn = (...those: DayDeletion[]): Partial<ResourceHistory> => ({ perhapsDeleted: those });

const deletedIn = (...those: DayDeletion[]): Partial<ResourceHistory> => ({ dayDeletions: those });

const deletion = (ageMs: number | null, more: Partial<DayDeletion> = {}): DayDeletion => ({
  deletedMs: at(9),
  backupId: 'ocid1.volumebackup.oc1.iad.old',
  createdMs: ageMs === null ? null : at(9) - ageMs,
  point: null,
  ...more,
});

describe('a backup that was deleted', () => {
  const over = demands({ minRetentionMs: 30 * dayMs });
  const early = 30 * dayMs - 1;
  expectEach(noEarlyDeletion, [
    ['there is none', {}, over, good, 'deletion.none'],
    ['there is none that is known', {}, { ...over, hasUnownedDeletions: true }, good, 'deletion.none-known'],
    [
      'no retention is known',
      deletedIn(deletion(1), deletion(2)),
      {},
      none,
      'deletion.no-retention-known',
      { deletions: 2 },
    ],
    [
      'no retention is known, and it is perhaps its own',
      perhapsDeletedIn(deletion(1)),
      {},
      none,
      'deletion.no-retention-known',
      { deletions: 1 },
    ],
    [
      'as old as is demanded',
      deletedIn(deletion(30 * dayMs)),
      over,
      good,
      'deletion.in-time',
      { deletions: 1, retentionMs: 30 * dayMs },
    ],
    [
      'younger',
      deletedIn(deletion(early)),
      over,
      bad,
      'deletion.too-early',
      { deletedMs: at(9), ageMs: early, policy: { name: 'production-databases' } },
    ],
    [
      'younger than its own retention, where nothing is demanded',
      { ...deletedIn(deletion(7 * dayMs - 1)), recoveryWindowDays: 7 },
      {},
      bad,
      'deletion.too-early',
      { retentionMs: 7 * dayMs, policy: null },
    ],
    [
      'younger, beside one in time',
      deletedIn(deletion(31 * dayMs), deletion(hourMs)),
      over,
      bad,
      'deletion.too-early',
      { ageMs: hourMs, deletions: 2 },
    ],
    [
      'whose age its own record tells',
      deletedIn(deletion(null, madeAs({ createdMs: at(7) }))),
      over,
      bad,
      'deletion.too-early',
      { ageMs: 2 * hourMs },
    ],
    [
      'whose age its end tells',
      deletedIn(deletion(null, madeAs({}))),
      over,
      bad,
      'deletion.too-early',
      { ageMs: hourMs },
    ],
    [
      'that was unsuccessful',
      deletedIn(deletion(1, madeAs({ result: 'unsuccessful' }))),
      over,
      good,
      'deletion.of-unsuccessful',
      { deletions: 1 },
    ],
    [
      'of which nobody can say how it ended',
      deletedIn(deletion(1, madeAs({ result: 'unknown' }))),
      over,
      unknown,
      'deletion.perhaps-made',
    ],
    [
      'of which nobody can say how it ended, in time',
      deletedIn(deletion(30 * dayMs, madeAs({ result: 'unknown' }))),
      over,
      good,
      'deletion.in-time',
    ],
    ['of unknown age', deletedIn(deletion(null)), over, unknown, 'deletion.age-unknown'],
    [
      'of which it is not known which it was',
      deletedIn(deletion(1, { backupId: null })),
      over,
      unknown,
      'deletion.which-unknown',
    ],
    [
      'perhaps its own, and younger',
      perhapsDeletedIn(deletion(early)),
      over,
      unknown,
      'deletion.perhaps-own',
    ],
    [
      'perhaps its own, of unknown age',
      perhapsDeletedIn(deletion(null)),
      over,
      unknown,
      'deletion.perhaps-own',
    ],
    [
      'its own and younger, beside one that is perhaps its own',
      { ...deletedIn(deletion(early)), ...perhapsDeletedIn(deletion(hourMs)) },
      over,
      bad,
      'deletion.too-early',
      { ageMs: early, deletions: 1 },
    ],
    ['perhaps its own, in time', perhapsDeletedIn(deletion(30 * dayMs)), over, good, 'deletion.none'],
  ]);
});

const incident = (over: Partial<Incident>): Incident => incidentOf({ resourceType: 'database', ...over });

describe('an open incident', () => {
  const database = { resource: { ...volume, resourceType: 'autonomous-database' } };
  const earlier = incident({ condition: 'EARLIER', openedAt: '2026-11-19T04:00:00.000Z' });
  expectEach(noOpenIncident, [
    ['none of a database', database, {}, good, 'incident.none-open'],
    ['none of what reports none', {}, {}, none, 'incident.not-reported'],
    [
      'one',
      database,
      { incidents: [incident({})] },
      bad,
      'incident.open',
      { condition: 'BACKUP_FAILURE', sinceMs: at(5) },
    ],
    [
      'of several the longest, listed last',
      database,
      { incidents: [incident({}), earlier] },
      bad,
      'incident.open',
      { condition: 'EARLIER', sinceMs: at(4) },
    ],
    [
      'of several the longest, listed first',
      database,
      { incidents: [earlier, incident({})] },
      bad,
      'incident.open',
      { condition: 'EARLIER' },
    ],
    [
      'of unknown begin, since it was told of last',
      database,
      { incidents: [incident({ openedAt: null })] },
      bad,
      'incident.open',
      { sinceMs: at(9) },
    ],
    [
      'that was cleared',
      database,
      { incidents: [incident({ state: 'cleared' })] },
      good,
      'incident.none-open',
    ],
    [
      'of something else',
      database,
      { incidents: [incident({ bearsOnBackups: false })] },
      good,
      'incident.none-open',
    ],
  ]);
});
