import { describe, expect, it } from 'vitest';
import {
  auditSpellings,
  eventCatalogueRows,
} from '../../../../src/reports/backup-compliance/events/event-catalogue-rows.js';
import { createEventCatalogue } from '../../../../src/reports/backup-compliance/events/event-catalogue.js';
import type { EventType, Family } from '../../../../src/reports/backup-compliance/model/event-type.js';

const prefix = 'com.oraclecloud.';
const types = eventCatalogueRows.map(([, , , type]) => type);

function typeOf(eventType: string): EventType {
  const lookup = createEventCatalogue()(eventType);
  if (!lookup.known) throw new Error(lookup.reason);
  return lookup.type;
}

describe('the rows of the catalogue', () => {
  it('stand in the order of their types, none twice', () => {
    expect(types).toEqual([...new Set(types)].sort());
  });

  it.each(eventCatalogueRows.map((row) => [row[3], row] as const))('%s is well-formed', (type, row) => {
    const [family, action, phase, , meaning] = row;
    expect(type).toMatch(/^[a-z]+(\.[a-z]+)+$/);
    expect(meaning).toMatch(/^\S.*\S$/);
    const last = type.slice(type.lastIndexOf('.') + 1);
    const isPhase = ['begin', 'end', 'critical', 'information'].includes(last);
    expect(phase).toBe(isPhase ? last : 'single');
    // Conditions come as critical or information; nothing else does.
    expect(action === 'condition').toBe(phase === 'critical' || phase === 'information');
    expect(typeOf(prefix + type)).toEqual({
      name: prefix + type,
      family,
      action,
      phase,
      meaning,
      catalogued: true,
    });
  });

  it('have an end for every begin', () => {
    const begins = types.filter((type) => type.endsWith('.begin'));
    const ends = begins.map((type) => type.replace(/begin$/, 'end'));
    expect(ends.filter((type) => !types.includes(type))).toEqual([]);
  });

  it.each<[service: string, families: Family[]]>([
    ['applicationdataplatform', ['application-data-platform']],
    ['autonomousrecoveryservice', ['recovery-service']],
    ['bds', ['big-data']],
    ['blockvolumes', ['block-volume']],
    ['databaseservice', ['autonomous-container-database', 'autonomous-database', 'database']],
    ['filestorage', ['file-storage']],
    ['goldengate', ['goldengate']],
    ['keymanagementservice', ['key-management']],
    ['mysqlaas', ['mysql']],
    // Its policies concern buckets, which are in no family.
    ['objectstorage', ['unknown']],
    ['postgresql', ['postgresql']],
  ])('of the service %s are of the families %j', (service, families) => {
    const own = eventCatalogueRows.filter(([, , , type]) => type.startsWith(`${service}.`));
    expect([...new Set(own.map(([family]) => family))].sort()).toEqual(families);
  });

  it('mean the same in the end as in the begin, but nothing is created before the end', () => {
    const begins = eventCatalogueRows.filter(([, , phase]) => phase === 'begin');
    for (const [family, action, , type] of begins) {
      const end = typeOf(prefix + type.replace(/begin$/, 'end'));
      const before = end.action === 'creation' ? 'unrelated' : end.action;
      expect([type, family, action]).toEqual([type, end.family, before]);
    }
  });

  it('have an action that is known for what Audit reports in one piece', () => {
    const single = eventCatalogueRows.filter(([, , phase]) => phase === 'single');
    expect([...new Set(single.map(([, action]) => action))].sort()).toEqual([
      'backup',
      'change',
      'creation',
      'deletion',
      'omission',
      'termination',
    ]);
  });

  it.each(auditSpellings)('%s of Audit is %s', (spelling, type) => {
    for (const phase of ['begin', 'end']) {
      expect(typeOf(`${prefix}${spelling}.${phase}`)).toEqual(typeOf(`${prefix}${type}.${phase}`));
      expect(types).toContain(`${type}.${phase}`);
      expect(types).not.toContain(`${spelling}.${phase}`);
    }
  });
});

describe('a type', () => {
  it('is known in any case, with spaces around it', () => {
    const written = ' com.oraclecloud.BlockVolumes.CreateVolumeBackup.End ';
    expect(typeOf(written)).toMatchObject({ action: 'backup', phase: 'end', family: 'block-volume' });
  });

  it.each([
    // A call that starts an attempt, as Audit records it where it takes no time.
    ['blockvolumes.createvolumebackup', 'backup', 'begin', 'blockvolumes.createvolumebackup.begin'],
    ['blockvolumes.deletevolumebackup', 'deletion', 'single', 'blockvolumes.deletevolumebackup'],
    ['postgresql.deletedbsystem', 'termination', 'single', 'postgresql.deletedbsystem'],
    ['postgresql.updatedbsystem', 'change', 'single', 'postgresql.updatedbsystem'],
    // The other way round: one event in the catalogue, a begin and an end in Audit.
    ['filestorage.deletesnapshot.begin', 'deletion', 'begin', 'filestorage.deletesnapshot.begin'],
    ['filestorage.deletefilesystem.end', 'termination', 'end', 'filestorage.deletefilesystem.end'],
    [
      'databaseservice.updatebackupdestination.end',
      'change',
      'end',
      'databaseservice.updatebackupdestination.end',
    ],
  ])('%s of a catalogued operation is its %s, %s', (type, action, phase, name) => {
    expect(typeOf(prefix + type)).toMatchObject({ action, phase, name: prefix + name, catalogued: true });
  });

  it('in another phase than the catalogue has is called without a phase', () => {
    const { meaning } = typeOf(`${prefix}postgresql.deletebackup`);
    expect(meaning).toBe('Backup - Delete');
  });

  it('of an attempt that the catalogue has in one piece is not taken for its begin or end', () => {
    expect(typeOf(`${prefix}filestorage.createsnapshot.end`)).toMatchObject({ catalogued: false });
    expect(typeOf(`${prefix}filestorage.createsnapshot.critical`)).toMatchObject({
      catalogued: false,
      action: 'condition',
    });
  });

  it.each([
    ['newservice.createbackup.end', 'unrecognised', 'end'],
    ['newservice.createsnapshot', 'unrecognised', 'single'],
    ['newservice.restorething.begin', 'change', 'begin'],
    ['newservice.createrecoverypoint', 'change', 'single'],
    ['newservice.deletebackup', 'change', 'single'],
    // How it ended stands in the place of the phase, or the operation is said before.
    ['newservice.backup.failed', 'unrecognised', 'single'],
    ['newservice.backupjob.completed', 'unrecognised', 'single'],
    ['newservice.backups.create.end', 'unrecognised', 'end'],
    ['newservice.snapshots.take', 'unrecognised', 'single'],
    ['databaseservice.automaticbackupdatabase.failed', 'unrecognised', 'single'],
    ['databaseservice.automaticbackupdatabase.end.v2', 'unrecognised', 'single'],
    ['newservice.backups.delete.end', 'change', 'end'],
    ['newservice.backuppolicy.run.end', 'change', 'end'],
    ['newservice.backup.restore', 'change', 'single'],
    ['newbackupservice.thing.create', 'change', 'single'],
    ['newservice.updatebackup.end', 'change', 'end'],
    ['newservice.createbackuppolicy', 'change', 'single'],
    ['newservice.createbackupdestination.end', 'change', 'end'],
    ['newservice.getbackup', 'unrelated', 'single'],
    ['newservice.listbackups', 'unrelated', 'single'],
    ['newservice.downloadbackup.begin', 'unrelated', 'begin'],
    ['newservice.creatething', 'unrelated', 'single'],
    ['newservice.creatething.end', 'unrelated', 'end'],
    ['newservice.thing.critical', 'condition', 'critical'],
    ['newservice.thing.information', 'condition', 'information'],
  ])('%s, which the catalogue does not have, is %s, %s', (type, action, phase) => {
    const name = prefix + type;
    expect(typeOf(name)).toEqual({
      name,
      family: 'unknown',
      action,
      phase,
      meaning: name,
      catalogued: false,
    });
  });

  it.each([
    '',
    '  ',
    'com',
    'com.or',
    'COM.OR',
    'com.oraclecloud',
    'com.oraclecloud.',
    'com.oraclecloud.blockvolumes',
  ])('%j is cut off', (eventType) => {
    expect(createEventCatalogue()(eventType)).toEqual({
      known: false,
      reason: 'the event type is cut off',
    });
  });

  it('is looked up alike however often, and however many were met', () => {
    const catalogue = createEventCatalogue();
    const known = `${prefix}postgresql.deletebackup`;
    const first = catalogue(known);
    for (let nth = 0; nth < 10_100; nth += 1) catalogue(`x.y.z${nth}`);
    expect(catalogue(known)).toBe(first);
    expect(catalogue('x.y.never')).toMatchObject({ known: true, type: { action: 'unrelated' } });
  });
});
