import { describe, expect, it } from 'vitest';
import type { DailyReport } from '../../../../src/reports/backup-compliance/model/daily-report.js';
import {
  summaryOf,
  verdictLineOf,
} from '../../../../src/reports/backup-compliance/views/terminal/summary.js';
import type { ProtectedResource } from '../../../../src/model/protected-resource.js';
import { type Settings, fixedInventory, judgeDays } from '../../../support/judge-day.js';
import { type RawEvent, databaseEvent, rawEvent, volumeEvent } from '../../../support/raw-event.js';
import { policyRule } from '../../../support/rules.js';

/* What a resource without a recovery point is worth: 19 November 2026, a Thursday, and the days after it. */

const volume = 'ocid1.volume.oc1.iad.data01';
const listed = { resourceId: volume, resourceType: 'volume', resourceName: 'data01' };
/** Read for a week by then, so that a daily backup would be known. */
const known = databaseEvent('end', '2026-11-19T01:00:00Z');

function created(time: string, over: { state?: string; timeCreated?: string } = {}): RawEvent {
  const { state = 'operationSucceed', timeCreated } = over;
  const details = { status: state, ...(timeCreated === undefined ? {} : { timeCreated }) };
  return rawEvent({ type: 'blockvolumes.createvolume.end', time, resourceId: volume, details });
}

interface Case {
  readonly says: string;
  readonly resource?: Partial<ProtectedResource>;
  readonly records?: readonly RawEvent[];
  readonly settings?: Settings;
  readonly cadence?: string;
  /** Of each day: outcome, verdict of the resource, verdict of its age; null: it is not in the population. */
  readonly days: readonly (readonly [string, string, string] | null)[];
}

const missed = ['MISSED', 'NON_COMPLIANT', 'NON_COMPLIANT'] as const;
const isNew = ['NOT_DUE', 'NOT_APPLICABLE', 'NOT_APPLICABLE'] as const;
const on = { enabled: true, means: 'backup policy gold', retentionDays: 30, destination: null };

const cases: readonly Case[] = [
  {
    says: 'of unknown creation is missed',
    days: [missed, missed],
  },
  {
    says: 'created on the day is not applicable, and missed on the next',
    resource: { createdTime: '2026-11-19T10:00:00Z' },
    days: [isNew, missed],
  },
  {
    says: 'created on the day is not applicable, although its protection is on',
    resource: { createdTime: '2026-11-19T10:00:00Z', protection: on },
    days: [isNew, missed],
  },
  {
    says: 'created on the day without protection is not compliant, nor is its age',
    resource: { createdTime: '2026-11-19T10:00:00Z', protection: { ...on, enabled: false } },
    days: [['NOT_DUE', 'NON_COMPLIANT', 'NON_COMPLIANT']],
  },
  {
    says: 'created on the day by an event',
    records: [created('2026-11-19T10:00:00Z')],
    days: [isNew, missed],
  },
  {
    says: 'created by an event that ends later than it was created',
    records: [created('2026-11-19T00:10:00Z', { timeCreated: '2026-11-18T23:50:00Z' })],
    days: [missed],
  },
  {
    says: 'created by an event that failed',
    records: [created('2026-11-19T10:00:00Z', { state: 'operationFailed' })],
    days: [missed],
  },
  {
    says: 'created on the day, as an event says, and later, as the inventory does',
    resource: { createdTime: '2026-11-20T10:00:00Z' },
    records: [created('2026-11-19T10:00:00Z')],
    days: [isNew, missed],
  },
  {
    says: 'created earlier, as the inventory says, than an event does',
    resource: { createdTime: '2026-11-18T10:00:00Z' },
    records: [created('2026-11-19T10:00:00Z')],
    days: [missed],
  },
  {
    says: 'is not in the population before it was created',
    resource: { createdTime: '2026-11-21T00:00:00Z' },
    days: [null, null, isNew],
  },
  {
    says: 'created in the last millisecond of the day is in its population',
    resource: { createdTime: '2026-11-19T23:59:59.999Z' },
    days: [isNew],
  },
  {
    says: 'created the day before, due on Sundays, is not applicable until then',
    resource: { createdTime: '2026-11-18T10:00:00Z' },
    cadence: 'weekly:SUN',
    days: [isNew, isNew, isNew, missed],
  },
  {
    says: 'created the day before, due on Sundays and to be a day old at most, is not applicable for a day',
    resource: { createdTime: '2026-11-18T10:00:00Z' },
    settings: { rules: { policies: [policyRule({ cadence: 'weekly:SUN', maxAgeMs: 26 * 3_600_000 })] } },
    days: [['NOT_DUE', 'NON_COMPLIANT', 'NON_COMPLIANT']],
  },
  {
    says: 'created on the day, with a backup that failed',
    resource: { createdTime: '2026-11-19T10:00:00Z' },
    records: [volumeEvent('end', '2026-11-19T12:00:00Z', { details: { status: 'operationFailed' } })],
    days: [['FAILED', 'NON_COMPLIANT', 'NON_COMPLIANT'], missed],
  },
  {
    says: 'created on the day, with a backup that runs: memory knows its whole life',
    resource: { createdTime: '2026-11-19T10:00:00Z' },
    records: [volumeEvent('begin', '2026-11-19T22:00:00Z')],
    cadence: 'monthly:1',
    days: [['IN_PROGRESS', 'NON_COMPLIANT', 'NON_COMPLIANT']],
  },
  {
    says: 'of unknown creation, and older than is known: an older backup may count',
    cadence: 'monthly:1',
    days: [['NOT_DUE', 'UNKNOWN', 'UNKNOWN']],
  },
  {
    says: 'created before anything is known, due since: an older backup may count',
    resource: { createdTime: '2026-10-20T00:00:00Z' },
    cadence: 'monthly:1',
    days: [['NOT_DUE', 'UNKNOWN', 'UNKNOWN']],
  },
  {
    says: 'backed up on the day that it was created',
    resource: { createdTime: '2026-11-19T10:00:00Z' },
    records: [volumeEvent('end', '2026-11-19T12:00:00Z')],
    days: [['SUCCEEDED', 'COMPLIANT', 'COMPLIANT']],
  },
  {
    says: 'was backed up before the inventory says that it was created',
    resource: { createdTime: '2026-11-21T10:00:00Z' },
    records: [volumeEvent('end', '2026-11-19T12:00:00Z')],
    days: [
      ['SUCCEEDED', 'COMPLIANT', 'COMPLIANT'],
      ['MISSED', 'NON_COMPLIANT', 'NON_COMPLIANT'],
    ],
  },
];

async function reportsOf({ resource = {}, records = [], settings = {}, cadence, days }: Case) {
  const inventory = fixedInventory([{ ...listed, ...resource }]);
  const rules = cadence === undefined ? {} : { rules: { policies: [policyRule({ cadence })] } };
  const judged = await judgeDays(
    days.map((_, nth) => `2026-11-${19 + nth}`),
    () => ({ records: [known, ...records], inventory, ...rules, ...settings }),
  );
  return judged.map(({ report }) => report);
}

function standingOf({ resources }: DailyReport): readonly [string, string, string] | null {
  const found = resources.find(({ resourceId }) => resourceId === volume);
  if (found === undefined) return null;
  return [found.outcome, found.compliance, found.controls['recovery-point-age'].verdict];
}

describe('a resource', () => {
  it.each(cases.map((each) => [each.says, each] as const))('%s', async (_says, each) => {
    const reports = await reportsOf(each);
    expect(reports.map(standingOf)).toEqual(each.days);
    for (const { totals } of reports) {
      const { expected, compliant, nonCompliant, unknown, notApplicable, byOutcome } = totals;
      expect(expected).toBe(compliant + nonCompliant + unknown + notApplicable);
      expect(expected).toBe(Object.values(byOutcome).reduce((sum, number) => sum + number, 0));
    }
  });

  it('that was backed up before it was created is a finding', async () => {
    const reports = await reportsOf(cases.at(-1) ?? { says: '', days: [] });
    expect(reports[0]?.findings.map(({ kind, subject, words }) => [kind, subject, words])).toContainEqual([
      'attempt-before-created',
      'data01',
      'data01 (volume) was backed up, or reported, at 2026-11-19 12:00 UTC, and was created at 2026-11-21 10:00 UTC according to the inventory: it is judged from its first attempt on; correct the inventory',
    ]);
  });

  it('whose creation was read on the day before its first backup is remembered as created', async () => {
    const records = [
      created('2026-11-19T10:00:00Z'),
      volumeEvent('begin', '2026-11-20T22:00:00Z'),
      volumeEvent('end', '2026-11-21T01:00:00Z', { details: { status: 'operationFailed' } }),
    ];
    const days = ['2026-11-19', '2026-11-20', '2026-11-21'];
    const rules = { policies: [policyRule({ cadence: 'monthly:1' })] };
    const judged = await judgeDays(days, () => ({ records: [known, ...records], rules }));
    expect(judged[0]?.report.lifeCycles).toMatchObject([
      { resourceId: volume, created: '2026-11-19T10:00:00.000Z' },
    ]);
    // Memory reaches its creation, so that no older backup can exist.
    expect(judged.map(({ report }) => standingOf(report))).toEqual([
      null,
      ['IN_PROGRESS', 'NON_COMPLIANT', 'NON_COMPLIANT'],
      ['FAILED', 'NON_COMPLIANT', 'NON_COMPLIANT'],
    ]);
    expect(judged[2]?.report.lifeCycles).toEqual([]);
  });

  describe('in a DB system', () => {
    const dbSystemId = 'ocid1.dbsystem.oc1.iad.host1';
    const database = 'ocid1.database.oc1.iad.erpprd';
    const launched = (time: string) =>
      rawEvent({
        type: 'databaseservice.launchdbsystem.end',
        time,
        resourceId: dbSystemId,
        details: { lifecycleState: 'AVAILABLE' },
      });
    const ofDatabase = (type: string, time: string) =>
      databaseEvent('end', time, {
        type: `databaseservice.${type}.end`,
        resourceId: database,
        details: { lifecycleState: 'AVAILABLE', dbSystemId },
      });
    const failed = databaseEvent('end', '2026-11-19T02:00:00Z', {
      details: { lifecycleState: 'FAILED', dbSystemId },
    });

    it.each<[says: string, records: readonly RawEvent[], verdict: string, reason: string]>([
      [
        'is no older than that, and may be younger',
        [launched('2026-11-18T10:00:00Z'), failed],
        'NON_COMPLIANT',
        'created at 2026-11-18 10:00 UTC or later, and no successful backup seen since; policy production-databases allows 31 d 2 h',
      ],
      [
        'was created when its own event says',
        [launched('2026-11-18T10:00:00Z'), ofDatabase('createdatabase', '2026-11-18T11:00:00Z'), failed],
        'NON_COMPLIANT',
        'created at 2026-11-18 11:00 UTC, and no successful backup seen since; policy production-databases allows 31 d 2 h',
      ],
      [
        'is as new as that at most',
        [launched('2026-11-19T10:00:00Z'), ofDatabase('restoredatabase', '2026-11-19T12:00:00Z')],
        'NOT_APPLICABLE',
        'created at 2026-11-19 10:00 UTC or later, no backup yet; policy production-databases allows 31 d 2 h',
      ],
    ])('%s', async (_says, records, verdict, reason) => {
      const rules = { policies: [policyRule({ cadence: 'monthly:1' })] };
      const inventory = fixedInventory([
        { resourceId: database, resourceType: 'database', resourceName: 'ERPPRD_iad1kq' },
      ]);
      const [day] = await judgeDays(['2026-11-19'], () => ({ records, rules, inventory }));
      const controls = day?.report.resources[0]?.controls;
      expect(controls?.['recovery-point-age']).toMatchObject({ verdict, reason });
    });
  });
});

describe('nothing that was due', () => {
  const nothing: Case = {
    says: '',
    resource: { createdTime: '2026-11-19T10:00:00Z' },
    days: [isNew],
  };

  it('is no percentage, and the terminal says so', async () => {
    const [report] = await reportsOf(nothing);
    if (report === undefined) throw new Error('there is a report');
    expect(report.totals).toMatchObject({ expected: 1, notApplicable: 1, compliancePercent: null });
    expect(verdictLineOf(report)).toBe(`${'UNKNOWN'.padEnd(26)} nothing was due for any of 1`);
    expect(summaryOf(report)).toContain('  compliance nothing was due for any of 1');
  });

  it('leaves the percentage of the others as it is, unrounded', async () => {
    const others = Array.from({ length: 3 }, (_, nth) => ({
      ...listed,
      resourceId: `ocid1.volume.oc1.iad.v${nth}`,
      resourceName: `v${nth}`,
    }));
    const inventory = fixedInventory([...others, { ...listed, createdTime: '2026-11-19T10:00:00Z' }]);
    const backups = [0, 1].map((nth) =>
      volumeEvent('end', '2026-11-19T02:00:00Z', {
        resourceId: `ocid1.volumebackup.oc1.iad.b${nth}`,
        details: { volumeId: `ocid1.volume.oc1.iad.v${nth}` },
      }),
    );
    const [day] = await judgeDays(['2026-11-19'], () => ({ records: backups, inventory }));
    expect(day?.report.totals).toMatchObject({ expected: 4, compliant: 2, notApplicable: 1 });
    expect(day?.report.totals.compliancePercent).toBe(200 / 3);
  });
});
