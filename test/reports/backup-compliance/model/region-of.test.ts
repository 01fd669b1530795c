import { expect, it } from 'vitest';
import { regionOf } from '../../../../src/reports/backup-compliance/model/named-resource.js';

it.each([
  ['ocid1.database.oc1.iad.x', 'iad'],
  ['OCID1.Database.OC1.US-ASHBURN-1.X', 'iad'],
  ['ocid1.database.oc1.eu-frankfurt-1.x', 'fra'],
  ['ocid1.database.oc1.sa-saopaulo-1.x.y', 'sa-saopaulo-1'],
  ['ocid1.database.oc1.iad.', 'iad'],
  ['ocid1.tenancy.oc1..x', null],
  ['ocid1.database.oc1.iad', null],
  ['ocid1.database.oc1', null],
  ['ocid1', null],
  ['x.ocid1.oc1.iad.x', null],
  ['oci.database.oc1.iad.x', null],
  ['', null],
  [null, null],
  [undefined, null],
  // What every object of JavaScript has is a region that nobody knows.
  ['ocid1.database.oc1.constructor.x', 'constructor'],
])('the region in %j is %j', (id, region) => {
  expect(regionOf(id)).toBe(region);
});
