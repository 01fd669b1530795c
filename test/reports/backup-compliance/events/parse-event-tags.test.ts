import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { createEventParser } from '../../../../src/reports/backup-compliance/events/parse-event.js';
import type {
  BackupEvent,
  ResourceRef,
} from '../../../../src/reports/backup-compliance/model/backup-event.js';
import {
  type RawEvent,
  auditEvent,
  databaseEvent,
  rawEvent,
  volumeEvent,
} from '../../../support/raw-event.js';

const time = '2026-11-19T02:00:00Z';

/** Parses with one parser, as a run does. */
function parseAll(values: readonly RawEvent[]): BackupEvent[] {
  const parse = createEventParser();
  return values.map((value) => {
    // As it comes from a file: `__proto__` is a key like any other.
    const parsed = parse(JSON.parse(JSON.stringify(value)) as RawEvent);
    if (parsed.kind !== 'event') throw new Error(`${parsed.kind}: ${JSON.stringify(value)}`);
    return parsed.event;
  });
}

function parseOne(value: RawEvent): BackupEvent {
  const [event] = parseAll([value]);
  if (event === undefined) throw new Error('nothing was parsed');
  return event;
}

function tagsOf(data: Record<string, unknown>): ResourceRef['tags'] {
  return parseOne(databaseEvent('end', time, { data })).resource.tags;
}

const own = (at: string, namespace: string) =>
  databaseEvent('end', time, {
    data: { freeformTags: { CreatedOn: at }, definedTags: { [namespace]: { CreatedOn: at } } },
  });

describe('tags', () => {
  it.each(['freeformTags', 'freeFormTags'])('are read from %s and from definedTags', (spelling) => {
    const tags = tagsOf({
      [spelling]: { zone: 'b', env: 'prod' },
      definedTags: { Operations: { Tier: '1' }, Finance: { CostCenter: 42 } },
    });
    expect(tags).toEqual({ 'Finance.CostCenter': '42', 'Operations.Tier': '1', env: 'prod', zone: 'b' });
    expect(Object.keys(tags)).toEqual(['Finance.CostCenter', 'Operations.Tier', 'env', 'zone']);
  });

  it('are read from JSON text', () => {
    expect(tagsOf({ freeformTags: '{"env":"prod"}', definedTags: '{"Org":{"Team":"core"}}' })).toEqual({
      'Org.Team': 'core',
      env: 'prod',
    });
  });

  it.each([
    ['absent', {}],
    ['null', { freeformTags: null, definedTags: null }],
    ['empty', { freeformTags: {}, definedTags: '{}' }],
    ['words for null', { freeformTags: 'None', definedTags: 'null' }],
    ['lists', { freeformTags: [{ env: 'prod' }], definedTags: ['x'] }],
    ['numbers', { freeformTags: 7, definedTags: true }],
    ['text that is no JSON', { freeformTags: '{"env":', definedTags: 'env=prod' }],
    [
      'nested',
      { freeformTags: { a: { b: 'c' }, d: ['e'] }, definedTags: { ns: 'x', other: { f: { g: 1 } } } },
    ],
  ])('that are %s are no tags, and reject nothing', (_words, data) => {
    expect(tagsOf(data)).toEqual({});
  });

  it('are one shared empty object where there are none', () => {
    const [one, other] = parseAll([
      databaseEvent('begin', time, { data: { freeformTags: {} } }),
      volumeEvent('begin', time),
    ]);
    expect(one?.resource.tags).toBe(other?.resource.tags);
    expect(Object.isFrozen(one?.resource.tags)).toBe(true);
  });

  it('keep what is text, a number or a boolean beside what is not', () => {
    expect(tagsOf({ freeformTags: { a: 1, b: true, c: null, d: {}, e: 'x' } })).toEqual({
      a: '1',
      b: 'true',
      e: 'x',
    });
  });

  it('of hostile names are tags like any other', () => {
    const freeformTags: unknown = JSON.parse('{"__proto__":"x","constructor":"y","toString":"z"}');
    const definedTags: unknown = JSON.parse('{"__proto__":{"polluted":"yes"}}');
    const tags = tagsOf({ freeformTags, definedTags });
    expect(Object.entries(tags)).toEqual([
      ['__proto__', 'x'],
      ['__proto__.polluted', 'yes'],
      ['constructor', 'y'],
      ['toString', 'z'],
    ]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('are bounded in number and length', () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_each, index) => [`k${index}`, 'v']));
    expect(Object.keys(tagsOf({ freeformTags: many }))).toHaveLength(50);
    expect(tagsOf({ freeformTags: { long: 'x'.repeat(1000) } })['long']).toHaveLength(256);
  });

  it('leave out when the backup was made, which OCI writes into each', () => {
    const definedTags = { 'Oracle-Tags': { CreatedBy: 'backup-service', CreatedOn: time } };
    expect(tagsOf({ definedTags })).toEqual({ 'Oracle-Tags.CreatedBy': 'backup-service' });
  });
});

describe('resources', () => {
  const definedTags = {
    Org: { Team: 'core', Tier: '1' },
    'Oracle-Tags': { CreatedBy: 'x', CreatedOn: time },
  };

  it('of that name that a person gave are read anew each time', () => {
    const events = parseAll([own('1', 'Ours'), own('2', 'Ours'), own('3', 'Oracle-Tags')]);
    expect(events.map(({ resource }) => resource.tags)).toEqual([
      { CreatedOn: '1', 'Ours.CreatedOn': '1' },
      { CreatedOn: '2', 'Ours.CreatedOn': '2' },
      { CreatedOn: '3' },
    ]);
  });

  it('of that name among the freeform ones are read anew, too', () => {
    const events = ['1', '2'].map((at) =>
      databaseEvent('end', time, {
        data: { freeformTags: { CreatedOn: at }, definedTags: { A: { b: 'c' } } },
      }),
    );
    expect(parseAll(events).map(({ resource }) => resource.tags['CreatedOn'])).toEqual(['1', '2']);
  });

  it('with equal tags are one object, in whatever order and spelling the tags come', () => {
    const reordered = {
      'Oracle-Tags': { CreatedOn: '2026', CreatedBy: 'x' },
      Org: { Tier: 1, Team: 'core' },
    };
    const events = parseAll(
      [definedTags, structuredClone(definedTags), reordered, JSON.stringify(definedTags), definedTags].map(
        (each) => databaseEvent('end', time, { data: { definedTags: each } }),
      ),
    );
    expect(new Set(events.map(({ resource }) => resource)).size).toBe(1);
  });

  it.each([
    ['another value', { ...definedTags, Org: { Team: 'core', Tier: '2' } }],
    ['one less', { ...definedTags, Org: { Team: 'core' } }],
    ['one more', { ...definedTags, Org: { ...definedTags.Org, Extra: 'x' } }],
    ['another namespace', { ...definedTags, More: { Team: 'core' } }],
    ['another one instead of the time', { ...definedTags, 'Oracle-Tags': { CreatedBy: 'x', Other: time } }],
    ['none', {}],
  ])('with %s are another', (_words, other) => {
    const events = parseAll(
      [definedTags, other, definedTags].map((each) =>
        databaseEvent('end', time, { data: { definedTags: each } }),
      ),
    );
    expect(events[1]?.resource).not.toBe(events[0]?.resource);
    expect(events[1]?.resource.tags).not.toEqual(events[0]?.resource.tags);
    expect(events[2]?.resource).toBe(events[0]?.resource);
  });

  it('have the same tags whichever events came before', () => {
    const text = fc.constantFrom('a', 'b', '__proto__', 'CreatedOn', 'Oracle-Tags', 'toString');
    const value = fc.oneof(text, fc.integer({ min: 0, max: 2 }), fc.boolean(), fc.constant(null));
    const freeform = fc.oneof(fc.dictionary(text, value), fc.constantFrom(null, 'None', '{"a":"1"}', ['x']));
    const tagged = fc.record({
      freeformTags: freeform,
      definedTags: fc.oneof(fc.dictionary(text, freeform), fc.constantFrom(null, '{"a":{"b":"c"}}')),
    });
    fc.assert(
      fc.property(fc.array(tagged, { maxLength: 8 }), (all) => {
        const events = all.map((data) => databaseEvent('end', time, { data }));
        const together = parseAll(events).map(({ resource }) => JSON.stringify(resource.tags));
        expect(together).toEqual(events.map((event) => JSON.stringify(parseOne(event).resource.tags)));
      }),
    );
  });

  it('whose tags differ from event to event are read all the same', () => {
    const events = Array.from({ length: 3000 }, (_each, index) =>
      databaseEvent('end', time, { data: { freeformTags: { serial: String(index) } } }),
    );
    expect(parseAll(events).at(-1)?.resource.tags).toEqual({ serial: '2999' });
  });
});

describe('who caused an event', () => {
  const deletion = { type: 'DatabaseService.DeleteBackup.end', time };

  it.each([
    ['its name', { principalName: 'jane', callerName: 'proxy', principalId: 'ocid1.user.oc1..x' }, 'jane'],
    ['the caller where it has none', { principalName: 'None', callerName: 'proxy' }, 'proxy'],
    [
      'its OCID where nobody has a name',
      { principalName: null, principalId: 'ocid1.user.oc1..x' },
      'ocid1.user.oc1..x',
    ],
    ['text', JSON.stringify({ principalName: 'jane' }), 'jane'],
    ['nothing', {}, null],
    ['junk', { principalName: { a: 1 }, callerName: ['x'] }, null],
    ['a list', ['jane'], null],
  ])('is told by %s', (_words, identity, principal) => {
    expect(parseOne(auditEvent({ ...deletion, identity })).principal).toBe(principal);
  });

  it.each([
    ['DatabaseService.DeleteBackup.end', 'jane@example.com'],
    ['BlockVolumes.UpdateVolumeBackupPolicy', 'jane@example.com'],
    ['DatabaseService.RestoreDatabase.begin', 'jane@example.com'],
    ['DatabaseService.Database.Terminate.end', 'jane@example.com'],
    ['BlockVolumes.CreateVolumeBackup.end', null],
  ])('is kept for %s: %s', (type, principal) => {
    expect(parseOne(auditEvent({ type, time })).principal).toBe(principal);
  });

  it('is all that is kept of an identity', () => {
    const text = JSON.stringify(parseOne(auditEvent(deletion)));
    expect(text).toContain('jane@example.com');
    expect(text).not.toMatch(/secret|192\.0\.2\.7|ocid1\.user/);
  });
});

describe('an Audit record', () => {
  it.each([
    ['DatabaseService.DeleteBackup', 'database', 'deletion', 'single'],
    ['DatabaseService.UpdateBackup', 'database', 'change', 'single'],
    ['DatabaseService.CancelBackup.begin', 'database', 'change', 'begin'],
    ['DatabaseService.CreateBackup.end', 'database', 'backup', 'end'],
    ['DatabaseService.CreateBackup', 'database', 'backup', 'begin'],
    ['DatabaseService.RestoreDatabase', 'database', 'restore', 'begin'],
    ['DatabaseService.UpdateDatabase.end', 'database', 'change', 'end'],
    ['DatabaseService.DeleteBackupDestination.end', 'database', 'change', 'end'],
    ['DatabaseService.UpdateBackupDestination', 'database', 'change', 'single'],
    ['DatabaseService.DeleteAutonomousDatabaseBackup.end', 'autonomous-database', 'deletion', 'end'],
    ['DatabaseService.UpdateAutonomousDatabaseBackup.begin', 'autonomous-database', 'change', 'begin'],
    ['DatabaseService.UpdateAutonomousDatabase', 'autonomous-database', 'change', 'single'],
    ['DatabaseService.RestoreAutonomousDatabase.end', 'autonomous-database', 'restore', 'end'],
    [
      'DatabaseService.UpdateAutonomousContainerDatabase.end',
      'autonomous-container-database',
      'change',
      'end',
    ],
    ['BlockVolumes.DeleteVolumeBackup.end', 'block-volume', 'deletion', 'end'],
    ['BlockVolumes.DeleteBootVolumeBackup', 'block-volume', 'deletion', 'single'],
    ['BlockVolumes.DeleteVolumeGroupBackup.begin', 'block-volume', 'deletion', 'begin'],
    ['BlockVolumes.UpdateVolumeBackup', 'block-volume', 'change', 'single'],
    ['BlockVolumes.UpdateBootVolumeBackup', 'block-volume', 'change', 'single'],
    ['BlockVolumes.CreateVolumeBackupPolicyAssignment', 'block-volume', 'change', 'single'],
    ['BlockVolumes.DeleteVolumeBackupPolicyAssignment', 'block-volume', 'change', 'single'],
    ['BlockVolumes.UpdateVolumeBackupPolicy', 'block-volume', 'change', 'single'],
    ['BlockVolumes.DeleteVolumeBackupPolicy', 'block-volume', 'change', 'single'],
    ['autonomousRecoveryService.DeleteProtectedDatabase.end', 'recovery-service', 'change', 'end'],
    ['autonomousRecoveryService.ScheduleProtectedDatabaseDeletion', 'recovery-service', 'change', 'single'],
    ['autonomousRecoveryService.CancelProtectedDatabaseDeletion.end', 'recovery-service', 'change', 'end'],
    ['autonomousRecoveryService.UpdateProtectedDatabase', 'recovery-service', 'change', 'single'],
    ['autonomousRecoveryService.UpdateProtectionPolicy.end', 'recovery-service', 'change', 'end'],
    ['autonomousRecoveryService.DeleteProtectionPolicy.begin', 'recovery-service', 'change', 'begin'],
    ['objectstorage.createretentionrule', 'unknown', 'change', 'single'],
    ['objectstorage.updateretentionrule', 'unknown', 'change', 'single'],
    ['objectstorage.deleteretentionrule', 'unknown', 'change', 'single'],
    ['Mysqlaas.DeleteBackup', 'mysql', 'deletion', 'single'],
    ['Mysqlaas.UpdateDbSystem.end', 'mysql', 'change', 'end'],
    ['postgresql.DeleteBackup.end', 'postgresql', 'deletion', 'end'],
    ['postgresql.UpdateDbSystem', 'postgresql', 'change', 'single'],
  ])('of %s is known: %s, %s, %s', (type, family, action, phase) => {
    expect(parseOne(auditEvent({ type, time })).type).toMatchObject({
      family,
      action,
      phase,
      catalogued: true,
    });
  });

  it.each([
    ['DatabaseService.CreateBackup.end', 'databaseservice.backupdatabase.end'],
    ['DatabaseService.RestoreAutonomousDatabase.begin', 'databaseservice.autonomous.database.restore.begin'],
    ['DatabaseService.CreateBackup', 'databaseservice.backupdatabase.begin'],
    ['BlockVolumes.DeleteVolumeBackup.end', 'blockvolumes.deletevolumebackup.end'],
    ['DATABASESERVICE.DELETEBACKUP', 'DatabaseService.DeleteBackup'],
  ])('of %s has the very type of %s', (type, other) => {
    const [one, same] = parseAll([auditEvent({ type, time }), rawEvent({ type: other, time })]);
    expect(one?.type).toBe(same?.type);
  });

  it('of a refused call says so', () => {
    const response = { status: '404', message: 'Authorization failed or requested resource not found.' };
    const refused = parseOne(auditEvent({ type: 'DatabaseService.DeleteBackup', time, response }));
    expect(refused.result).toEqual({ status: 'FAILED', state: '404' });
    expect(refused.message).toBe(response.message);
  });
});

describe('the resource of a change', () => {
  const assignment = 'ocid1.volumebackuppolicyassign.oc1.iad.a1';
  const type = 'blockvolumes.deletevolumebackuppolicyassignment';

  it('is the volume that a policy was taken from, where the event names it', () => {
    const details = { assetId: 'OCID1.VOLUME.OC1.IAD.DATA01', volumeName: 'data01' };
    const event = parseOne(rawEvent({ type, time, resourceId: assignment, details }));
    expect(event.subjectId).toBe(assignment);
    expect(event.resource).toMatchObject({
      resourceId: 'ocid1.volume.oc1.iad.data01',
      resourceType: 'volume',
      resourceName: 'data01',
    });
  });

  it('is what was changed, where nothing else is named', () => {
    const { resource } = parseOne(rawEvent({ type, time, resourceId: assignment, resourceName: 'gold' }));
    expect(resource).toMatchObject({ resourceId: assignment, resourceName: 'gold' });
  });

  it('is what the changed backup is of, where the event names it', () => {
    const { subjectId, resource } = parseOne(
      volumeEvent('end', time, { type: 'blockvolumes.updatevolumebackup' }),
    );
    expect([subjectId, resource.resourceId]).toEqual([
      'ocid1.volumebackup.oc1.iad.v1',
      'ocid1.volume.oc1.iad.data01',
    ]);
  });
});
