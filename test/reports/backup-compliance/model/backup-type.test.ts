import { describe, expect, it } from 'vitest';
import type { JobKind } from '../../../../src/reports/backup-compliance/model/backup-job.js';
import {
  type BackupType,
  backupTypeOf,
} from '../../../../src/reports/backup-compliance/model/backup-type.js';

describe('the type that a job is counted under', () => {
  it.each<[told: string | null, BackupType]>([
    ['FULL', 'full'],
    ['Full', 'full'],
    ['VIRTUAL_FULL', 'full'],
    ['LONGTERM', 'full'],
    ['Long-Term', 'full'],
    ['DB FULL', 'full'],
    ['INCREMENTAL', 'incremental'],
    ['Incremental', 'incremental'],
    ['CUMULATIVE_INCREMENTAL', 'incremental'],
    ['DB INCR', 'incremental'],
    ['DIFFERENTIAL', 'incremental'],
    ['ARCHIVELOG', 'log'],
    ['ARCHIVED_REDO', 'log'],
    ['Transaction log', 'log'],
    ['SNAPSHOT', 'snapshot'],
    ['ROLL_FORWARD_IMAGE_COPY', 'other'],
    ['<script>', 'other'],
    [' ', 'untold'],
    ['', 'untold'],
    [null, 'untold'],
  ])('%j is %s', (backupType, expected) => {
    expect(backupTypeOf({ kind: 'backup', backupType, eventType: 'com.oraclecloud.x' })).toBe(expected);
  });

  it.each<[JobKind, BackupType]>([
    ['copy', 'copy'],
    ['restore', 'restore'],
    ['unrecognised', 'unrecognised'],
  ])('a %s is no backup, whatever type it names', (kind, expected) => {
    expect(backupTypeOf({ kind, backupType: 'FULL', eventType: 'com.oraclecloud.x' })).toBe(expected);
  });

  it('of a file system is told by the event', () => {
    const eventType = 'com.oraclecloud.filestorage.createpolicybasedsnapshot';
    expect(backupTypeOf({ kind: 'backup', backupType: null, eventType })).toBe('snapshot');
  });
});
