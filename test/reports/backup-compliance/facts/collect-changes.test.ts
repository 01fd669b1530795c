import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { sayChanges } from '../../../../src/reports/backup-compliance/document/sentences/say-changes.js';
import { collectChanges } from '../../../../src/reports/backup-compliance/facts/collect-changes.js';
import type { BackupChange } from '../../../../src/reports/backup-compliance/model/backup-change.js';
import { english } from '../../../support/judge-day.js';
import { correlate, dayOf } from '../../../support/judge.js';
import {
  type RawEvent,
  auditEvent,
  databaseEvent,
  rawEvent,
  volumeEvent,
} from '../../../support/raw-event.js';

const day = dayOf('2026-11-19');

function changesOf(records: readonly RawEvent[]): BackupChange[] {
  const { ledger, all } = correlate(records, day);
  return [...sayChanges(collectChanges([...ledger.ofTypes(() => true)], all, day), english)];
}

function at(clock: string, date = '2026-11-19'): string {
  return `${date}T${clock}Z`;
}

/** The deletion of a backup of data01 that was made twelve days before. */
function deletion(phase: 'begin' | 'end', time: string, over: Partial<RawEvent['data']> = {}): RawEvent {
  return volumeEvent(phase, time, {
    type: `blockvolumes.deletevolumebackup.${phase}`,
    details: { timeCreated: at('03:00:00', '2026-11-07') },
    ...over,
  });
}

function updateOf(phase: '' | '.begin' | '.end', time: string, id?: string): RawEvent {
  return rawEvent({
    type: `databaseservice.updatedatabase${phase}`,
    time,
    resourceId: 'ocid1.database.oc1.iad.erpprd',
    resourceName: 'ERPPRD',
    details: { lifecycleState: 'AVAILABLE' },
    ...(id === undefined ? {} : { id }),
  });
}

/** A deletion of a backup of the database named, under one event id. */
function deletionOf(name: string, time: string, resourceId: string | null): RawEvent {
  return databaseEvent('begin', time, {
    type: 'databaseservice.deletebackup.begin',
    id: 'unique_ID',
    resourceId,
    details: { databaseId: name === '' ? null : `ocid1.database.oc1.iad.${name}`, dbUniqueName: name },
  });
}

describe('changes under one event id', () => {
  it.each([
    ['and one resource id are as many as they name databases', 'ocid1.dbbackup.oc1.iad.x', ['one', 'two']],
    ['without a resource id are as many as they name databases', null, ['one', 'two']],
    ['that name nothing are as many as there are', null, ['', '']],
  ])('%s', (_words, resourceId, names) => {
    const records = names.map((name, nth) => deletionOf(name, at(`03:00:0${nth}`), resourceId));
    for (const order of [records, records.toReversed()]) {
      expect(changesOf(order).map(({ resourceName }) => resourceName)).toEqual(
        names.map((name) => name || 'resource unknown'),
      );
    }
  });
});

describe('a change', () => {
  it('is one entry of its begin and its end', () => {
    const records = [deletion('begin', at('03:00:00')), deletion('end', at('03:05:00'))];
    expect(changesOf(records)).toEqual([
      {
        time: '2026-11-19T03:05:00.000Z',
        kind: 'deletion',
        what: 'Delete Volume Backup',
        resourceId: 'ocid1.volume.oc1.iad.data01',
        resourceType: 'volume',
        resourceName: 'data01',
        subjectId: 'ocid1.volumebackup.oc1.iad.v1',
        state: 'operationSucceed',
        principal: null,
        detail: 'the backup was 12 d old',
        eventId: records[1]?.['eventID'],
      },
    ]);
  });

  it('that has no end yet is begun', () => {
    expect(changesOf([deletion('begin', at('23:59:00'))])).toEqual([
      expect.objectContaining({ state: null, detail: 'begun', what: 'Delete Volume Backup' }),
    ]);
  });

  it.each([
    ['before the day', at('23:59:59', '2026-11-18')],
    ['at its cut-off', at('00:00:00', '2026-11-20')],
  ])('%s is not of the day', (_words, time) => {
    expect(changesOf([deletion('end', time)])).toEqual([]);
  });

  it('that began the day before is shown by its end', () => {
    const records = [deletion('begin', at('23:59:00', '2026-11-18')), deletion('end', at('00:01:00'))];
    expect(changesOf(records)).toEqual([expect.objectContaining({ time: '2026-11-19T00:01:00.000Z' })]);
  });

  it.each([
    ['databaseservice.updatedatabase.end', 'settings', 'Database - Update'],
    ['databaseservice.database.terminate.end', 'termination', 'Database - Terminate'],
    ['databaseservice.deletebackup.end', 'deletion', 'Database - Delete Backup'],
    [
      'databaseservice.autonomous.database.backup.updateautonomousdatabasebackup.end',
      'settings',
      'Autonomous Database - Backup Update',
    ],
    ['blockvolumes.deletevolumebackuppolicy', 'settings', 'Delete Volume Backup Policy'],
    [
      'databaseservice.autonomous.database.backup.longtermbackupexpiresinaday.reminder',
      'settings',
      'Autonomous Database - Long-term Backup Will Expire In 24 Hours',
    ],
    ['newservice.deletebackup.end', 'settings', 'com.oraclecloud.newservice.deletebackup'],
  ])('of type %s is of kind %s: %s', (type, kind, what) => {
    expect(changesOf([rawEvent({ type, time: at('04:00:00') })])).toEqual([
      expect.objectContaining({ kind, what }),
    ]);
  });

  it('of the resource itself names no other subject', () => {
    expect(changesOf([updateOf('.end', at('04:00:00'))])[0]).toMatchObject({
      resourceId: 'ocid1.database.oc1.iad.erpprd',
      subjectId: null,
      state: 'AVAILABLE',
      detail: null,
    });
  });

  it("gives the source's own words, and the age of a deleted backup", () => {
    const timeCreated = at('03:05:00', '2026-11-18');
    const details = { lifecycleDetails: 'Retention lock ended', lifecycleState: 'DELETED', timeCreated };
    const records = [
      databaseEvent('end', at('03:05:00'), { type: 'databaseservice.deletebackup.end', details }),
      rawEvent({
        type: 'mysqlaas.updatebackup',
        time: at('03:06:00'),
        details: { lifecycleDetails: 'Kept longer' },
      }),
    ];
    expect(changesOf(records).map(({ detail }) => detail)).toEqual([
      'Retention lock ended; the backup was 24 h old',
      'Kept longer',
    ]);
  });

  it('is not what is no change', () => {
    const condition = {
      type: 'databaseservice.database.critical',
      details: { eventName: 'X.BACKUP_FAILURE' },
    };
    expect(
      changesOf([databaseEvent('end', at('02:00:00')), rawEvent({ ...condition, time: at('02:00:00') })]),
    ).toEqual([]);
  });
});

describe('changes of one subject', () => {
  it('are paired one by one', () => {
    const records = [
      updateOf('.begin', at('04:00:00')),
      updateOf('.end', at('04:10:00')),
      updateOf('.begin', at('05:00:00')),
      updateOf('.end', at('05:10:00')),
      updateOf('.begin', at('06:00:00')),
    ];
    expect(changesOf(records).map(({ time, detail }) => [time.slice(11, 16), detail])).toEqual([
      ['04:10', null],
      ['05:10', null],
      ['06:00', 'begun'],
    ]);
  });

  it('that end without a begin stand for themselves', () => {
    expect(changesOf([updateOf('.end', at('04:10:00')), updateOf('.end', at('05:10:00'))])).toHaveLength(2);
  });

  it('whose end was lost are not hidden by a later one', () => {
    const records = [
      updateOf('.begin', at('04:00:00')),
      updateOf('.begin', at('09:00:00')),
      updateOf('.end', at('09:01:00')),
    ];
    expect(changesOf(records).map(({ time }) => time.slice(11, 16))).toEqual(['04:00', '09:01']);
  });

  it('that name no subject and no resource stand alone', () => {
    const type = 'blockvolumes.deletevolumebackup.end';
    const records = [1, 2].map(() => rawEvent({ type, time: at('04:00:00'), resourceId: null }));
    expect(changesOf(records)).toHaveLength(2);
  });
});

describe('Audit beside events', () => {
  const subject = { resourceId: 'ocid1.volumebackup.oc1.iad.v1' };

  it.each([
    ['in the same second', '03:00:00.700', 'BlockVolumes.DeleteVolumeBackup.begin'],
    ['a second later', '03:00:01', 'BlockVolumes.DeleteVolumeBackup.begin'],
    ['without a phase', '03:00:02', 'BlockVolumes.DeleteVolumeBackup'],
    ['without a phase, earlier', '02:59:58', 'BlockVolumes.DeleteVolumeBackup'],
  ])('makes one entry that says who did it: %s', (_words, clock, type) => {
    const records = [
      deletion('begin', at('03:00:00')),
      deletion('end', at('03:05:00')),
      auditEvent({ type, time: at(clock), ...subject }),
    ];
    for (const inOrder of [records, records.toReversed()]) {
      expect(changesOf(inOrder)).toEqual([
        expect.objectContaining({
          resourceId: 'ocid1.volume.oc1.iad.data01',
          principal: 'jane@example.com',
          detail: 'the backup was 12 d old',
        }),
      ]);
    }
  });

  it('alone tells of a change as well', () => {
    const type = 'BlockVolumes.UpdateVolumeBackupPolicy';
    const resourceId = 'ocid1.volumebackuppolicy.oc1..gold';
    const record = auditEvent({ type, time: at('07:00:00'), resourceId, resourceName: 'gold' });
    expect(changesOf([record])).toEqual([
      expect.objectContaining({
        kind: 'settings',
        resourceName: 'gold',
        principal: 'jane@example.com',
        state: null,
      }),
    ]);
  });

  it('shows a call that was refused, and what went on beside it', () => {
    const response = { status: 409, message: 'The backup is being deleted' };
    const records = [
      deletion('begin', at('03:00:00')),
      auditEvent({
        type: 'BlockVolumes.DeleteVolumeBackup.begin',
        time: at('03:02:00'),
        response,
        ...subject,
      }),
      deletion('end', at('03:05:00')),
    ];
    expect(changesOf(records).map(({ state, detail }) => [state, detail])).toEqual([
      ['409', 'The backup is being deleted'],
      ['operationSucceed', 'the backup was 12 d old'],
    ]);
  });
});

describe('a restore', () => {
  const type = 'DatabaseService.RestoreDatabase';
  const resourceId = 'ocid1.database.oc1.iad.erpprd';
  const details = { databaseId: resourceId, dbUniqueName: 'ERPPRD' };

  it('is listed with its status and who began it', () => {
    const records = [
      auditEvent({ type: `${type}.begin`, time: at('04:00:00'), resourceId, details }),
      rawEvent({
        type: `${type}.end`,
        time: at('05:00:00'),
        resourceId,
        details: { ...details, lifecycleState: 'FAILED', lifecycleDetails: 'ORA-19870' },
      }),
    ];
    expect(changesOf(records)).toEqual([
      expect.objectContaining({
        time: '2026-11-19T05:00:00.000Z',
        kind: 'restore',
        what: 'Database - Restore',
        resourceName: 'ERPPRD',
        subjectId: null,
        state: 'failed',
        principal: 'jane@example.com',
        detail: 'ORA-19870',
      }),
    ]);
  });

  it('that runs is listed by its begin', () => {
    const record = rawEvent({ type: `${type}.begin`, time: at('23:00:00'), resourceId, details });
    expect(changesOf([record])).toEqual([
      expect.objectContaining({ time: '2026-11-19T23:00:00.000Z', state: 'in progress', detail: null }),
    ]);
  });

  it('of another day is not listed, and a backup never', () => {
    const time = at('05:00:00', '2026-11-18');
    const earlier = rawEvent({ type: `${type}.end`, time, resourceId, details });
    expect(changesOf([earlier, databaseEvent('end', at('02:00:00'))])).toEqual([]);
  });
});

describe('the order of changes', () => {
  const arbitraryChange = fc
    .record({
      phase: fc.constantFrom('' as const, '.begin' as const, '.end' as const),
      minute: fc.integer({ min: 0, max: 5 }),
      id: fc.integer({ min: 1, max: 20 }),
    })
    .map(({ phase, minute, id }) => updateOf(phase, at(`04:0${minute}:00`), `id-${id}`));

  it('is by time, then name, then event', () => {
    const of = (name: string, id: string): RawEvent =>
      rawEvent({
        type: 'mysqlaas.updatebackup',
        time: at('04:00:00'),
        id,
        resourceId: `ocid1.mysqlbackup.oc1.iad.${id}`,
        details: { dbSystemId: `ocid1.mysqldbsystem.oc1.iad.${name}`, dbSystemName: name },
      });
    const records = [of('b', 'x'), of('a', 'z'), of('a', 'y'), updateOf('.end', at('03:00:00'), 'w')];
    expect(changesOf(records).map(({ eventId }) => eventId)).toEqual(['w', 'y', 'z', 'x']);
  });

  it('does not depend on that of reading', () => {
    fc.assert(
      fc.property(
        fc
          .array(arbitraryChange, { maxLength: 10 })
          .chain((events) =>
            fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
          ),
        ([events, shuffled]) => {
          expect(changesOf(shuffled)).toEqual(changesOf(events));
        },
      ),
    );
  });
});
