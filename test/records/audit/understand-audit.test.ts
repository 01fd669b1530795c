import { describe, expect, it } from 'vitest';
import { readAuditRecord } from '../../../src/records/audit/audit-record.js';
import { type AuditResult, resultOfStatus } from '../../../src/records/audit/audit-result.js';
import { backupBearing, backupOperationNames } from '../../../src/records/audit/backup-operations.js';
import { type ChangeAction, actionOf } from '../../../src/records/audit/change-action.js';
import { operationOf } from '../../../src/records/audit/operation.js';
import { isReadOperation, readLikeWords } from '../../../src/records/audit/read-operations.js';
import { reducedRead } from '../../../src/records/audit/reduce-read.js';
import { type AuditRecordParts, auditRecord, loggingForm } from '../../support/audit-records.js';

const cutOffMs = Date.parse('2026-11-20T00:00:00Z');

function changeOf(parts: AuditRecordParts) {
  const read = readAuditRecord(auditRecord(parts), cutOffMs);
  if (read.kind !== 'change') throw new Error(`it is ${read.kind}`);
  return read.record;
}

describe('an Audit record', () => {
  const results: readonly (readonly [string | null, AuditResult])[] = [
    ['200', 'succeeded'],
    ['202', 'succeeded'],
    ['304', 'succeeded'],
    ['401', 'refused'],
    ['403', 'refused'],
    ['404', 'refused'],
    ['400', 'failed'],
    ['409', 'failed'],
    ['412', 'failed'],
    ['429', 'failed'],
    ['500', 'failed'],
    ['100', 'unknown'],
    ['ok', 'unknown'],
    [null, 'unknown'],
  ];
  it.each(results)('with the status %s is %s', (status, result) => {
    expect(resultOfStatus(status)).toBe(result);
    expect(changeOf({ status })).toMatchObject({ result, status });
  });

  const reads: readonly (readonly [string | null, string, boolean])[] = [
    ['GET', 'DeleteEverything', true],
    ['HEAD', 'HeadObject', true],
    ['POST', 'SearchLogs', true],
    ['POST', 'SummarizeMetricsData', true],
    ['POST', 'Query', true],
    ['POST', 'QueryResources', true],
    ['POST', 'ListObjects', true],
    ['POST', 'GetPublicIpByIpAddress', true],
    ['POST', 'ValidateConnection', true],
    ['POST', 'TestConnection', true],
    ['POST', 'Testament', false],
    ['POST', 'Getaway', false],
    ['POST', 'CreateBucket', false],
    ['PUT', 'SearchLogs', false],
    ['DELETE', 'GetThing', false],
    [null, 'ListObjects', false],
    [null, 'InteractiveLogin', false],
  ];
  it.each(reads)('of %s %s only reads: %s', (verb, operation, isRead) => {
    expect(isReadOperation(verb, operation)).toBe(isRead);
    const read = readAuditRecord(auditRecord({ verb, operation }), cutOffMs);
    expect(read.kind).toBe(isRead ? 'read' : 'change');
  });

  it('has a table of read-like words that each have an example which reads', () => {
    for (const { example } of readLikeWords) expect(isReadOperation('POST', example)).toBe(true);
  });

  const actions: readonly (readonly [string | null, string, ChangeAction])[] = [
    ['POST', 'CreateBucket', 'created'],
    ['POST', 'LaunchInstance', 'created'],
    ['PUT', 'UpdateBucket', 'updated'],
    ['POST', 'ChangeCompartment', 'updated'],
    ['POST', 'InstanceAction', 'updated'],
    ['DELETE', 'DeleteBucket', 'deleted'],
    ['DELETE', 'TerminateInstance', 'deleted'],
    ['POST', 'BulkDeleteResources', 'deleted'],
    ['POST', 'ScheduleProtectedDatabaseDeletion', 'deleted'],
    ['POST', 'CancelProtectedDatabaseDeletion', 'updated'],
    ['DELETE', 'DetachVolume', 'updated'],
    ['DELETE', 'Anything', 'deleted'],
    ['PATCH', 'Anything', 'updated'],
    ['PUT', 'Anything', 'updated'],
    ['POST', 'Anything', 'other'],
    [null, 'DeleteBucket', 'other'],
  ];
  it.each(actions)('of %s %s is %s', (verb, operation, action) => {
    expect(actionOf(verb, operation)).toBe(action);
  });

  const bearings: readonly (readonly [string, string, boolean, boolean])[] = [
    ['DatabaseService', 'DeleteBackup', true, true],
    ['databaseservice', 'deletebackup', true, true],
    ['MySQLaaS', 'UpdateDbSystem', true, false],
    ['PostgreSQL', 'UpdateDbSystem', true, false],
    ['DatabaseService', 'UpdateDbSystem', false, false],
    ['ObjectStorage', 'DeleteRetentionRule', true, true],
    ['Streaming', 'DeleteRetentionRule', false, false],
    ['ComputeApi', 'TerminateInstance', false, false],
    ['BlockVolumes', 'CreateVolumeBackupPolicyAssignment', true, false],
  ];
  it.each(bearings)('of %s %s touches backups: %s, takes away: %s', (service, name, isRelevant, removes) => {
    expect(backupBearing(service, name)).toEqual({ isRelevant, removes });
  });

  it('knows each operation that matters to backups once', () => {
    expect(new Set(backupOperationNames).size).toBe(backupOperationNames.length);
  });

  it('has its operation and phase by its type, and by its own name where the type is cut off', () => {
    expect(operationOf('com.oraclecloud.ComputeApi.LaunchInstance.begin', 'LaunchInstance')).toEqual({
      service: 'ComputeApi',
      eventName: 'LaunchInstance',
      phase: 'begin',
    });
    expect(operationOf('com.oraclecloud.ComputeApi.LaunchIns', 'LaunchInstance').eventName).toBe(
      'LaunchInstance',
    );
    expect(operationOf('com.oraclecloud.computeapi.launchinstance.END', undefined)).toEqual({
      service: 'computeapi',
      eventName: 'launchinstance',
      phase: 'end',
    });
    expect(operationOf('', undefined)).toEqual({ service: '', eventName: '', phase: 'single' });
  });

  it('says who, from where, what before and after; credentials and headers are dropped', () => {
    const record = changeOf({
      previous: { isEnabled: true, password: 'hunter2', empty: null },
      current: { isEnabled: false },
      message: 'Authorization: Bearer abcdef123',
    });
    expect(record).toMatchObject({
      principalName: 'ana',
      principalId: 'ocid1.user.oc1..ana',
      authType: 'natv',
      ipAddress: '192.0.2.10',
      region: 'us-ashburn-1',
      before: '{"isEnabled":true,"password":"[removed]"}',
      after: '{"isEnabled":false}',
    });
    expect(JSON.stringify(record)).not.toMatch(/DROP-ME|hunter2|abcdef123/);
  });

  it('is the same in the form of OCI Logging', () => {
    const record = auditRecord();
    expect(readAuditRecord(loggingForm(record), cutOffMs)).toEqual(readAuditRecord(record, cutOffMs));
  });

  it.each([
    [{ time: 'yesterday' }, 'the event has no readable time'],
    [{ time: '1999-01-01T00:00:00Z' }, 'the event has no readable time'],
  ])('with %j is rejected', (parts, reason) => {
    expect(readAuditRecord(auditRecord(parts), cutOffMs)).toEqual({ kind: 'rejected', reason });
  });

  it('without data is rejected', () => {
    expect(readAuditRecord({ ...auditRecord(), data: null }, cutOffMs).kind).toBe('rejected');
  });
});

describe('a read in the evidence', () => {
  it('has neither who nor what, is a read again, and is not reduced further', () => {
    const record = auditRecord({ verb: 'GET', operation: 'GetBucket' });
    for (const form of [record, loggingForm(record)]) {
      const reduced = reducedRead(form);
      expect(JSON.stringify(reduced)).not.toMatch(/DROP-ME|ana|192\.0\.2|thing/);
      expect(readAuditRecord(reduced, cutOffMs)).toEqual(readAuditRecord(form, cutOffMs));
      expect(reducedRead(reduced)).toEqual(reduced);
    }
  });
});
