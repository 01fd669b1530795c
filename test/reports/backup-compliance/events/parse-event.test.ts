import { describe, expect, it } from 'vitest';
import { createEventParser } from '../../../../src/reports/backup-compliance/events/parse-event.js';
import type { BackupEvent } from '../../../../src/reports/backup-compliance/model/backup-event.js';
import {
  auditEvent,
  conditionEvent,
  databaseEvent,
  rawEvent,
  volumeEvent,
} from '../../../support/raw-event.js';

const time = '2026-11-19T02:30:00Z';
const database = 'ocid1.database.oc1.iad.D1';
const databaseId = database.toLowerCase();
const backupId = 'ocid1.dbbackup.oc1.iad.b1';

function parse(raw: Record<string, unknown>): BackupEvent {
  const parsed = createEventParser()(raw);
  if (parsed.kind !== 'event') throw new Error(`it is ${parsed.kind}`);
  return parsed.event;
}

/** An event of a type, with nothing but what is given. */
function bare(
  type: string,
  parts: { resourceId?: string; resourceName?: string; details?: object },
): BackupEvent {
  const { resourceId = null, resourceName, details = {} } = parts;
  return parse(rawEvent({ type, time, resourceId, data: { resourceName }, details: { ...details } }));
}

describe('the protected resource', () => {
  const ended = 'databaseservice.backupdatabase.end';
  it.each([
    // A job is the named resource's, never the backup's own.
    [
      'in the details',
      ended,
      { resourceId: backupId, details: { databaseId: database } },
      databaseId,
      'database',
    ],
    ['only as the subject', ended, { resourceId: database }, databaseId, 'database'],
    ['nowhere', ended, { resourceId: backupId }, 'unknown:database', 'database'],
    [
      'in the details of a type that the catalogue does not have',
      'new.createbackup.end',
      { details: { volumeId: 'ocid1.bootvolume.oc1..b' } },
      'ocid1.bootvolume.oc1..b',
      'boot-volume',
    ],
    [
      'in the first field of its family',
      'blockvolumes.createvolumebackup.end',
      { details: { bootVolumeId: 'B', volumeId: 'V' } },
      'v',
      'volume',
    ],
    [
      'in another field of its family',
      'blockvolumes.createvolumebackup.end',
      { details: { bootVolumeId: 'B', volumeId: null } },
      'b',
      'volume',
    ],
    [
      'by no OCID, of a boot volume',
      'blockvolumes.createbootvolumebackup.end',
      { details: { bootVolumeId: 'B' } },
      'b',
      'boot-volume',
    ],
    [
      'by no OCID, of a group',
      'blockvolumes.createvolumegroupbackup.end',
      { details: { volumeGroupId: 'G' } },
      'g',
      'volume-group',
    ],
    // What a condition or a termination names is what it is about.
    [
      'of a condition',
      'databaseservice.database.critical',
      { resourceId: 'OCID1.DbSystem.oc1..s', details: { databaseId: database, eventName: 'A' } },
      'ocid1.dbsystem.oc1..s',
      'database',
    ],
    [
      'of a termination',
      'databaseservice.database.terminate.end',
      { resourceId: database, details: { databaseId: 'x' } },
      databaseId,
      'database',
    ],
    // A change may be of a backup, of a resource or of an assignment.
    [
      'of a change, itself',
      'mysqlaas.updatedbsystem.end',
      { resourceId: 'ocid1.mysqldbsystem.oc1..m', details: { dbSystemId: 'x' } },
      'ocid1.mysqldbsystem.oc1..m',
      'mysql-db-system',
    ],
    [
      'of a change of its backup',
      'databaseservice.updatebackup',
      { resourceId: backupId, details: { databaseId: database } },
      databaseId,
      'database',
    ],
    [
      'of a change of something else',
      'databaseservice.updatebackupdestination',
      { resourceId: 'ocid1.backupdestination.oc1..d' },
      'ocid1.backupdestination.oc1..d',
      'database',
    ],
    [
      'of an assignment',
      'blockvolumes.createvolumebackuppolicyassignment',
      { resourceId: 'ocid1.x.oc1..a', details: { assetId: 'OCID1.VOLUME.oc1..v', volumeId: 'w' } },
      'ocid1.volume.oc1..v',
      'volume',
    ],
    [
      'of a change that is no assignment',
      'blockvolumes.updatevolumebackup',
      { resourceId: 'ocid1.x.oc1..a', details: { assetId: 'v', volumeId: 'W' } },
      'w',
      'volume',
    ],
  ])('is named %s', (_words, type, parts, resourceId, resourceType) => {
    expect(bare(type, parts).resource).toMatchObject({ resourceId, resourceType });
  });

  it.each([
    ['the first name of its family', { details: { databaseId: 'd', dbName: 'N', dbUniqueName: 'U' } }, 'U'],
    ['another name of its family', { details: { databaseId: 'd', dbName: 'N', dbUniqueName: 'None' } }, 'N'],
    ["the subject's name, where that is the resource", { resourceId: database, resourceName: 'R' }, 'R'],
    ["not the backup's name", { resourceId: backupId, resourceName: 'R', details: { databaseId: 'D' } }, 'd'],
    ['no name', { resourceName: 'R' }, 'resource unknown'],
  ])('is called by %s', (_words, parts, name) => {
    expect(bare(ended, parts).resource.resourceName).toBe(name);
  });

  it('has its compartment, and is one object as long as it stays the same', () => {
    const read = createEventParser();
    const of = (compartmentId: string) => {
      const raw = databaseEvent('end', time);
      const parsed = read({ ...raw, data: { ...raw.data, compartmentId } });
      return parsed.kind === 'event' ? parsed.event.resource : null;
    };
    const first = of('OCID1.C.x');
    expect(first).toMatchObject({ compartmentId: 'ocid1.c.x', compartmentName: 'prod' });
    const moved = of('y');
    expect(moved).not.toEqual(first);
    expect(of('OCID1.C.x')).toBe(first);
    expect(of('y')).toBe(moved);
  });
});

describe('the traits of a backup', () => {
  it.each([
    [{ recoveryWindow: '30' }, { recoveryWindowDays: 30 }],
    [{ recoveryWindow: 7 }, { recoveryWindowDays: 7 }],
    [{ recoveryWindow: '0' }, { recoveryWindowDays: null }],
    [{ recoveryWindow: '-1' }, { recoveryWindowDays: null }],
    [{ recoveryWindow: 'a month' }, { recoveryWindowDays: null }],
    [{ recoveryWindow: null }, { recoveryWindowDays: null }],
    [{ autoBackupsEnabled: 'TRUE' }, { autoBackupEnabled: true }],
    [{ autoBackupsEnabled: false }, { autoBackupEnabled: false }],
    [{ autoBackupsEnabled: 'maybe' }, { autoBackupEnabled: null }],
    [
      { backupType: 'FULL', backupDestinationType: 'NFS' },
      { backupType: 'FULL', destinationType: 'NFS' },
    ],
    [{ sourceType: 'SCHEDULED' }, { trigger: 'SCHEDULED' }],
    [{}, { trigger: 'AUTOMATIC' }],
  ])('of details %j are %j', (details, traits) => {
    expect(parse(databaseEvent('end', time, { details })).traits).toMatchObject(traits);
  });

  it('are one object where they are equal', () => {
    const read = createEventParser();
    const of = (details: Record<string, unknown>) => {
      const parsed = read(databaseEvent('end', time, { details }));
      return parsed.kind === 'event' ? parsed.event : null;
    };
    const first = of({});
    expect(of({})?.traits).toBe(first?.traits);
    expect(of({})?.result).toBe(first?.result);
    const fields = [
      'backupType',
      'sourceType',
      'backupDestinationType',
      'recoveryWindow',
      'autoBackupsEnabled',
    ];
    for (const field of fields) expect(of({ [field]: '9' })?.traits).not.toEqual(first?.traits);
  });

  it('say automatic by the type alone', () => {
    expect(bare('filestorage.createpolicybasedsnapshot', {}).traits.trigger).toBe('AUTOMATIC');
    expect(bare('databaseservice.backupdatabase.end', {}).traits.trigger).toBeNull();
  });
});

describe('a condition', () => {
  it.each([
    ['critical', 'a.backup_failure', 'A.BACKUP_FAILURE', false],
    ['critical', 'A.DOWN_CLEARED', 'A.DOWN', true],
    ['information', 'A.DOWN_cleared', 'A.DOWN', true],
    ['critical', null, 'NOT NAMED', false],
  ] as const)('%s %j', (severity, eventName, name, cleared) => {
    const event = conditionEvent(severity, '', time, { details: { eventName } });
    expect(parse(event).condition).toMatchObject({ name, cleared });
  });

  it.each([
    ['information that clears nothing', conditionEvent('information', 'A.BACKUP_DONE', time)],
    ['information without a name', conditionEvent('information', '', time)],
    [
      'of a type that the catalogue does not have, unless it is about backups',
      rawEvent({ type: 'new.thing.critical', time, details: { eventName: 'A.DOWN' } }),
    ],
  ])('is ignored: %s', (_words, event) => {
    expect(createEventParser()(event)).toEqual({
      kind: 'ignored',
      eventType: event['eventType'],
      names: null,
    });
  });

  it('of a type that the catalogue does not have is kept where it is about backups', () => {
    const event = rawEvent({ type: 'new.thing.critical', time, details: { eventName: 'a.backup_x' } });
    expect(parse(event).condition?.name).toBe('A.BACKUP_X');
  });

  it.each([
    [{ resourceName: 'R' }, { dbUniqueName: 'U', dbName: 'N' }, 'R'],
    [{ resourceName: null }, { dbUniqueName: 'U', dbName: 'N' }, 'U'],
    [{ resourceName: null }, { dbUniqueName: null, dbName: 'N' }, 'N'],
    [{ resourceName: null }, { dbUniqueName: null, dbName: null }, null],
  ])('names its database by data %j, details %j: %j', (data, details, uniqueName) => {
    const event = conditionEvent('critical', 'A', time, { data, details });
    expect(parse(event).condition?.uniqueName).toBe(uniqueName);
  });

  it('keeps 4,000 characters of its description', () => {
    const event = conditionEvent('critical', 'A', time, { details: { description: 'x'.repeat(5000) } });
    expect(parse(event).condition?.description).toHaveLength(4000);
  });
});

describe('the id of an event', () => {
  const { eventID, ...without } = databaseEvent('end', time, { id: 'a', resourceId: backupId });
  it.each([
    [{ eventID, eventId: 'b', id: 'c' }, 'a'],
    [{ eventId: 'b', id: 'c' }, 'b'],
    [{ id: 7 }, '7'],
    [
      { eventID: 'null', id: {} },
      `no-id:com.oraclecloud.databaseservice.automaticbackupdatabase.end:${backupId}:${Date.parse(time)}`,
    ],
  ])('of %j is %s', (ids, expected) => {
    expect(parse({ ...without, ...ids }).eventId).toBe(expected);
  });
});

describe('details', () => {
  const stateChange = {
    previous: { lifecycleState: 'OLD' },
    current: { lifecycleState: 'FAILED', tags: {} },
  };
  it.each([
    ['as an object', { additionalDetails: { lifecycleState: 'ACTIVE' } }, 'ACTIVE'],
    ['as text', { additionalDetails: '{"lifecycleState":"ACTIVE"}' }, 'ACTIVE'],
    [
      'before the state change of Audit',
      { additionalDetails: { lifecycleState: 'ACTIVE' }, stateChange },
      'ACTIVE',
    ],
    ['without a state, beside a state change', { additionalDetails: { dbName: 'x' }, stateChange }, 'FAILED'],
    ['in a state change alone', { additionalDetails: null, stateChange }, 'FAILED'],
    [
      'in a state change as text',
      { additionalDetails: null, stateChange: JSON.stringify(stateChange) },
      'FAILED',
    ],
    ['nowhere', { additionalDetails: null, stateChange: { current: null } }, null],
  ])('are read %s', (_words, data, state) => {
    const raw = databaseEvent('end', time);
    expect(parse({ ...raw, data: { ...raw.data, ...data } }).result.state).toBe(state);
  });
});

describe('a call that Audit recorded', () => {
  const refused = { response: { status: '404', message: 'not found' } };
  const call = { time, resourceId: backupId, details: { lifecycleState: 'ACTIVE' } };
  it.each([
    ['databaseservice.deletebackup.end', { status: 'FAILED', state: '404' }, 'jane@example.com', 'not found'],
    [
      'databaseservice.database.terminate.end',
      { status: 'FAILED', state: '404' },
      'jane@example.com',
      'not found',
    ],
    ['databaseservice.updatebackup', { status: 'FAILED', state: '404' }, 'jane@example.com', 'not found'],
    [
      'databaseservice.autonomous.database.restore.end',
      { status: 'FAILED', state: '404' },
      'jane@example.com',
      'not found',
    ],
    // A backup is made by the service itself.
    ['databaseservice.backupdatabase.end', { status: 'SUCCEEDED', state: 'ACTIVE' }, null, null],
  ])('%s: %j by %j', (type, result, principal, message) => {
    expect(parse(auditEvent({ ...call, ...refused, type }))).toMatchObject({ result, principal, message });
  });

  it('keeps the reason of the event before that of the answer', () => {
    const details = { lifecycleDetails: 'in use' };
    const event = auditEvent({ ...call, ...refused, type: 'databaseservice.deletebackup.end', details });
    expect(parse(event).message).toBe('in use');
  });
});

describe('when it was created', () => {
  it.each([
    ['2026-11-19T02:00:00Z', Date.parse('2026-11-19T02:00:00Z')],
    ['2016-01-01T00:00:00Z', Date.parse('2016-01-01T00:00:00Z')],
    ['1970-01-01T00:00:01Z', null],
    ['2015-12-31T23:59:59.999Z', null],
    ['2027-11-21T00:00:00Z', null],
    ['2026-02-30T02:00:00Z', null],
    [1_795_143_857_102_000, null],
    ['whenever', null],
    [null, null],
  ])('as %j, is %j: what cannot be is unknown', (timeCreated, createdMs) => {
    expect(parse(databaseEvent('end', time, { details: { timeCreated } })).createdMs).toBe(createdMs);
  });
});

describe('an event that cannot be read', () => {
  const raw = volumeEvent('end', time);
  const withData = (data: object) => ({ ...raw, data: { ...raw.data, ...data } });
  it.each([
    [{ ...raw, eventType: 7 }, 'the event type is cut off'],
    [{ ...raw, eventTime: 'noon' }, 'the event has no readable time'],
    [{ ...raw, eventTime: '2026-02-30T02:00:00Z' }, 'the event has no readable time'],
    [
      withData({ additionalDetails: '{"status":"operationFailed","status":"operationSucceed"}' }),
      'the field status stands twice, with different values',
    ],
    [
      withData({ additionalDetails: null, stateChange: '{"current":{},"current":{"lifecycleState":"X"}}' }),
      'the field current stands twice, with different values',
    ],
    [{ ...raw, data: [] }, 'the event has no data'],
    [withData({ status: [] }), 'the field data.status is not text, a number or a boolean'],
    [
      withData({ additionalDetails: { volumeId: {} } }),
      'the field data.additionalDetails.volumeId is not text, a number or a boolean',
    ],
  ])('%# is rejected: %s', (value, reason) => {
    expect(createEventParser()(value)).toEqual({ kind: 'rejected', reason });
  });

  it('is none where the field is not used', () => {
    expect(parse(withData({ other: [], additionalDetails: { other: {} } })).timeMs).toBe(Date.parse(time));
  });

  it('of a type that is not about backups is ignored before anything of it is looked at', () => {
    const value = { eventType: 'com.oraclecloud.computeapi.launchinstance.end', eventTime: 'noon' };
    const { eventType } = value;
    expect(createEventParser()(value)).toEqual({ kind: 'ignored', eventType, names: null });
  });
});

describe('traits and results that are the same text when joined', () => {
  it('stay apart, also when many others were read between them', () => {
    const parseEvent = createEventParser();
    const traitsOf = (details: object) => {
      const parsed = parseEvent(databaseEvent('end', time, { details: { ...details } }));
      return parsed.kind === 'event' ? parsed.event.traits : undefined;
    };
    const one = traitsOf({ backupType: 'FULL|AUTOMATIC', sourceType: 'DAILY' });
    for (let index = 0; index < 50; index += 1) traitsOf({ backupType: `TYPE-${index}` });
    const other = traitsOf({ backupType: 'FULL', sourceType: 'AUTOMATIC|DAILY' });
    expect(one).toMatchObject({ backupType: 'FULL|AUTOMATIC', trigger: 'DAILY' });
    expect(other).toMatchObject({ backupType: 'FULL', trigger: 'AUTOMATIC|DAILY' });
    expect(traitsOf({ backupType: 'FULL|AUTOMATIC', sourceType: 'DAILY' })).toBe(one);
  });
});
