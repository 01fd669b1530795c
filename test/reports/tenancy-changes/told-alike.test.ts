import { describe, expect, it } from 'vitest';
import { backupBearing, backupOperationNames } from '../../../src/records/audit/backup-operations.js';
import { operationOf } from '../../../src/records/audit/operation.js';
import {
  auditSpellings,
  eventCatalogueRows,
} from '../../../src/reports/backup-compliance/events/event-catalogue-rows.js';
import { createEventCatalogue } from '../../../src/reports/backup-compliance/events/event-catalogue.js';
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

/** What the backup report lists as a change, or as taken away, for Audit's names of operations too. */
const listed = new Set(['change', 'deletion', 'restore']);
const rows = eventCatalogueRows.filter(([, action]) => listed.has(action));

describe('operations', () => {
  const spelled = auditSpellings.flatMap(([spelling, type]) =>
    rows.filter(([, , , name]) => name === `${type}.end`).map(([, action]) => ({ type: spelling, action })),
  );
  const types = [...rows.map(([, action, , type]) => ({ type, action })), ...spelled];

  it.each(types)(
    '$type touches backups in both kinds of report, and is a removal in both',
    ({ type, action }) => {
      const { service, eventName } = operationOf(`com.oraclecloud.${type}`, undefined);
      const { isRelevant, removes } = backupBearing(service, eventName);
      expect([isRelevant, removes || action !== 'deletion']).toEqual([true, true]);
    },
  );

  const catalogue = createEventCatalogue();
  const unknownOnes: readonly (readonly [string, boolean])[] = [
    ['NewService.DeleteWarehouseBackup', true],
    ['NewService.PurgeSnapshots', true],
    ['NewService.CancelBackupDeletion', false],
    ['NewService.UpdateBackupSchedule', false],
    ['NewService.RestoreWarehouse', false],
  ];
  it.each(unknownOnes)(
    'that neither knows, such as %s, are told by their words: removal %s',
    (name, takesAway) => {
      const { service, eventName } = operationOf(`com.oraclecloud.${name}`, undefined);
      expect(backupBearing(service, eventName)).toEqual({ isRelevant: true, removes: takesAway });
      expect(catalogue(`com.oraclecloud.${name}`)).toMatchObject({
        type: { action: expect.not.stringMatching('unrelated') },
      });
    },
  );

  it.each(backupOperationNames)('%s of the table is one of the backup report', (name) => {
    const known = [...eventCatalogueRows.map(([, action, , type]) => ({ type, action })), ...spelled];
    const same = known.filter(({ type }) => operationOf(type, undefined).eventName === name);
    expect(same.map(({ action }) => action)).toContainEqual(expect.not.stringMatching('unrelated'));
  });
});
