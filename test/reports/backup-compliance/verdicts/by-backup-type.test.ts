import { describe, expect, it } from 'vitest';
import type { DailyReport } from '../../../../src/reports/backup-compliance/model/daily-report.js';
import { judge, judgeDays } from '../../../support/judge-day.js';
import {
  type RawEvent,
  type RawEventParts,
  databaseEvent,
  rawEvent,
  volumeEvent,
} from '../../../support/raw-event.js';

const settings = { timezone: 'UTC' } as const;

interface Told {
  readonly type?: string | null;
  readonly failed?: boolean;
}

/** The end of a backup of ERPPRD. */
function backup(time: string, id: string, { type = 'Incremental', failed = false }: Told = {}): RawEvent {
  return databaseEvent('end', time, {
    resourceId: `ocid1.dbbackup.oc1.iad.${id}`,
    details: { backupType: type, ...(failed ? { lifecycleState: 'FAILED' } : {}) },
  });
}

/** A full backup of a volume, of this id. */
function full(id: string): Pick<RawEventParts, 'resourceId' | 'details'> {
  return { resourceId: `ocid1.volumebackup.oc1.iad.${id}`, details: { backupType: 'FULL' } };
}

/** `incremental 2026-11-19 02:00, 2 attempts, 1 failed` */
function words(report: DailyReport | undefined): readonly string[] | undefined {
  return report?.resources[0]?.byBackupType?.map(({ type, lastSuccess, attempts, failed }) =>
    [type, lastSuccess?.slice(0, 16) ?? 'none', attempts, failed].join(' '),
  );
}

describe('the backups of a resource by type', () => {
  it('have the last good one of each, and the attempts of the day', async () => {
    const records = [
      backup('2026-11-19T01:00:00Z', 'f', { type: 'FULL' }),
      backup('2026-11-19T02:00:00Z', 'i'),
      backup('2026-11-19T03:00:00Z', 'j', { failed: true }),
      backup('2026-11-19T04:00:00Z', 'l', { type: 'ARCHIVELOG' }),
    ];
    const { report } = await judge(records, '2026-11-19', settings);
    expect(words(report)).toEqual([
      'full 2026-11-19T01:00 1 0',
      'incremental 2026-11-19T02:00 2 1',
      'log 2026-11-19T04:00 1 0',
    ]);
  });

  it('are gone on from: a full one of last week is still the last full one', async () => {
    const records = [
      backup('2026-11-18T01:00:00Z', 'f', { type: 'FULL' }),
      backup('2026-11-19T02:00:00Z', 'i'),
      backup('2026-11-20T02:00:00Z', 'k'),
    ];
    const days = await judgeDays(['2026-11-18', '2026-11-19', '2026-11-20'], () => ({
      ...settings,
      records,
    }));
    expect(words(days.at(-1)?.report)).toEqual([
      'full 2026-11-18T01:00 0 0',
      'incremental 2026-11-20T02:00 1 0',
    ]);
  });

  it('have no success of a type that only failed', async () => {
    const records = [backup('2026-11-19T01:00:00Z', 'f', { type: 'FULL', failed: true })];
    const { report } = await judge(records, '2026-11-19', settings);
    expect(words(report)).toEqual(['full none 1 1']);
  });

  it('say where the service named no type', async () => {
    const { report } = await judge(
      [backup('2026-11-19T01:00:00Z', 'u', { type: null })],
      '2026-11-19',
      settings,
    );
    expect(words(report)).toEqual(['untold 2026-11-19T01:00 1 0']);
  });

  it('of a file system are snapshots, which name no type', async () => {
    const snapshot = rawEvent({
      type: 'filestorage.createsnapshot',
      time: '2026-11-19T01:00:00Z',
      resourceId: 'ocid1.snapshot.oc1.iad.s1',
      details: { fileSystemId: 'ocid1.filesystem.oc1.iad.f1' },
    });
    const { report } = await judge([snapshot], '2026-11-19', settings);
    expect(words(report)).toEqual(['snapshot 2026-11-19T01:00 1 0']);
  });

  it('count no backup as left that was deleted', async () => {
    const deletion = rawEvent({
      type: 'blockvolumes.deletevolumebackup.end',
      time: '2026-11-19T05:00:00Z',
      resourceId: 'ocid1.volumebackup.oc1.iad.b',
      details: { volumeId: 'ocid1.volume.oc1.iad.data01', status: 'operationSucceed' },
    });
    const records = [
      volumeEvent('end', '2026-11-19T01:00:00Z', full('a')),
      volumeEvent('end', '2026-11-19T02:00:00Z', full('b')),
    ];
    const kept = await judge(records, '2026-11-19', settings);
    expect(words(kept.report)).toEqual(['full 2026-11-19T02:00 2 0']);
    const { report } = await judge([...records, deletion], '2026-11-19', settings);
    expect(words(report)).toEqual(['full 2026-11-19T01:00 2 0']);
  });
});
