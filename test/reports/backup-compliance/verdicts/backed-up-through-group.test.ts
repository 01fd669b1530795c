import { describe, expect, it } from 'vitest';
import { hourMs } from '../../../../src/base/time-units.js';
import type { CorrelatedJob } from '../../../../src/reports/backup-compliance/facts/correlate-jobs.js';
import type { ResourceHistory } from '../../../../src/reports/backup-compliance/facts/resource-history.js';
import type { Witness } from '../../../../src/reports/backup-compliance/model/witness.js';
import {
  outcomeOfMember,
  withGroupBackups,
} from '../../../../src/reports/backup-compliance/verdicts/backed-up-through-group.js';
import { lastKnownOf } from '../../../../src/reports/backup-compliance/verdicts/last-known.js';
import { at, attempt, historyWith, open } from '../../../support/control-input.js';
import { dayOf } from '../../../support/judge.js';

interface Parts {
  readonly own?: Partial<ResourceHistory>;
  readonly ofGroup?: Partial<ResourceHistory>;
  readonly sinceMs?: number | null;
  readonly createdMs?: number | null;
}

const day = dayOf('2026-11-19');

/** What the member has with its group's attempts. */
function member(
  jobs: readonly CorrelatedJob[],
  { own, ofGroup, sinceMs = null, createdMs = null }: Parts = {},
) {
  const group = { groupId: 'g', groupName: 'nightly', sinceMs, jobs, ofGroup: historyWith(ofGroup) };
  return withGroupBackups(historyWith(own), group, { day, createdMs, maxDurationMs: 12 * hourMs });
}

const ended = (hour: number, status: 'SUCCEEDED' | 'FAILED' = 'SUCCEEDED', message: string | null = null) =>
  attempt(status, { startMs: at(hour) - 1, endMs: at(hour), end: { message } });

describe('an attempt of its group counts for a volume', () => {
  it.each<[says: string, parts: Parts, counts: boolean]>([
    ['where nobody knows since when it is in it', {}, true],
    ['from when it joined', { sinceMs: at(1) }, true],
    ['not from before it joined', { sinceMs: at(1) + 1 }, false],
    ['from when it was created', { sinceMs: at(0), createdMs: at(1) }, true],
    ['not from before it was created', { sinceMs: at(0), createdMs: at(1) + 1 }, false],
    ['until it was terminated', { own: { terminatedMs: at(1) + 1 } }, true],
    ['not from when it was terminated', { own: { terminatedMs: at(1) } }, false],
  ])('%s', (_says, parts, counts) => {
    const { history, ofGroup } = member([attempt('SUCCEEDED')], parts);
    expect(ofGroup).toHaveLength(counts ? 1 : 0);
    expect(history.lastSuccessMs).toBe(counts ? at(2) : null);
  });

  it('is of the day or of before: those of the day stand among its own, by their end', () => {
    const own = { dayBackups: [ended(2), open('IN_PROGRESS', at(4))] };
    const { history, ofGroup } = member([ended(-1), ended(3), ended(1)], { own });
    expect(ofGroup.map(({ endMs }) => endMs)).toEqual([at(3), at(1)]);
    expect(history.dayBackups.map(({ endMs }) => endMs)).toEqual([at(1), at(2), at(3), null]);
    expect(history.lastSuccessMs).toBe(at(3));
  });

  it.each([
    ['for less than the policy of the volume allows is in progress', at(12) + 1, 'IN_PROGRESS'],
    ['for as long as it allows is unknown by now', at(12), 'UNKNOWN'],
  ])('while it runs: %s', (_says, startMs, status) => {
    expect(member([open('IN_PROGRESS', startMs)]).ofGroup.map((job) => job.status)).toEqual([status]);
  });

  it('and stays what it is where it has ended, or its type is not known', () => {
    const ofUnknownType = { ...open('UNKNOWN', at(23)), kind: 'unrecognised' as const };
    expect(member([ofUnknownType, ended(20, 'FAILED')]).ofGroup.map((job) => job.status)).toEqual([
      'UNKNOWN',
      'FAILED',
    ]);
  });

  it.each([
    [
      'the last of them',
      [ended(1, 'FAILED', 'a'), ended(3, 'FAILED', 'c'), ended(2, 'FAILED', 'b')],
      null,
      'c',
    ],
    ['its own where that is later', [ended(1, 'FAILED', 'a')], { endMs: at(2), message: 'own' }, 'own'],
    ['the group’s at the same instant', [ended(2, 'FAILED', 'a')], { endMs: at(2), message: 'own' }, 'a'],
    ['none of a success', [ended(2)], null, undefined],
  ])('as its last failure: %s', (_says, jobs, lastFailure, message) => {
    expect(member(jobs, { own: { lastFailure } }).history.lastFailure?.message).toBe(message);
  });

  it('and a deleted backup of it, unless that was made before', () => {
    const deletion = { deletedMs: at(9), backupId: 'x', point: null };
    const dayDeletions = [null, at(0), at(1)].map((createdMs) => ({ ...deletion, createdMs }));
    const { history } = member([], { ofGroup: { dayDeletions }, sinceMs: at(1) });
    expect(history.dayDeletions.map(({ createdMs }) => createdMs)).toEqual([null, at(1)]);
  });
});

describe('who told of the last success of a volume', () => {
  const [own, group]: Witness[] = ['own', 'group'].map((name) => ({ name, region: null }));
  it.each([
    ['who told of the group’s, where that is the last', at(2), at(1), group],
    ['who told of the group’s at the same instant', at(1), at(1), group],
    ['who told of its own, where that is the last', at(1), at(2), own],
    ['who told of its own, where the group has none', null, null, own],
    ['who told of the group’s, where it has none', at(1), null, group],
    ['who told of its own, where the group’s is from before it joined', at(0) - 1, null, own],
  ])('is %s', (_says, groupMs, ownMs, witness) => {
    const { history } = member([], {
      own: { lastSuccessMs: ownMs, witnesses: own === undefined ? [] : [own] },
      ofGroup: { lastSuccessMs: groupMs, witnesses: group === undefined ? [] : [group] },
      sinceMs: at(0),
    });
    expect(history.witnesses).toEqual([witness]);
  });

  it('is what the next day starts from, where anybody is known', () => {
    const witnesses = own === undefined ? [] : [own];
    expect(lastKnownOf(historyWith({ witnesses })).sources).toEqual(witnesses);
    expect('sources' in lastKnownOf(historyWith())).toBe(false);
  });
});

describe('the outcome of a volume and its group', () => {
  const [good, bad] = [[ended(1)], [ended(2, 'FAILED')]];
  it.each([
    ['neither has an attempt', [], [], 'MISSED', 'MISSED'],
    ['neither has one, and nothing is due', [], [], 'NOT_DUE', 'NOT_DUE'],
    ['the group has a good one', [], good, 'MISSED', 'SUCCEEDED'],
    ['its own is good', good, [], 'MISSED', 'SUCCEEDED'],
    ['its own makes good no failure of the group', good, bad, 'NOT_DUE', 'FAILED'],
    ['the group makes good no failure of its own', bad, good, 'NOT_DUE', 'FAILED'],
  ] as const)('%s', (_says, own, ofGroup, owed, outcome) => {
    expect(outcomeOfMember(own, ofGroup, owed)).toBe(outcome);
  });
});
