import { describe, expect, it } from 'vitest';
import { readOcid } from '../../src/model/ocid.js';
import { consoleLink } from '../../src/renderers/view/console-link.js';

describe('the page of an OCID in the console', () => {
  it.each([
    ['autonomousdatabase.oc1.iad', 'https://cloud.oracle.com/db/adbs/ID?region=us-ashburn-1'],
    ['volume.oc1.phx', 'https://cloud.oracle.com/block-storage/volumes/ID?region=us-phoenix-1'],
    [
      'bootvolume.oc1.eu-frankfurt-1',
      'https://cloud.oracle.com/block-storage/boot-volumes/ID?region=eu-frankfurt-1',
    ],
    ['volumegroup.oc1.fra', 'https://cloud.oracle.com/block-storage/volume-groups/ID?region=eu-frankfurt-1'],
    ['mysqldbsystem.oc1.iad', 'https://cloud.oracle.com/mysqlaas/db-systems/ID?region=us-ashburn-1'],
    ['filesystem.oc1.iad', 'https://cloud.oracle.com/fss/file-systems/ID?region=us-ashburn-1'],
    [
      'goldengatedeployment.oc1.iad',
      'https://cloud.oracle.com/goldengate/deployments/ID?region=us-ashburn-1',
    ],
    ['vault.oc1.iad', 'https://cloud.oracle.com/security/kms/vaults/ID?region=us-ashburn-1'],
    ['database.oc1.iad', 'https://cloud.oracle.com/search?q=ID&region=us-ashburn-1'],
    ['postgresqldbsystem.oc1.me-dcc-doha-1', 'https://cloud.oracle.com/search?q=ID&region=me-dcc-doha-1'],
    ['volume.oc1.', 'https://cloud.oracle.com/block-storage/volumes/ID'],
    ['database.oc1.xyz', 'https://cloud.oracle.com/search?q=ID'],
    [
      'volume.oc2.us-langley-1',
      'https://console.us-langley-1.oraclegovcloud.com/block-storage/volumes/ID?region=us-langley-1',
    ],
    [
      'volume.oc2.luf',
      'https://console.us-luke-1.oraclegovcloud.com/block-storage/volumes/ID?region=us-luke-1',
    ],
    [
      'volume.oc3.us-gov-phoenix-1',
      'https://console.us-gov-phoenix-1.oraclegovcloud.com/block-storage/volumes/ID?region=us-gov-phoenix-1',
    ],
    [
      'volume.oc4.uk-gov-london-1',
      'https://console.uk-gov-london-1.oraclegovcloud.uk/block-storage/volumes/ID?region=uk-gov-london-1',
    ],
    [
      'volume.oc19.eu-madrid-2',
      'https://console.eu-madrid-2.oraclecloud.eu/block-storage/volumes/ID?region=eu-madrid-2',
    ],
    ['volume.oc2.', null],
    ['volume.oc999.eu-madrid-2', null],
  ])('of ocid1.%s is %s', (start, link) => {
    const id = `ocid1.${start}.aaaa_b-c`;
    expect(consoleLink(id, undefined)).toBe(link?.replace('ID', id) ?? null);
    expect(consoleLink(id, null)).toBeNull();
  });

  it('is below the address that a plan names, whatever the realm', () => {
    expect(consoleLink('ocid1.volume.oc999.xx-yyy-1.a', 'https://console.example.com/oci')).toBe(
      'https://console.example.com/oci/block-storage/volumes/ocid1.volume.oc999.xx-yyy-1.a?region=xx-yyy-1',
    );
  });

  it.each([
    'ORDERS',
    '',
    'ocid1',
    'ocid1.volume',
    'ocid1.volume.oc1.iad',
    'ocid2.volume.oc1.iad.a',
    'xocid1.volume.oc1.iad.a',
    'ocid1.volume.oc1.iad.a b',
    'ocid1.volume.oc1.iad.a\n',
    'ocid1.volume.oc1.iad.a?x=1#y',
    "ocid1.volume.oc1.iad.a';rm",
    'ocid1.volume.oc1.iad.a/../b',
    'ocid1.volume.evil.example.a',
    'ocid1.vo lume.oc1.iad.a',
    `ocid1.volume.oc1.iad.${'a'.repeat(300)}`,
  ])('is none for %j, which is no OCID', (id) => {
    expect(readOcid(id)).toBeNull();
    expect(consoleLink(id, undefined)).toBeNull();
    expect(consoleLink(id, 'https://console.example.com')).toBeNull();
  });
});
