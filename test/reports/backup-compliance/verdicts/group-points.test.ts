import { describe, expect, it } from 'vitest';
import {
  pointGroups,
  pointsOfMember,
  withGroupsOfMembers,
  withPoints,
} from '../../../../src/reports/backup-compliance/verdicts/group-points.js';
import type {
  PointGroup,
  RecoveryPoint,
  ResourcePoints,
} from '../../../../src/reports/backup-compliance/model/recovery-point.js';
import { at, pointAt, volume } from '../../../support/control-input.js';

const g = (groupId: string, untilMs: number | null = null, sinceMs: number | null = at(-48)): PointGroup => ({
  groupId,
  sinceMs,
  untilMs,
});
const member = { groupId: 'g1', groupName: 'nightly', sinceMs: at(-24) };

describe('the groups whose backups a volume has', () => {
  it.each([
    ['none', [], null, []],
    ['the one that it is in', [], member, [g('g1', null, at(-24))]],
    ['the one that it was in already, since the first time', [g('g1')], member, [g('g1')]],
    ['the one that it left, until the day begins', [g('g1')], null, [g('g1', at(0))]],
    ['the one that it left before, until then', [g('g1', at(-12))], null, [g('g1', at(-12))]],
    ['the one before and the one after', [g('g0')], member, [g('g0', at(0)), g('g1', null, at(-24))]],
    [
      'the one that it left and came back to, twice',
      [g('g1', at(-36))],
      member,
      [g('g1', at(-36)), g('g1', null, at(-24))],
    ],
  ])('are %s', (_says, before, membership, groups) => {
    expect(pointGroups(before, membership, { startMs: at(0) })).toEqual(groups);
  });

  it('are left out where no backup of theirs is known', () => {
    const points = [pointAt(at(1))];
    const known = new Map([
      ['g1', { resourceId: 'g1', resourceType: 'volume-group', resourceName: 'g1', points }],
      ['g2', { resourceId: 'g2', resourceType: 'volume-group', resourceName: 'g2', points: [] }],
    ]);
    expect(withPoints([g('g0'), g('g1'), g('g2')], known)).toEqual([{ ...g('g1'), points }]);
  });
});

const during = (sinceMs: number | null, untilMs: number | null, ...points: RecoveryPoint[]) => ({
  ...g('g1', untilMs, sinceMs),
  points,
});

const made = (hour: number) => pointAt(at(hour));

describe('a backup of a group is one of the volume', () => {
  const life = { createdMs: null, terminatedMs: null };
  it.each([
    [
      'from when it joined until it left',
      during(at(1), at(3), made(0), made(1), made(2), made(3)),
      life,
      [1, 2],
    ],
    ['from the beginning, where nobody knows since when', during(null, null, made(0), made(3)), life, [0, 3]],
    [
      'since the volume was created',
      during(null, null, made(0), made(1)),
      { ...life, createdMs: at(1) },
      [1],
    ],
    [
      'until the volume was terminated',
      during(null, null, made(0), made(1)),
      { ...life, terminatedMs: at(1) },
      [0],
    ],
    ['by when it began', during(at(1), null, pointAt(at(2), { createdMs: at(0) })), life, []],
  ])('%s', (_says, group, lived, hours) => {
    expect(pointsOfMember([], [group], lived).map(({ endMs }) => endMs)).toEqual(hours.map(at));
  });

  it('stands between its own, oldest first, without the size of the whole group', () => {
    const own = [pointAt(at(0), { sizeBytes: 1 }), pointAt(at(2))];
    const ofGroup = during(null, null, pointAt(at(3)), pointAt(at(1), { sizeBytes: 9 }));
    expect(pointsOfMember(own, [ofGroup], life)).toEqual([own[0], pointAt(at(1)), own[1], pointAt(at(3))]);
    expect(pointsOfMember(own, [], life)).toBe(own);
  });
});

describe('what is remembered of a member', () => {
  const { resourceId, resourceType, resourceName } = volume;
  const names = { resourceId, resourceType, resourceName };
  const points = [pointAt(at(1))];
  const kept = new Map<string, ResourcePoints>([
    [resourceId, { ...names, points }],
    ['g1', { resourceId: 'g1', resourceType: 'volume-group', resourceName: 'g1', points }],
  ]);
  const remembered = (groups: readonly PointGroup[] | undefined) =>
    withGroupsOfMembers(
      kept,
      new Map([[resourceId, { ...names, ...(groups === undefined ? {} : { groups }) }]]),
    ).get(resourceId);

  it.each([
    [
      'the groups with backups, and the one that it is in',
      [g('g1', at(0)), g('g2')],
      [g('g1', at(0)), g('g2')],
    ],
    [
      'no group that it left and of which nothing is known',
      [g('g1', at(0)), g('g0', at(0))],
      [g('g1', at(0))],
    ],
  ])('has %s', (_says, groups, expected) => {
    expect(remembered(groups)).toEqual({ ...names, groups: expected, points });
  });

  it.each([
    ['where none is left', [g('g0', at(0))]],
    ['where none was told', undefined],
  ])('is its own backups alone %s', (_says, groups) => {
    expect(remembered(groups)).toEqual({ ...names, points });
  });

  it('is its groups alone where it has no backups of its own', () => {
    const members = new Map([['other', { ...names, resourceId: 'other', groups: [g('g1')] }]]);
    expect(withGroupsOfMembers(kept, members).get('other')).toEqual({
      ...names,
      resourceId: 'other',
      groups: [g('g1')],
      points: [],
    });
    expect(withGroupsOfMembers(kept, new Map())).toBe(kept);
  });
});
