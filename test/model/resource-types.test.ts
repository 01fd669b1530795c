import { describe, expect, it } from 'vitest';
import { fitsType, nearestType, protectedType, resourceTypeNames } from '../../src/model/resource-types.js';
import { familyRules } from '../../src/reports/backup-compliance/events/families.js';

describe('the table of types', () => {
  it('has every type that an event can be about, and those that OCI lists', () => {
    const ofEvents = Object.values(familyRules).map(({ resourceType }) => resourceType);
    const listed = ['database', 'autonomous-database', 'volume', 'boot-volume'];
    const wanted = [...ofEvents, ...listed].filter((type) => type !== 'unknown');
    expect(wanted.filter((type) => !resourceTypeNames.includes(type))).toEqual([]);
  });

  it.each([
    ['ocid1.volume.oc1.iad.x', 'volume', true],
    ['OCID1.VOLUME.OC1.IAD.X', 'volume', true],
    ['ocid1.volume.oc1.iad.x', 'boot-volume', false],
    ['ocid1.volumebackup.oc1.iad.x', 'volume', false],
    ['ocid1.bdsinstance.oc1.iad.x', 'big-data-cluster', true],
    ['ocid1.database.oc1.iad.x', 'protected-database', true],
    ['srv-17.example.com', 'volume', true],
    ['ocidless', 'volume', true],
  ])('%s as %s: %s', (id, type, fits) => {
    expect(fitsType(id, type)).toBe(fits);
  });

  it.each([
    ['Autonomous Database', 'a', 'autonomous-database'],
    ['volumes', 'a', 'volume'],
    ['disk', 'ocid1.bootvolume.oc1.iad.x', 'boot-volume'],
    ['own-tpe', 'a', 'own-type'],
    ['something else', 'a', null],
    ['x'.repeat(1000), 'a', null],
  ])('%s was meant for', (type, id, nearest) => {
    expect(nearestType(type, id, ['own-type'])).toBe(nearest);
  });

  it('knows the type of an OCID', () => {
    expect(protectedType('ocid1.volumegroup.oc1.iad.x')).toBe('volume-group');
    expect(protectedType('ocid1.dbbackup.oc1.iad.x')).toBeUndefined();
  });
});
