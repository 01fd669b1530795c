import { describe, expect, it } from 'vitest';
import { hourMs } from '../../../../src/base/time-units.js';
import type { ProtectedResource } from '../../../../src/model/protected-resource.js';
import type { DailyReport } from '../../../../src/reports/backup-compliance/model/daily-report.js';
import type { Rules } from '../../../../src/reports/backup-compliance/rules/rule-book.js';
import {
  group,
  groupBackup,
  groupEvent,
  groupId,
  groupTermination,
  member,
  memberBackup,
  memberId,
  otherGroupId,
} from '../../../support/group-events.js';
import { fixedInventory, judgeDays } from '../../../support/judge-day.js';
import { rawEvent, volumeEvent } from '../../../support/raw-event.js';
import { policyRule, waiverRule } from '../../../support/rules.js';

interface Day {
  readonly records?: readonly unknown[];
  /** Listed; null: the inventory is what was observed. Default: the member alone. */
  readonly listed?: readonly Partial<ProtectedResource>[] | null;
}

interface Case {
  readonly name: string;
  /** From 2026-11-18 (Wednesday) on. */
  readonly days: readonly Day[];
  readonly rules?: Partial<Rules>;
  /** Of each day: outcome, backup-succeeded, end of the last successful backup (day and hour), attempts. */
  readonly member: readonly string[];
}

const dates = ['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21'];
const at = (day: number, time: string): string => `${dates[day]}T${time}:00.000Z`;

async function reportsOf(days: readonly Day[], rules: Partial<Rules> = {}): Promise<readonly DailyReport[]> {
  const judged = await judgeDays(dates.slice(0, days.length), (date) => {
    const { records = [], listed = [member()] } = days[dates.indexOf(date)] ?? {};
    return { records, rules, ...(listed === null ? {} : { inventory: fixedInventory(listed) }) };
  });
  return judged.map(({ report }) => report);
}

it('shows no size at a member that its group has as a whole', async () => {
  const records = groupBackup(at(0, '02:00')).map((event) => ({
    ...event,
    data: { ...event.data, additionalDetails: { ...Object(event.data['additionalDetails']), sizeInGBs: 50 } },
  }));
  const [report] = await reportsOf([{ records, listed: [member(), group()] }]);
  const sizes = report?.resources.map((each) => [each.resourceId, each.recoveryPoints?.newestBytes]);
  expect(Object.fromEntries(sizes ?? [])).toEqual({ [memberId]: undefined, [groupId]: 50 * 1024 ** 3 });
});

function ofMember({ resources }: DailyReport): string {
  const found = resources.find(({ resourceId }) => resourceId === memberId);
  if (found === undefined) return 'not judged';
  const last = found.lastSuccessTime?.slice(8, 13) ?? 'never';
  return `${found.outcome} ${found.controls['backup-succeeded'].verdict} ${last} ${found.attempts}`;
}

const good = 'SUCCEEDED COMPLIANT';
const missed = 'MISSED NON_COMPLIANT';
const failed = 'FAILED NON_COMPLIANT';

const cases: readonly Case[] = [
  {
    name: 'is as good as the backup of its group',
    days: [{ records: groupBackup(at(0, '02:00')) }],
    member: [`${good} 18T02 1`],
  },
  {
    name: 'fails with its group',
    days: [{ records: groupBackup(at(0, '02:00'), { failed: true }) }],
    member: [`${failed} never 1`],
  },
  {
    name: 'is not made good by its own success where the group failed, even later',
    days: [{ records: [...groupBackup(at(0, '02:00'), { failed: true }), memberBackup(at(0, '03:00'))] }],
    member: [`${failed} 18T03 2`],
  },
  {
    name: 'is not made good by its group where its own backup failed, even before',
    days: [{ records: [memberBackup(at(0, '01:00'), true), ...groupBackup(at(0, '02:00'))] }],
    member: [`${failed} 18T02 2`],
  },
  {
    name: 'is in progress where an end of its group after the cut-off proves it',
    days: [
      { records: groupBackup(at(0, '02:00')) },
      { records: [groupEvent('end', at(2, '00:20'), { created: at(1, '23:50') })] },
    ],
    member: [`${good} 18T02 1`, 'IN_PROGRESS UNKNOWN 18T02 1'],
  },
  {
    name: 'is judged by what ended on the day on which its group ends, and not by what hangs',
    days: [
      {
        records: [
          groupEvent('begin', at(0, '00:30'), { backup: 'hangs' }),
          ...groupBackup(at(0, '02:00')),
          groupTermination(at(0, '12:00')),
        ],
      },
    ],
    member: [`${good} 18T02 1`],
  },
  {
    name: 'recovers with its group',
    days: [
      {
        records: [
          ...groupBackup(at(0, '02:00'), { failed: true, backup: 'a' }),
          ...groupBackup(at(0, '04:00'), { backup: 'b' }),
        ],
      },
    ],
    member: ['RECOVERED COMPLIANT 18T04 2'],
  },
  {
    name: 'runs with its group',
    days: [{ records: [groupEvent('begin', at(0, '23:00'))] }],
    member: ['IN_PROGRESS UNKNOWN never 1'],
  },
  {
    name: 'is UNKNOWN where its own policy allows less time than the group takes',
    days: [
      { records: [groupEvent('begin', at(0, '20:00'), { backup: 'x' }), ...groupBackup(at(0, '02:00'))] },
    ],
    rules: {
      policies: [
        policyRule({ name: 'groups', match: { resourceType: ['volume-group'] } }),
        policyRule({ maxDurationMs: hourMs }),
      ],
    },
    member: ['UNKNOWN UNKNOWN 18T02 2'],
  },
  {
    name: 'in a group that was never attempted is judged by its own',
    days: [{ records: [memberBackup(at(0, '03:00'))] }, {}],
    member: [`${good} 18T03 1`, `${missed} 18T03 0`],
  },
  {
    name: 'is missed where the group, backed up as a group before, is silent',
    days: [{ records: groupBackup(at(0, '02:00')) }, {}],
    member: [`${good} 18T02 1`, `${missed} 18T02 0`],
  },
  {
    name: 'counts no backup of the group that began before it was created',
    days: [
      {
        records: groupBackup(at(0, '02:00')),
        listed: [member({ createdTime: at(0, '02:05') })],
      },
      { records: groupBackup(at(1, '02:00')), listed: [member({ createdTime: at(0, '02:05') })] },
    ],
    member: ['NOT_DUE NOT_APPLICABLE never 0', `${good} 19T02 1`],
  },
  {
    name: 'counts no backup of the group from a day before it joined',
    days: [
      { records: groupBackup(at(0, '02:00')), listed: [group(), member({ memberOf: null })] },
      { listed: [group(), member()] },
      { records: groupBackup(at(2, '02:00')), listed: [group(), member()] },
    ],
    member: [`${missed} never 0`, `${missed} never 0`, `${good} 20T02 1`],
  },
  {
    name: 'counts a backup that began the evening before and ended on the day that it joined for nothing',
    days: [
      {
        records: [groupEvent('begin', at(0, '23:50'), { backup: 'x' })],
        listed: [group(), member({ memberOf: null })],
      },
      { records: [groupEvent('end', at(1, '00:10'), { backup: 'x' })], listed: [group(), member()] },
    ],
    member: [`${missed} never 0`, `${missed} never 0`],
  },
  {
    name: 'that moved to another group goes with that one, and keeps its recovery point',
    days: [
      { records: groupBackup(at(0, '02:00')) },
      {
        records: [
          ...groupBackup(at(1, '02:00'), { failed: true }),
          ...groupBackup(at(1, '03:00'), { groupId: otherGroupId, groupName: 'crm', backup: 'c' }),
        ],
        listed: [member({ memberOf: otherGroupId })],
      },
    ],
    member: [`${good} 18T02 1`, `${good} 19T03 1`],
  },
  {
    name: 'that moved to a group that is never backed up as one is judged by its own',
    days: [
      { records: groupBackup(at(0, '02:00')) },
      { records: groupBackup(at(1, '02:00')), listed: [member({ memberOf: otherGroupId })] },
    ],
    member: [`${good} 18T02 1`, `${missed} 18T02 0`],
  },
  {
    name: 'is judged by its own once its membership is gone',
    days: [
      { records: groupBackup(at(0, '02:00')) },
      {
        records: [...groupBackup(at(1, '02:00'), { failed: true }), memberBackup(at(1, '03:00'))],
        listed: [{ resourceId: memberId, resourceType: 'volume', resourceName: 'data01' }],
      },
    ],
    member: [`${good} 18T02 1`, `${good} 19T03 1`],
  },
  {
    name: 'is judged by its own once the group is terminated, what ended that day before it included',
    days: [
      { records: groupBackup(at(0, '02:00')) },
      { records: [...groupBackup(at(1, '02:00')), groupTermination(at(1, '10:00'))] },
      {},
      { records: [memberBackup(at(3, '03:00'))] },
    ],
    member: [`${good} 18T02 1`, `${good} 19T02 1`, `${missed} 19T02 0`, `${good} 21T03 1`],
  },
  {
    name: 'is judged by its own on the day of the termination where nothing was attempted of the group',
    days: [
      { records: groupBackup(at(0, '02:00')) },
      { records: [memberBackup(at(1, '03:00')), groupTermination(at(1, '10:00'))] },
    ],
    member: [`${good} 18T02 1`, `${good} 19T03 1`],
  },
  {
    name: 'is due by its own policy where the group has another',
    days: [
      { records: groupBackup(at(0, '02:00')), listed: [group(), member()] },
      { listed: [group(), member()] },
    ],
    rules: {
      policies: [
        policyRule({ name: 'groups', match: { resourceType: ['volume-group'] }, cadence: 'weekly:WED' }),
        policyRule({ cadence: 'daily' }),
      ],
    },
    member: [`${good} 18T02 1`, `${missed} 18T02 0`],
  },
  {
    name: 'with a daily backup of its own is not missed on the off days of a weekly group',
    days: [{ records: groupBackup(at(0, '02:00')) }, { records: [memberBackup(at(1, '03:00'))] }],
    member: [`${good} 18T02 1`, `${good} 19T03 1`],
  },
  {
    name: 'is found by the name of its group, whatever the case',
    days: [{ records: groupBackup(at(0, '02:00')), listed: [member({ memberOf: 'ERP' })] }],
    member: [`${good} 18T02 1`],
  },
  {
    name: 'is judged by its own where two groups have the name',
    days: [
      {
        records: [
          ...groupBackup(at(0, '02:00')),
          ...groupBackup(at(0, '03:00'), { groupId: otherGroupId, backup: 'c' }),
        ],
        listed: [member({ memberOf: 'erp' })],
      },
    ],
    member: [`${missed} never 0`],
  },
  {
    name: 'goes with the group of that name in its own region',
    days: [
      {
        records: [
          ...groupBackup(at(0, '02:00')),
          ...groupBackup(at(0, '03:00'), { groupId: 'ocid1.volumegroup.oc1.phx.erp', backup: 'c' }),
        ],
        listed: [member({ memberOf: 'erp' })],
      },
    ],
    member: [`${good} 18T02 1`],
  },
  {
    name: 'goes with a group that is itself excluded',
    days: [{ records: groupBackup(at(0, '02:00')), listed: [group(), member()] }],
    rules: { excludes: [{ match: { name: ['erp'] }, reason: 'its volumes are judged' }] },
    member: [`${good} 18T02 1`],
  },
  {
    name: 'keeps its verdict where it is waived',
    days: [{ records: groupBackup(at(0, '02:00'), { failed: true }) }],
    rules: { waivers: [waiverRule()] },
    member: [`${failed} never 1`],
  },
  {
    name: 'is not judged where it is excluded',
    days: [{ records: groupBackup(at(0, '02:00'), { failed: true }) }],
    rules: { excludes: [{ match: { name: ['data01'] }, reason: 'scratch' }] },
    member: ['not judged'],
  },
  {
    name: 'is known by an event that names both',
    days: [
      {
        records: [
          ...groupBackup(at(0, '02:00')),
          volumeEvent('end', at(0, '01:00'), { details: { volumeGroupId: groupId.toUpperCase() } }),
        ],
        listed: null,
      },
      { records: groupBackup(at(1, '02:00'), { failed: true }), listed: null },
    ],
    member: [`${good} 18T02 2`, `${failed} 18T02 1`],
  },
  {
    name: 'is one, whether observed or listed',
    days: [
      {
        records: [...groupBackup(at(0, '02:00')), memberBackup(at(0, '03:00'))],
        listed: [group(), member()],
      },
    ],
    member: [`${good} 18T03 2`],
  },
];

describe('a volume in a group', () => {
  it.each(cases)('$name', async ({ days, rules, member: expected }) => {
    expect((await reportsOf(days, rules)).map(ofMember)).toEqual(expected);
  });

  it('says through which group it is backed up, and that the group failed', async () => {
    const records = groupBackup(at(0, '02:00'), { failed: true });
    const [report] = await reportsOf([{ records }, { records: groupBackup(at(1, '02:00')) }]);
    const [found] = report?.resources ?? [];
    expect(found?.controls['backup-succeeded'].reason).toBe(
      '1 attempt on 2026-11-18; of the volume group, none succeeded since: failed at 2026-11-18 02:10 UTC: operationFailed; backed up through the volume group erp',
    );
    expect(found?.volumeGroup).toEqual({ resourceId: groupId, resourceName: 'erp', since: null });
  });
});

const population = ({ resources, notInInventory, totals }: DailyReport) => ({
  expected: totals.expected,
  judged: resources.map(({ resourceType }) => resourceType).sort(),
  others: notInInventory.map(({ resourceType, reason }) => `${resourceType}: ${reason}`),
});

const pointsOf = ({ resources }: DailyReport): unknown => {
  const found = resources.find(({ resourceId }) => resourceId === memberId);
  return [found?.recoveryPoints?.count, found?.recoveryPoints?.newest, found?.lastSuccessTime];
};

describe('the recovery points of a volume in a group', () => {
  const deletion = rawEvent({
    type: 'blockvolumes.deletevolumegroupbackup.end',
    time: at(1, '12:00'),
    resourceId: 'ocid1.volumegroupbackup.oc1.iad.2026-11-19',
    details: { status: 'operationSucceed' },
  });
  const made = [{ records: groupBackup(at(0, '02:00')) }, { records: groupBackup(at(1, '02:00')) }];

  it('are those of the group and its own, by age', async () => {
    const reports = await reportsOf([...made, { records: [memberBackup(at(2, '05:00'))] }]);
    expect(reports.map(pointsOf)).toEqual([
      [1, at(0, '02:10'), at(0, '02:10')],
      [2, at(1, '02:10'), at(1, '02:10')],
      [3, at(2, '05:00'), at(2, '05:00')],
    ]);
  });

  it.each([
    ['ended', [member()]],
    ['ended, and the inventory has forgotten it', [member({ memberOf: null })]],
  ])('stay when the group has %s', async (_, listed) => {
    const [first = {}] = made;
    const gone = [groupTermination(at(1, '12:00'))];
    const reports = await reportsOf([first, { records: gone }, { listed }, { listed }]);
    expect(reports.map(pointsOf)).toEqual(reports.map(() => [1, at(0, '02:10'), at(0, '02:10')]));
  });

  it('are not those that the group made after the volume had left it', async () => {
    const left = { listed: [member({ memberOf: null })], records: groupBackup(at(1, '02:00')) };
    const reports = await reportsOf([made[0] ?? {}, left]);
    expect(reports.map(pointsOf)).toEqual(reports.map(() => [1, at(0, '02:10'), at(0, '02:10')]));
  });

  it('go with the backups of the group that are deleted', async () => {
    const [, second = { records: [] }] = made;
    const reports = await reportsOf([made[0] ?? {}, { records: [...second.records, deletion] }]);
    expect(reports.map(pointsOf)).toEqual([
      [1, at(0, '02:10'), at(0, '02:10')],
      [1, at(0, '02:10'), at(1, '02:10')],
    ]);
    const [, report] = reports;
    const found = report?.resources.find(({ resourceId }) => resourceId === memberId);
    expect(found?.recoveryPointAgeSeconds).toBe((24 + 24 - 2) * 3600 - 600);
  });
});

describe('a volume group', () => {
  const throughIt = 'volume-group: 1 volume is backed up through it and judged in its place';
  const told = volumeEvent('end', at(0, '01:00'), { details: { volumeGroupId: groupId } });

  it.each<[string, readonly Day[], ReturnType<typeof population>]>([
    [
      'is expected where the inventory lists it',
      [{ records: groupBackup(at(0, '02:00')), listed: [group(), member()] }],
      { expected: 2, judged: ['volume', 'volume-group'], others: [] },
    ],
    [
      'is not where it lists the members alone',
      [{ records: groupBackup(at(0, '02:00')) }],
      { expected: 1, judged: ['volume'], others: [throughIt] },
    ],
    [
      'is where it is observed and its members are unknown',
      [{ records: groupBackup(at(0, '02:00')), listed: null }],
      { expected: 1, judged: ['volume-group'], others: [] },
    ],
    [
      'is not where it is observed and a member is known',
      [{ records: [...groupBackup(at(0, '02:00')), told], listed: null }],
      { expected: 1, judged: ['volume'], others: [throughIt] },
    ],
  ])('%s', async (_name, days, expected) => {
    expect((await reportsOf(days)).map(population).at(-1)).toEqual(expected);
  });

  it('is remembered for as long as volumes are backed up through it, however seldom that is', async () => {
    const days = Array.from({ length: 12 }, (_, at_) => new Date(Date.UTC(2026, 10, 1 + at_)).toISOString());
    const judged = await judgeDays(
      days.map((day) => day.slice(0, 10)),
      (date) => ({
        records: date === '2026-11-01' ? groupBackup('2026-11-01T02:00:00Z') : [],
        inventory: fixedInventory([member()]),
        rules: { policies: [policyRule({ cadence: 'monthly:1' })] },
      }),
    );
    expect(judged.at(-1)?.report.resources[0]).toMatchObject({
      outcome: 'NOT_DUE',
      lastSuccessTime: '2026-11-01T02:10:00.000Z',
    });
    expect(judged.at(-1)?.report.notInInventory[0]?.resourceId).toBe(groupId);
  });

  it.each([
    [
      'that two have is a finding',
      [
        ...groupBackup(at(0, '02:00')),
        ...groupBackup(at(0, '03:00'), { groupId: otherGroupId, backup: 'c' }),
      ],
      'group-undecided',
      new RegExp(`${otherGroupId}, ${groupId}`),
    ],
    ['that none has is a finding', [], 'group-unknown', /no group of that name is known/],
  ] as const)('by a name %s', async (_name, records, kind, words) => {
    const [report] = await reportsOf([{ records, listed: [member({ memberOf: 'erp' })] }]);
    expect(report?.findings).toEqual([{ kind, subject: 'erp', words: expect.stringMatching(words) }]);
  });

  it('by a name that another resource has, too, is in the group', async () => {
    const namesake = volumeEvent('end', at(0, '03:00'), {
      resourceId: 'ocid1.volumebackup.oc1.iad.other',
      details: { volumeId: 'ocid1.volume.oc1.iad.other', volumeName: 'erp' },
    });
    const records = [...groupBackup(at(0, '02:00')), namesake];
    const [report] = await reportsOf([{ records, listed: [member({ memberOf: 'erp' })] }]);
    expect(report?.findings).toEqual([]);
    expect(report?.resources.find(({ resourceId }) => resourceId === memberId)?.outcome).toBe('SUCCEEDED');
  });
});
