import { describe, expect, it } from 'vitest';
import {
  type JobSpan,
  belongsToDay,
  correlateJobs,
  jobsOfSpan,
} from '../../../../src/reports/backup-compliance/facts/correlate-jobs.js';
import { correlate, dayOf } from '../../../support/judge.js';
import { type RawEvent, databaseEvent, rawEvent, volumeEvent } from '../../../support/raw-event.js';

const day = dayOf('2026-11-19');

const ofDatabase = (databaseId: string): Partial<RawEvent> => ({ details: { databaseId } });

function adbEvent(phase: 'begin' | 'end', time: string): RawEvent {
  return rawEvent({
    type: `databaseservice.autonomous.database.backup.${phase}`,
    time,
    resourceId: 'OCID1.AUTONOMOUSDATABASE.OC1.IAD.A1',
    resourceName: 'ATPRD01',
    details: { lifecycleState: phase === 'end' ? 'AVAILABLE' : 'CREATING' },
  });
}

describe('pairing', () => {
  it('makes one job of a begin and an end of one backup', () => {
    const { jobs } = correlate(
      [databaseEvent('begin', '2026-11-19T02:00:00Z'), databaseEvent('end', '2026-11-19T02:30:00.500Z')],
      day,
    );
    expect(jobs).toEqual([
      expect.objectContaining({
        family: 'database',
        jobId: 'ocid1.dbbackup.oc1.iad.b1',
        resourceId: 'ocid1.database.oc1.iad.erpprd',
        resourceName: 'ERPPRD_iad1kq',
        status: 'SUCCEEDED',
        startTime: '2026-11-19T02:00:00.000Z',
        endTime: '2026-11-19T02:30:00.500Z',
        durationSeconds: 1801,
        backupType: 'Incremental',
      }),
    ]);
  });

  it('pairs an end that was read before its begin, in other letters', () => {
    const end = databaseEvent('end', '2026-11-19T02:30:00Z', { resourceId: 'OCID1.DBBACKUP.OC1.IAD.B1' });
    const { jobs } = correlate([end, databaseEvent('begin', '2026-11-19T02:00:00Z')], day);
    expect(jobs).toHaveLength(1);
    expect(jobs[0]).toMatchObject({ status: 'SUCCEEDED', durationSeconds: 1800 });
  });

  it('makes a whole job of an end alone, from the time of creation that it carries', () => {
    const end = databaseEvent('end', '2026-11-19T02:30:00Z', {
      details: { timeCreated: '2026-11-19T02:10:00Z' },
    });
    expect(correlate([end], day).jobs[0]).toMatchObject({
      startTime: '2026-11-19T02:10:00.000Z',
      durationSeconds: 1200,
    });
  });

  it.each([
    ['seven days before', '2026-11-12T02:30:00Z', '2026-11-12T02:30:00.000Z', 604_800],
    ['longer before, as that of the resource is', '2026-11-12T02:29:59Z', null, null],
    ['at the end', '2026-11-19T02:30:00Z', '2026-11-19T02:30:00.000Z', 0],
    ['after the end', '2026-11-19T02:30:01Z', null, null],
  ])('takes a time of creation %s for what it can be', (_words, timeCreated, startTime, durationSeconds) => {
    const end = databaseEvent('end', '2026-11-19T02:30:00Z', { details: { timeCreated } });
    expect(correlate([end], day).jobs[0]).toMatchObject({ startTime, durationSeconds });
  });

  it('keeps all events of each resource where one backup names two', () => {
    const { jobs } = correlate(
      ['ocid1.database.oc1.iad.one', 'ocid1.database.oc1.iad.two'].flatMap((id, index) => [
        databaseEvent('begin', `2026-11-19T0${index + 2}:00:00Z`, ofDatabase(id)),
        databaseEvent('end', `2026-11-19T0${index + 2}:30:00Z`, ofDatabase(id)),
      ]),
      day,
    );
    expect(jobs.map(({ resourceId, durationSeconds }) => [resourceId, durationSeconds])).toEqual([
      ['ocid1.database.oc1.iad.one', 1800],
      ['ocid1.database.oc1.iad.two', 1800],
    ]);
  });

  it('has no duration where nobody knows when it began', () => {
    const end = databaseEvent('end', '2026-11-19T02:30:00Z');
    expect(correlate([end], day).jobs[0]).toMatchObject({ startTime: null, durationSeconds: null });
  });

  it.each([
    ['younger than the policy allows', '2026-11-19T23:50:00Z', 'IN_PROGRESS'],
    ['older than the policy allows', '2026-11-19T11:59:00Z', 'UNKNOWN'],
  ])('a begin alone, %s, is %s at %s', (_words, time, status) => {
    expect(correlate([databaseEvent('begin', time)], day).jobs[0]).toMatchObject({ status, endTime: null });
  });

  it('counts a backup over midnight on the day that it ended in, and as running on the day before', () => {
    const events = [
      databaseEvent('begin', '2026-11-19T23:50:00Z'),
      databaseEvent('end', '2026-11-20T00:40:00Z'),
    ];
    expect(correlate(events, day).jobs.map(({ status }) => status)).toEqual(['IN_PROGRESS']);
    expect(correlate(events, dayOf('2026-11-20')).jobs.map(({ status }) => status)).toEqual(['SUCCEEDED']);
    expect(correlate(events, dayOf('2026-11-21')).jobs).toEqual([]);
  });

  it('keeps two backups of one day apart where the id is the autonomous database itself', () => {
    const { jobs } = correlate(
      [
        adbEvent('begin', '2026-11-19T01:00:00Z'),
        adbEvent('end', '2026-11-19T01:20:00Z'),
        adbEvent('begin', '2026-11-19T13:00:00Z'),
        adbEvent('end', '2026-11-19T13:10:00Z'),
      ],
      day,
    );
    expect(jobs.map(({ durationSeconds }) => durationSeconds)).toEqual([1200, 600]);
    expect(new Set(jobs.map(({ jobId }) => jobId)).size).toBe(2);
    expect(jobs[0]).toMatchObject({ resourceType: 'autonomous-database', resourceName: 'ATPRD01' });
  });

  it('pairs an end with the latest of several begins that are open', () => {
    const { all } = correlate(
      [
        adbEvent('begin', '2026-11-19T01:00:00Z'),
        adbEvent('begin', '2026-11-19T03:00:00Z'),
        adbEvent('begin', '2026-11-19T05:00:00Z'),
        adbEvent('end', '2026-11-19T05:20:00Z'),
        adbEvent('end', '2026-11-19T05:50:00Z'),
      ],
      day,
    );
    const hours = all.map(({ startMs, endMs }) =>
      [startMs, endMs].map((ms) => (ms === null ? null : new Date(ms).toISOString().slice(11, 16))),
    );
    expect(hours.sort()).toEqual([
      ['01:00', null],
      ['03:00', '05:50'],
      ['05:00', '05:20'],
    ]);
  });

  it('pairs an end of another operation than all that are open with the latest of them', () => {
    const adb = { resourceId: 'ocid1.autonomousdatabase.oc1.iad.a1', details: { lifecycleState: 'ACTIVE' } };
    const end = rawEvent({
      ...adb,
      type: 'databaseservice.automaticbackupautonomousdatabase.end',
      time: '2026-11-19T03:20:00Z',
    });
    const begins = [adbEvent('begin', '2026-11-19T01:00:00Z'), adbEvent('begin', '2026-11-19T03:00:00Z')];
    const { jobs } = correlate([...begins, end], day);
    expect(jobs.map(({ startTime, durationSeconds }) => [startTime, durationSeconds])).toContainEqual([
      '2026-11-19T03:00:00.000Z',
      1200,
    ]);
  });

  it('pairs an automatic end with the automatic begin while a manual backup runs', () => {
    const adb = { resourceId: 'ocid1.autonomousdatabase.oc1.iad.a1', details: { lifecycleState: 'ACTIVE' } };
    const automatic = 'databaseservice.automaticbackupautonomousdatabase';
    const manual = 'databaseservice.autonomous.database.backup';
    const { jobs } = correlate(
      [
        rawEvent({ ...adb, type: `${automatic}.begin`, time: '2026-11-19T01:00:00Z' }),
        rawEvent({ ...adb, type: `${manual}.begin`, time: '2026-11-19T01:10:00Z' }),
        rawEvent({ ...adb, type: `${automatic}.end`, time: '2026-11-19T01:30:00Z' }),
        rawEvent({ ...adb, type: `${manual}.end`, time: '2026-11-19T01:40:00Z' }),
      ],
      day,
    );
    expect(jobs.map(({ durationSeconds }) => durationSeconds)).toEqual([1800, 1800]);
  });

  it('puts a job whose event names no protected resource under "resource unknown"', () => {
    const event = rawEvent({
      type: 'mysqlaas.createbackup.end',
      time: '2026-11-19T03:00:00Z',
      resourceId: 'ocid1.mysqlbackup.oc1.iad.m1',
      details: { lifecycleState: 'ACTIVE' },
    });
    expect(correlate([event], day).jobs[0]).toMatchObject({
      resourceId: 'unknown:mysql:ocid1.mysqlbackup.oc1.iad.m1@2026-11-19T03:00:00.000Z',
      resourceName: 'resource unknown (m1)',
      status: 'SUCCEEDED',
    });
  });
});

describe('the jobs of a span, to a millisecond', () => {
  const beginMs = Date.parse('2026-11-19T02:00:00Z');
  const endMs = Date.parse('2026-11-19T03:00:00Z');
  const begin = databaseEvent('begin', '2026-11-19T02:00:00Z');
  const refused = databaseEvent('begin', '2026-11-19T02:00:00Z', { details: { lifecycleState: 'FAILED' } });
  const end = databaseEvent('end', '2026-11-19T03:00:00Z');
  const hourMs = endMs - beginMs;
  const whole = { fromMs: beginMs - hourMs, cutOffMs: endMs + hourMs, followedSinceMs: 0 };

  it.each<[string, readonly RawEvent[], Partial<JobSpan>, readonly string[]]>([
    ['ended at the start', [begin, end], { fromMs: endMs }, ['SUCCEEDED']],
    ['ended before the start', [begin, end], { fromMs: endMs + 1 }, []],
    ['ended before the cut-off', [begin, end], { cutOffMs: endMs + 1 }, ['SUCCEEDED']],
    ['ended at the cut-off', [begin, end], { cutOffMs: endMs }, ['IN_PROGRESS']],
    ['began at the cut-off', [begin, end], { cutOffMs: beginMs }, []],
    ['began when attempts are followed', [begin], { followedSinceMs: beginMs }, ['IN_PROGRESS']],
    ['began before attempts are followed', [begin], { followedSinceMs: beginMs + 1 }, []],
    ['runs as long as is allowed', [begin], { cutOffMs: beginMs + 4 * hourMs }, ['UNKNOWN']],
    ['runs less long', [begin], { cutOffMs: beginMs + 4 * hourMs - 1 }, ['IN_PROGRESS']],
    ['failed as it began, at the start', [refused], { fromMs: beginMs }, ['FAILED']],
    ['failed as it began, before the start', [refused], { fromMs: beginMs + 1 }, []],
    ['failed as it began, at the cut-off', [refused], { cutOffMs: beginMs }, []],
  ])('%s', (_words, records, span, expected) => {
    const jobs = correlateJobs(correlate(records, day).ledger.groups());
    const ofSpan = jobsOfSpan(jobs, { ...whole, ...span }, () => 4 * hourMs);
    expect(ofSpan.map(({ status }) => status)).toEqual(expected);
  });

  it.each([
    ['ended at its start', { startMs: endMs }, true],
    ['ended before its start', { startMs: endMs + 1 }, false],
    ['ended before its cut-off', { cutOffMs: endMs + 1 }, true],
    ['ended at its cut-off', { cutOffMs: endMs }, false],
  ])('are of a day: %s', (_words, over, expected) => {
    const [job] = correlate([begin, end], day).all;
    if (job === undefined) throw new Error('a job is expected');
    expect(belongsToDay(job, { ...day, ...over })).toBe(expected);
  });
});

describe('results', () => {
  it.each([
    [{ lifecycleState: 'ACTIVE' }, 'SUCCEEDED'],
    [{ lifecycleState: 'AVAILABLE' }, 'SUCCEEDED'],
    [{ lifecycleState: 'failed' }, 'FAILED'],
    [{ lifecycleState: 'CANCELED' }, 'CANCELED'],
    [{ lifecycleState: 'TERMINATED' }, 'CANCELED'],
    [{ lifecycleState: 'QUIESCED' }, 'UNKNOWN'],
    [{ lifecycleState: null }, 'UNKNOWN'],
    [{ lifecycleState: 'ACTIVE', backupState: 'FAULTY' }, 'FAILED'],
    [{ lifecycleState: 'CompletedWithWarnings' }, 'SUCCEEDED_WITH_WARNINGS'],
  ])('a database end with %j is %s', (details, status) => {
    expect(correlate([databaseEvent('end', '2026-11-19T02:30:00Z', { details })], day).jobs[0]?.status).toBe(
      status,
    );
  });

  it.each([
    [{ status: 'operationSucceed' }, {}, 'SUCCEEDED'],
    [{ status: 'operationFailed', backupState: 'AVAILABLE' }, {}, 'FAILED'],
    [{ status: null, backupState: 'FAULTY' }, {}, 'FAILED'],
    [{ status: null, backupState: null }, { status: 'operationFailed' }, 'FAILED'],
    [{ status: null, backupState: null }, { status: 'operationSucceed' }, 'SUCCEEDED'],
  ])('a volume end with details %j and data %j is %s', (details, data, status) => {
    const event = volumeEvent('end', '2026-11-19T02:30:00Z', { details, data: {} });
    Object.assign(event.data, data);
    expect(correlate([event], day).jobs[0]?.status).toBe(status);
  });

  it("shows the source's own word and reason verbatim", () => {
    const details = { lifecycleState: 'FAILED', lifecycleDetails: 'The database is not in archivelog mode.' };
    expect(correlate([databaseEvent('end', '2026-11-19T02:30:00Z', { details })], day).jobs[0]).toMatchObject(
      {
        state: 'FAILED',
        statusMessage: 'The database is not in archivelog mode.',
      },
    );
  });

  it('a snapshot that File Storage skipped is a failed attempt', () => {
    const event = rawEvent({
      type: 'filestorage.skippolicybasedsnapshotcreation',
      time: '2026-11-19T02:00:00Z',
      resourceId: 'ocid1.filesystem.oc1.iad.f1',
      resourceName: 'fs-home',
    });
    expect(correlate([event], day).jobs[0]).toMatchObject({ status: 'FAILED', resourceName: 'fs-home' });
  });

  it('a type about backups that the catalogue does not know is a job of unknown result', () => {
    const event = rawEvent({
      type: 'newservice.createbackup.end',
      time: '2026-11-19T02:00:00Z',
      details: { databaseId: 'ocid1.database.oc1.iad.n1', lifecycleState: 'ACTIVE' },
    });
    expect(correlate([event], day).jobs[0]).toMatchObject({
      kind: 'unrecognised',
      status: 'UNKNOWN',
      state: 'ACTIVE',
      resourceId: 'ocid1.database.oc1.iad.n1',
    });
  });

  it('a copy is a job of its own kind', () => {
    const event = volumeEvent('end', '2026-11-19T02:00:00Z', { type: 'blockvolumes.copyvolumebackup.end' });
    expect(correlate([event], day).jobs[0]).toMatchObject({ kind: 'copy', status: 'SUCCEEDED' });
  });
});
