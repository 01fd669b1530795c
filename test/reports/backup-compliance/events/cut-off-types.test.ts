import { describe, expect, it } from 'vitest';
import {
  auditSpellings,
  eventCatalogueRows,
} from '../../../../src/reports/backup-compliance/events/event-catalogue-rows.js';
import { createRecordClassifier } from '../../../../src/reports/backup-compliance/events/classify-record.js';
import { auditNames } from '../../../support/audit-names.js';
import { auditEvent, rawEvent, volumeEvent } from '../../../support/raw-event.js';

const time = '2026-11-20T02:10:00Z';
const classify = createRecordClassifier({
  fromMs: Date.parse('2026-11-20T00:00:00Z'),
  toMs: Date.parse('2026-11-21T00:00:00Z'),
});
const cutOff = 'the event type is cut off';
const damagedType = 'the event type has characters that no type of a backup event has';

function fateOf(record: unknown): string {
  const [found, ...others] = classify(record);
  if (found === undefined || others.length > 0) throw new Error('it is one record');
  if (found.kind === 'event') return `${found.event.type.action} ${found.event.type.phase}`;
  return found.kind === 'rejected' ? found.reason : found.kind;
}

const catalogued = eventCatalogueRows.map(([, , , type]) => `com.oraclecloud.${type}`);
const spelled = auditSpellings.flatMap(([spelling]) =>
  ['begin', 'end'].map((phase) => `com.oraclecloud.${spelling}.${phase}`),
);
const names = new Set([...catalogued, ...spelled]);
/** Without their phase, and a type that is the whole name of another operation. */
const whole = new Set([
  ...[...names].map((name) => name.replace(/\.(?:begin|end)$/, '')),
  'com.oraclecloud.blockvolumes.updatevolume',
]);

function prefixesOf(name: string): string[] {
  return Array.from({ length: name.length - 1 }, (_, length) => name.slice(0, length + 1));
}

describe('the beginning of a catalogued type', () => {
  const written = [...names].flatMap((name) => prefixesOf(name));
  const beginnings = [...new Set(written)].filter((name) => !whole.has(name));

  it.each([
    ['in lower case', (type: string) => type],
    ['in upper case', (type: string) => type.toUpperCase()],
    ['with spaces around it', (type: string) => ` ${type}\n`],
  ])('%s, is rejected wherever it was cut off', (_words, write) => {
    expect(beginnings.length).toBeGreaterThan(2800);
    const wrong = beginnings.filter((type) => {
      const event = { ...volumeEvent('end', time), eventType: write(type) };
      return fateOf(event) !== cutOff;
    });
    expect(wrong).toEqual([]);
  });

  it('is rejected where Audit says that the operation is called otherwise', () => {
    const wrong = beginnings.filter((type) => {
      const event = volumeEvent('end', time, { data: { eventName: 'CreateVolumeBackupEtc' } });
      return fateOf({ ...event, eventType: type }) !== cutOff;
    });
    expect(wrong).toEqual([]);
  });
});

describe('a type that was cut off, or looks like it', () => {
  it.each([
    // The phase that was cut off, of types that the catalogue has in one piece or not at all.
    ['filestorage.deletesnapshot.en', {}, cutOff],
    ['filestorage.createsnapshot.be', {}, cutOff],
    ['newservice.createbackup.en', {}, cutOff],
    ['newservice.createbackup.b', {}, cutOff],
    ['newservice.createbackup.end', {}, 'unrecognised end'],
    ['newservice.creatething.en', {}, 'ignored'],
    // As programs shorten what they show.
    ['databaseservice.autom\u2026', {}, cutOff],
    ['databaseservice.automaticbackupdatabase.end\u2026', {}, cutOff],
    ['databaseservice.automaticbackupdatabase.\u2026', {}, cutOff],
    ['databaseservice.autom...', {}, cutOff],
    ['databaseservice.automaticbackupdatabase.end"', {}, damagedType],
    ['databaseservice.automaticbackupdatabase.end\u200b', {}, damagedType],
    ['newservice.createbackup', {}, 'unrecognised single'],
    // Audit names the operation: cut off, though it is a whole type by itself.
    ['BlockVolumes.DeleteVolume', { eventName: 'DeleteVolumeBackup' }, cutOff],
    ['BlockVolumes.DeleteVolume', { eventName: 'DeleteVolume' }, 'termination single'],
    ['BlockVolumes.DeleteVolume', {}, 'termination single'],
    ['blockvolumes.createvolumebackup', { eventName: 'CreateVolumeBackupPolicyAssignment' }, cutOff],
    ['blockvolumes.createvolumebackup', { eventName: 'CreateVolumeBackup' }, 'backup begin'],
    ['blockvolumes.createvolumebackuppolicy', { eventName: 'CreateVolumeBackupPolicyAssignment' }, cutOff],
    ['blockvolumes.createvolumebackup.end', { eventName: 'CreateVolumeBackup' }, 'backup end'],
    ['newservice.cr', { eventName: 'CreateBackup' }, cutOff],
    ['IdentitySignOn.Cr', { eventName: 'CreateToken' }, 'ignored'],
    ['IdentitySignOn.Cr', {}, 'ignored'],
    // Names of their own.
    ['BlockVolumes.UpdateVolume', {}, 'ignored'],
    ['BlockVolumes.UpdateVolume', { eventName: 'UpdateVolume' }, 'ignored'],
    ['BlockVolumes.UpdateVolume', { eventName: 'UpdateVolumeBackup' }, cutOff],
    ['BlockVolumes.UpdateBootVolume', { eventName: 'updatebootvolume' }, 'ignored'],
    ['BlockVolumes.UpdateBootVolume', {}, cutOff],
    ['DatabaseService.DeleteBackup', {}, 'deletion single'],
    ['DatabaseService.CreateAutonomousDatabase', { eventName: 'CreateAutonomousDatabase' }, 'ignored'],
    // The Events service has these types; a backup of a group tells of itself.
    ['blockvolumes.createvolumegroup', { resourceId: 'ocid1.volumegroup.oc1.iad.g' }, 'ignored'],
    ['blockvolumes.updatevolumegroup', { resourceId: 'OCID1.VOLUMEGROUP.oc1.iad.g' }, 'ignored'],
    ['blockvolumes.createvolumegroup', { resourceId: 'ocid1.volumegroupbackup.oc1.iad.g' }, cutOff],
    ['blockvolumes.createvolumegroup', { resourceId: null }, cutOff],
  ])('%s with %j: %s', (type, data, fate) => {
    expect(fateOf(rawEvent({ type, time, data }))).toBe(fate);
  });

  it('without the beginning that all types have, is not lost where it is about backups', () => {
    const event = { ...volumeEvent('end', time), eventType: 'blockvolumes.createvolumebackup.end' };
    expect(fateOf(event)).toBe('unrecognised end');
    expect(fateOf({ ...event, eventType: 'backup.end' })).not.toBe('ignored');
  });
});

describe('an estate that feeds all of Audit', () => {
  const types = Object.entries(auditNames).flatMap(([service, operations]) =>
    operations.split(' ').map((operation) => `${service}.${operation}`),
  );

  it('has no type that was cut off', () => {
    expect(types.length).toBeGreaterThan(150);
    const rejected = types.filter((type) => fateOf(auditEvent({ type, time })) === cutOff);
    expect(rejected).toEqual([]);
  });

  it.each([
    'BlockVolumes.GetVolume',
    'BlockVolumes.UpdateVolume',
    'BlockVolumes.CreateVolumeGroup',
    'DatabaseService.ListBackups',
    'DatabaseService.GetBackup',
    'DatabaseService.CreateAutonomousDatabase',
    'ComputeApi.LaunchInstance.begin',
    'GoldenGate.CreateDeployment',
  ])('has %s, which is not about backups', (type) => {
    expect(fateOf(auditEvent({ type, time }))).toBe('ignored');
  });
});
