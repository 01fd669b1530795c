import { describe, expect, it } from 'vitest';
import { toBeginEvents } from '../../../../src/reports/backup-compliance/memory/memory.js';
import { runningOf } from '../../../../src/reports/backup-compliance/memory/running-attempts.js';
import { correlate, dayOf } from '../../../support/judge.js';
import { databaseEvent, rawEvent, volumeEvent } from '../../../support/raw-event.js';

const day = dayOf('2026-11-19');
const at = (time: string): number => Date.parse(`2026-11-19T${time}Z`);
const key = 'ocid1.key.oc1.iad.k';

/** An attempt whose events name the resource alone: which end is of which begin can only be guessed. */
function keyBackup(phase: 'begin' | 'end', time: string): unknown {
  return rawEvent({
    type: `keymanagementservice.backupkey.${phase}`,
    time: `2026-11-19T${time}Z`,
    resourceId: key,
    resourceName: 'payroll-key',
    id: `key-${phase}`,
  });
}

/** An attempt whose events name the backup itself. */
function volumeBackup(phase: 'begin' | 'end', time: string): unknown {
  return volumeEvent(phase, `2026-11-19T${time}Z`, { id: `volume-${phase}` });
}

function runningIds(records: readonly unknown[], rereadFromMs: number | null): readonly string[] {
  return runningOf(correlate(records, day).all, rereadFromMs).map(({ eventId }) => eventId);
}

describe('attempts that are passed on', () => {
  const ended = [keyBackup('begin', '02:00:00'), keyBackup('end', '03:00:00')];
  it.each<[string, readonly unknown[], number | null, readonly string[]]>([
    ['one that runs', [volumeBackup('begin', '02:00:00')], null, ['volume-begin']],
    ['none that has ended', ended, null, []],
    ['no end alone', [volumeBackup('end', '03:00:00')], at('04:00:00'), []],
    ['one that began before what is read again', ended, at('02:00:01'), ['key-begin']],
    ['none that began with it', ended, at('02:00:00'), []],
    [
      'none whose events name the backup itself',
      [volumeBackup('begin', '02:00:00'), volumeBackup('end', '03:00:00')],
      at('04:00:00'),
      [],
    ],
  ])('are %s', (_words, records, rereadFromMs, expected) => {
    expect(runningIds(records, rereadFromMs)).toEqual(expected);
  });

  it('are the same events when the next day reads them', () => {
    const begin = databaseEvent('begin', '2026-11-19T02:00:00Z', {
      id: 'begin',
      details: { timeCreated: '2026-11-19T01:59:00Z', lifecycleDetails: 'queued' },
    });
    const { all } = correlate([begin], day);
    const [event] = toBeginEvents(runningOf(all, null));
    const {
      dbSystemId: _system,
      volumeGroupId: _group,
      parents: _parents,
      ...resource
    } = all[0]?.begin?.resource ?? {};
    expect(event).toMatchObject({
      eventId: 'begin',
      type: { name: 'com.oraclecloud.databaseservice.automaticbackupdatabase.begin', phase: 'begin' },
      timeMs: at('02:00:00'),
      createdMs: at('01:59:00'),
      subjectId: 'ocid1.dbbackup.oc1.iad.b1',
      traits: { backupType: 'Incremental', recoveryWindowDays: 30 },
      result: { status: null, state: null },
      message: all[0]?.begin?.message,
    });
    expect(event?.resource).toEqual(resource);
  });

  it('say when they have ended', () => {
    const [attempt] = runningOf(correlate(ended, day).all, at('04:00:00'));
    expect(attempt).toMatchObject({
      eventId: 'key-begin',
      endedTime: '2026-11-19T03:00:00.000Z',
      createdTime: null,
    });
  });

  it.each([
    ['a type that is no longer known', { eventType: 'com.or' }],
    ['a time that is none', { time: 'noon' }],
  ])('are left out with %s', (_words, over) => {
    const [attempt] = runningOf(correlate([volumeBackup('begin', '02:00:00')], day).all, null);
    if (attempt === undefined) throw new Error('an attempt runs');
    expect(toBeginEvents([{ ...attempt, ...over }, attempt]).map(({ timeMs }) => timeMs)).toEqual([
      at('02:00:00'),
    ]);
  });
});
