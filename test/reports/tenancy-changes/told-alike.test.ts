import { describe, expect, it } from 'vitest';
import { changesFile } from '../../../src/reports/tenancy-changes/model/change.js';
import { type AuditRecordParts, auditRecord } from '../../support/audit-records.js';
import { judge } from '../../support/judge-day.js';
import { tenancyDays } from '../../support/tenancy-day.js';

const backup = 'ocid1.dbbackup.oc1.iad.b1';
const rule = 'ocid1.bucket.oc1.iad.backups';

const records: readonly AuditRecordParts[] = [
  { service: 'DatabaseService', operation: 'DeleteBackupDestination', verb: 'DELETE', resourceId: backup },
  {
    service: 'ObjectStorage',
    operation: 'DeleteRetentionRule',
    verb: 'DELETE',
    resourceId: rule,
    principal: 'bob',
    status: '404',
    message: 'NotAuthorizedOrNotFound',
    time: '2026-11-19T09:00:00.000Z',
  },
  {
    service: 'ObjectStorage',
    operation: 'UpdateRetentionRule',
    verb: 'PUT',
    resourceId: rule,
    principal: null,
    principalId: 'ocid1.instance.oc1.iad.i',
    status: '500',
    time: '2026-11-19T10:00:00.000Z',
  },
];

describe('the same Audit records in both kinds of report', () => {
  it('are told alike: who, when, and whether the call was refused', async () => {
    const made = records.map((parts) => auditRecord(parts));
    const days = tenancyDays();
    const { report } = await days.make(made);
    const ofBackups = (await judge(made, '2026-11-19')).report.changes;
    const ofTenancy = await days.linesOf(changesFile);
    expect(ofBackups).toHaveLength(records.length);
    expect(report.removals.total + report.backupChanges.total).toBe(records.length);
    for (const change of ofBackups) {
      const same = ofTenancy.find(({ endTime }) => endTime === change.time);
      expect(same).toMatchObject({ backupRelevant: true });
      expect(change.principal).toBe(same?.principalName);
    }
    expect(ofBackups.map(({ state }) => state)).toEqual([null, '404', '500']);
  });
});
