import { describe, expect, it } from 'vitest';
import { ForeignNotices } from '../../../../src/reports/backup-compliance/facts/foreign-notices.js';
import type { ProtectedResource } from '../../../../src/model/protected-resource.js';

const id = (name: string): string => `ocid1.database.oc1.iad.${name}`;

function database(name: string, resourceName: string, resourceType = 'database'): ProtectedResource {
  const nothing = { compartmentId: null, compartmentName: null, owner: null, tags: {} };
  return { ...nothing, resourceId: id(name), resourceType, resourceName };
}

const backedUp = database('backed-up', 'CRM');
const listed = [
  database('two', 'Crm'),
  database('other', 'HR'),
  database('nameless', ''),
  database('nameless-2', ''),
  database('volume', 'HR', 'volume'),
];

describe('whose a notice may be', () => {
  const strange = { resourceId: 'ocid1.dbsystem.oc1.iad.s', resourceType: 'database', resourceName: 'host' };

  it.each<[string, string, string | null, readonly string[] | null]>([
    ['one of two with the name, in any case', strange.resourceId, 'crm', [id('backed-up'), id('two')]],
    ['not decided here where one database has the name', strange.resourceId, 'HR', null],
    ['not decided here where none has it', strange.resourceId, 'ERP', null],
    ['nobody of those without a name where it has none', strange.resourceId, null, null],
    ['its own where a backup has its OCID', id('backed-up'), 'crm', null],
    ['its own where an inventory has its OCID', id('other'), 'crm', null],
    ['not decided here where it has no OCID', 'unknown:database', 'crm', null],
    ['not decided here where it has its name alone', 'name:database:-:-:-:crm', 'crm', null],
  ])('is %s', (_words, resourceId, uniqueName, expected) => {
    const notices = new ForeignNotices([backedUp], listed);
    const namesakes = notices.namesakesOf({ ...strange, resourceId }, uniqueName);
    expect(namesakes?.map((each) => each.resourceId) ?? null).toEqual(expected);
  });
});
