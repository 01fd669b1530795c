import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ProtectedResource } from '../../../../src/model/protected-resource.js';
import type { DailyReport } from '../../../../src/reports/backup-compliance/model/daily-report.js';
import { fixedInventory, judge, judgeDays } from '../../../support/judge-day.js';
import { type RawEvent, conditionEvent, databaseEvent, volumeEvent } from '../../../support/raw-event.js';
import { policyRule } from '../../../support/rules.js';

const [before, date] = ['2026-11-18', '2026-11-19'] as const;
const oldId = 'ocid1.database.oc1.iad.old';
const newId = 'ocid1.database.oc1.iad.new';
const thirdId = 'ocid1.database.oc1.iad.third';

function backupOf(databaseId: string, time: string, name = 'LEDGER'): RawEvent {
  return databaseEvent('end', time, {
    resourceId: `ocid1.dbbackup.oc1.iad.${time}`,
    details: { databaseId, dbUniqueName: name },
  });
}

function volumeBackupOf(volumeId: string, time: string, compartmentId = 'ocid1.compartment.oc1..prod') {
  return volumeEvent('end', time, {
    resourceId: `ocid1.volumebackup.oc1.iad.${time}`,
    data: { compartmentId },
    details: { volumeId, volumeName: 'data' },
  });
}

const findingsOf = ({ resources }: DailyReport, id: string): readonly string[] =>
  resources.find(({ resourceId }) => resourceId === id)?.findings ?? ['not judged'];

const listed = (resourceId: string, over: Partial<ProtectedResource> = {}): Partial<ProtectedResource> => ({
  resourceId,
  resourceName: 'LEDGER',
  ...over,
});

interface Case {
  readonly name: string;
  readonly records: readonly RawEvent[];
  /** Null: what was observed. */
  readonly listed?: readonly Partial<ProtectedResource>[] | null;
  readonly of?: string;
  /** What the first finding of the resource names; null: it has none. */
  readonly names: string | null;
}

const first = backupOf(oldId, '2026-11-18T02:00:00Z');

describe('a resource that is missed beside the same name under another OCID', () => {
  it.each<Case>([
    { name: 'of the events names that', records: [backupOf(newId, '2026-11-19T02:00:00Z')], names: newId },
    {
      name: 'of another case names that',
      records: [backupOf(newId, '2026-11-19T02:00:00Z', 'ledger')],
      names: newId,
    },
    {
      name: 'of the events alone, while the inventory lists the old one, names that',
      records: [backupOf(newId, '2026-11-19T02:00:00Z')],
      listed: [listed(oldId)],
      names: newId,
    },
    {
      name: 'of the inventory alone names that',
      records: [],
      listed: [listed(oldId), listed(newId)],
      names: newId,
    },
    {
      name: 'of two names the one that was backed up last',
      records: [backupOf(thirdId, '2026-11-19T02:00:00Z'), backupOf(newId, '2026-11-19T03:00:00Z')],
      names: newId,
    },
    {
      name: 'in another region, as after a failover, names that',
      records: [backupOf('ocid1.database.oc1.phx.standby', '2026-11-19T02:00:00Z')],
      names: 'ocid1.database.oc1.phx.standby',
    },
    {
      name: 'of another type does not',
      records: [],
      listed: [listed(oldId), listed(newId, { resourceType: 'autonomous-database' })],
      names: null,
    },
    {
      name: 'of another name does not',
      records: [backupOf(newId, '2026-11-19T02:00:00Z', 'OTHER')],
      names: null,
    },
    {
      name: 'that is no name but the OCID does not',
      records: [],
      listed: [listed(oldId, { resourceName: oldId }), listed(newId, { resourceName: newId })],
      names: null,
    },
    {
      name: 'does not where it was backed up itself',
      records: [backupOf(newId, '2026-11-19T02:00:00Z'), backupOf(oldId, '2026-11-19T03:00:00Z')],
      names: null,
    },
  ])('$name', async ({ records, listed: list = null, names }) => {
    const [, judged] = await judgeDays([before, date], (day) => ({
      records: day === before ? [first] : records,
      ...(list === null ? {} : { inventory: fixedInventory(list) }),
    }));
    const findings = judged === undefined ? [] : findingsOf(judged.report, oldId);
    const named = findings.map((words) => words.slice(0, words.indexOf(' has the same name')));
    expect(named).toEqual(names === null ? [] : [names]);
  });

  it.each([
    ['in its compartment', 'ocid1.compartment.oc1..prod', 1],
    [
      'but not in another compartment: names of volumes are repeated at will',
      'ocid1.compartment.oc1..test',
      0,
    ],
  ])('is so for a volume %s', async (_where, compartmentId, findings) => {
    const [, judged] = await judgeDays([before, date], (day) => ({
      records:
        day === before
          ? [volumeBackupOf('ocid1.volume.oc1.iad.a', '2026-11-18T02:00:00Z')]
          : [volumeBackupOf('ocid1.volume.oc1.iad.b', '2026-11-19T02:00:00Z', compartmentId)],
    }));
    expect(judged && findingsOf(judged.report, 'ocid1.volume.oc1.iad.a')).toHaveLength(findings);
  });

  it('is so where its weekly backup is late', async () => {
    const [, judged] = await judgeDays(['2026-11-18', '2026-11-19'], (day) => ({
      records: day === date ? [backupOf(newId, '2026-11-19T02:00:00Z')] : [],
      inventory: fixedInventory([listed(oldId), listed(newId)]),
      rules: { policies: [policyRule({ cadence: 'weekly:WED' })] },
    }));
    const found = judged?.report.resources.find(({ resourceId }) => resourceId === oldId);
    expect(found?.outcome).toBe('LATE');
    expect(found?.findings).toEqual([expect.stringContaining(newId)]);
  });

  it('has the rule that excludes it ready to paste, and the rule works', async () => {
    const records = [first, backupOf(newId, '2026-11-19T02:00:00Z')];
    const { report } = await judge(records, date);
    const [finding = ''] = findingsOf(report, oldId);
    const pasted = finding.slice(finding.indexOf('exclude: ['));
    expect(parse(pasted)).toEqual({
      exclude: [{ match: { resourceId: oldId }, reason: `replaced by ${newId}` }],
    });
    const excludes = [{ match: { resourceId: [oldId] }, reason: `replaced by ${newId}` }];
    const after = await judge(records, date, { rules: { excludes } });
    expect(after.report.resources.map(({ resourceId }) => resourceId)).toEqual([newId]);
  });
});

describe('a notice whose name two databases have', () => {
  const failure = 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE';
  const notice = (time: string, resourceId = thirdId): RawEvent =>
    conditionEvent('critical', failure, time, {
      resourceId,
      resourceName: 'LEDGER',
      details: { dbName: 'ledger' },
    });
  const two = [backupOf(oldId, '2026-11-19T02:00:00Z'), backupOf(newId, '2026-11-19T03:00:00Z')];

  it.each([
    ['makes no third resource under the OCID of something else', thirdId],
    ['makes none under the OCID of their DB system', 'ocid1.dbsystem.oc1.iad.s'],
  ])('%s, and each is UNKNOWN at best', async (_name, resourceId) => {
    const { report } = await judge([...two, notice('2026-11-19T04:00:00Z', resourceId)], date);
    expect(report.resources.map((each) => `${each.resourceId} ${each.outcome}`).sort()).toEqual([
      `${newId} UNKNOWN`,
      `${oldId} UNKNOWN`,
    ]);
    expect(report.findings.map(({ kind }) => kind)).toEqual(['name-undecided']);
  });

  it('makes none on a later day either, while it is open', async () => {
    const [, judged] = await judgeDays([before, date], (day) => ({
      records:
        day === before
          ? [first, backupOf(newId, '2026-11-18T03:00:00Z'), notice('2026-11-18T04:00:00Z')]
          : two,
    }));
    expect(judged?.report.resources.map((each) => `${each.resourceId} ${each.outcome}`).sort()).toEqual([
      `${newId} SUCCEEDED`,
      `${oldId} SUCCEEDED`,
    ]);
    expect(judged?.report.findings.map(({ kind }) => kind)).toEqual(['name-undecided']);
  });

  it('counts for the one whose OCID it names', async () => {
    const { report } = await judge([...two, notice('2026-11-19T04:00:00Z', oldId)], date);
    expect(
      report.resources.map((each) => `${each.resourceId} ${each.openIncident?.condition ?? '-'}`).sort(),
    ).toEqual([`${newId} -`, `${oldId} ${failure}`]);
  });
});
