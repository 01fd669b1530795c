import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import {
  asAuditEvent,
  asLogAnalyticsRow,
  asLoggingEvent,
  asStreamMessage,
  autonomousBackupEvent,
  databaseBackupEvent,
  databaseConditionEvent,
  mysqlBackupEvent,
  noiseEvent,
  volumeBackupEvent,
  writeNdjson,
} from '../support/events.js';
import { correlate, dayOf } from '../support/judge.js';

const day = dayOf('2026-11-19');
const begin = '2026-11-19T02:00:00Z';
const time = '2026-11-19T02:30:00Z';
const database = { databaseId: 'ocid1.database.oc1.iad.erp', uniqueName: 'ERPPRD_iad1kq' };
const failed = databaseBackupEvent({
  ...database,
  phase: 'end',
  time,
  backupId: 'ocid1.dbbackup.oc1.iad.b1',
  state: 'FAILED',
  message: 'The backup failed because the database is not in archivelog mode.',
  created: begin,
});

function event(phase: 'begin' | 'end') {
  return databaseBackupEvent({ ...database, phase, time, backupId: 'ocid1.dbbackup.oc1.iad.b1' });
}

describe('one fact in every envelope', () => {
  it.each([
    ['event', failed],
    ['audit record', asAuditEvent(failed)],
    ['audit record with a change of state', asAuditEvent(failed, { stateChange: true })],
    ['log entry', asLoggingEvent(failed)],
    ['stream message', asStreamMessage(failed)],
    ['stream message around a log entry', asStreamMessage(asLoggingEvent(failed))],
    ['row with its original content', asLogAnalyticsRow(failed)],
  ])('is the same job as an %s', (_, record) => {
    expect(correlate([record], day).jobs).toEqual(correlate([failed], day).jobs);
    expect(correlate([failed, record], day).dispositions).toEqual(['used', 'duplicate']);
  });

  it.each([
    ['no original content', null],
    ['original content that was cut off', 300],
  ])('is told by the columns of a row with %s, but for the reason', (_, content) => {
    const { jobs } = correlate([asLogAnalyticsRow(failed, { content })], day);
    expect(jobs).toEqual([expect.objectContaining({ status: 'FAILED', resourceId: database.databaseId })]);
    expect(jobs[0]?.statusMessage).toBeNull();
  });
});

describe('builders', () => {
  it('give the same id for the same fact, another for another', () => {
    expect(event('end').eventID).toBe(event('end').eventID);
    expect(event('end').eventID).not.toBe(event('begin').eventID);
    expect(event('end').eventID).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('make both shapes of an autonomous database the same resource', () => {
    const adb = { databaseId: 'ocid1.autonomousdatabase.oc1.iad.dw', name: 'DWPRD' };
    for (const backupId of ['ocid1.autonomousdbbackup.oc1.iad.b1', undefined]) {
      const id = backupId === undefined ? {} : { backupId };
      const { jobs } = correlate(
        [
          autonomousBackupEvent({ ...adb, ...id, phase: 'begin', time: begin }),
          autonomousBackupEvent({ ...adb, ...id, phase: 'end', time }),
        ],
        day,
      );
      expect(jobs).toEqual([
        expect.objectContaining({ resourceId: adb.databaseId, status: 'SUCCEEDED', durationSeconds: 1800 }),
      ]);
    }
  });

  it.each(['volume', 'boot-volume', 'volume-group'] as const)('tell how the backup of a %s ended', (kind) => {
    const volumeId = `ocid1.${kind.replace('-', '')}.oc1.iad.v`;
    const backup = {
      kind,
      volumeId,
      volumeName: 'v',
      phase: 'end',
      time,
      backupId: 'ocid1.x.oc1.iad.b',
    } as const;
    const statuses = [
      volumeBackupEvent(backup),
      volumeBackupEvent({ ...backup, status: 'operationFailed' }),
      volumeBackupEvent({ ...backup, status: 'operationFailed', statusIn: 'data' }),
    ].map((each) => correlate([each], day).jobs[0]);
    expect(statuses.map((job) => job?.status)).toEqual(['SUCCEEDED', 'FAILED', 'FAILED']);
    expect(statuses[0]).toMatchObject({ resourceId: volumeId, resourceType: kind, resourceName: 'v' });
  });

  it('make MySQL backups, conditions and noise', () => {
    const mysql = mysqlBackupEvent({
      phase: 'end',
      time,
      backupId: 'ocid1.mysqlbackup.oc1.iad.b',
      dbSystemId: 'ocid1.mysqldbsystem.oc1.iad.shop',
      name: 'shop',
    });
    const condition = databaseConditionEvent({
      ...database,
      severity: 'critical',
      eventName: 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE',
      time,
    });
    const { jobs, dispositions } = correlate([mysql, condition, noiseEvent({ time })], day);
    expect(dispositions).toEqual(['used', 'used', 'ignored']);
    expect(jobs).toEqual([
      expect.objectContaining({ resourceType: 'mysql-db-system', resourceName: 'shop' }),
    ]);
  });

  it('write NDJSON, plain or compressed, and torn lines as they are', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'builders-'));
    try {
      const text = `${JSON.stringify(failed)}\n{"torn\n`;
      await writeNdjson(join(directory, 'a.ndjson'), [failed, '{"torn']);
      await writeNdjson(join(directory, 'a.ndjson.gz'), [failed, '{"torn']);
      expect(await readFile(join(directory, 'a.ndjson'), 'utf8')).toBe(text);
      expect(gunzipSync(await readFile(join(directory, 'a.ndjson.gz'))).toString()).toBe(text);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});
