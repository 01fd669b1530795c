import { describe, expect, it } from 'vitest';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { Project, jsonOf, ndjson } from '../support/cli.js';
import { auditNames } from '../support/audit-names.js';
import { auditEvent, databaseEvent, volumeEvent } from '../support/raw-event.js';
import { runPlainly } from '../support/run-here.js';

const date = '2026-11-20';
const time = `${date}T02:10:00Z`;
const good = volumeEvent('end', time);
const failed = databaseEvent('end', time, { details: { lifecycleState: 'FAILED' } });
const failedVolume = volumeEvent('end', time, {
  resourceId: 'ocid1.volumebackup.oc1.iad.v2',
  details: { volumeId: 'ocid1.volume.oc1.iad.v2', status: 'operationFailed', backupState: 'FAULTY' },
});

async function reportOf(content: string): Promise<{ code: number | null; report: DailyReport }> {
  const made = await Project.create({ 'events/a.ndjson': content });
  try {
    const { code } = await runPlainly(made.directory, date);
    return { code, report: jsonOf<DailyReport>(await made.revision(date), 'report.json') };
  } finally {
    await made.remove();
  }
}

describe('a failed backup in an event that was damaged on the way', () => {
  const cutOff = 'the event type is cut off';
  const noTime = 'the event has no readable time';
  it.each([
    [
      'type in mixed case',
      { ...failedVolume, eventType: 'com.oraclecloud.BlockVolumes.CreateVolumeBac' },
      cutOff,
    ],
    ['type', { ...failed, eventType: 'com.oraclecloud.databaseservice.automaticback' }, cutOff],
    ['phase', { ...failedVolume, eventType: 'com.oraclecloud.blockvolumes.createvolumebackup.en' }, cutOff],
    ['time in microseconds', { ...failed, eventTime: 1_795_143_857_102_000 }, noTime],
    ['time in nanoseconds', { ...failed, eventTime: 1_795_143_857_102_000_000 }, noTime],
    ['date that does not exist', { ...failed, eventTime: '2026-11-31T02:10:00Z' }, noTime],
    ['date of another country', { ...failed, eventTime: '11/20/2026 02:10:00 Z' }, noTime],
    ['year far away', { ...failed, eventTime: '2126-11-20T02:10:00Z' }, noTime],
    ['year before the cloud', { ...failed, eventTime: '1926-11-20T02:10:00Z' }, noTime],
  ])('is never a COMPLETE report: its %s', async (_words, event, reason) => {
    const { code, report } = await reportOf(ndjson([good, event]));
    expect(code).toBe(3);
    expect(report.controlTotals).toMatchObject({ read: 2, used: 1, rejected: 1 });
    expect(report.rejectedRecords).toEqual([expect.objectContaining({ reason })]);
  });

  it.each([
    ['as a line', (text: string) => text],
    ['with an escape', (text: string) => text.replace('"lifecycleState"', '"\\u006cifecycleState"')],
  ])('is never a COMPLETE report: its result stands twice, %s', async (_words, write) => {
    const text = JSON.stringify(failed).replace('"backupType"', '"lifecycleState":"ACTIVE","backupType"');
    const { code, report } = await reportOf(`${ndjson([good])}${write(text)}\n`);
    expect(code).toBe(3);
    expect(report.rejectedRecords.map(({ reason }) => reason)).toEqual([
      'the field lifecycleState stands twice, with different values',
    ]);
  });
});

describe('an estate that feeds all of Audit', () => {
  it('has a COMPLETE report, with every type that was ignored', async () => {
    const records = Object.entries(auditNames).flatMap(([service, operations]) =>
      operations.split(' ').map((operation, index) =>
        auditEvent({
          type: `${service}.${operation}`,
          time: `${date}T03:${String(index).padStart(2, '0')}:00.123Z`,
        }),
      ),
    );
    const { code, report } = await reportOf(ndjson([good, ...records]));
    expect([code, report.statusReasons, report.controlTotals.rejected]).toEqual([0, [], 0]);
    const names = new Map(report.ignoredTypes?.map(({ eventType, events }) => [eventType, events]));
    expect(names.get('com.oraclecloud.blockvolumes.updatevolume')).toBe(1);
    expect(names.get('com.oraclecloud.computeapi.launchinstance.begin')).toBe(1);
    expect([...names.values()].reduce((sum, events) => sum + events, 0)).toBe(report.controlTotals.ignored);
  });
});
