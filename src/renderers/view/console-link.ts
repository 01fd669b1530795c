import { domainOfRealm } from '../../model/oci-regions.js';
import { type OcidParts, readOcid } from '../../model/ocid.js';

/** Where the cloud's console is: an address without a slash at its end; null: there are no links; undefined: by realm. */
export type ConsoleUrl = string | null | undefined;

/** Folders of the console in which a page is found by the OCID alone. */
const folderOfKind: ReadonlyMap<string, string> = new Map([
  ['autonomousdatabase', 'db/adbs'],
  ['bootvolume', 'block-storage/boot-volumes'],
  ['filesystem', 'fss/file-systems'],
  ['goldengatedeployment', 'goldengate/deployments'],
  ['mysqldbsystem', 'mysqlaas/db-systems'],
  ['vault', 'security/kms/vaults'],
  ['volume', 'block-storage/volumes'],
  ['volumegroup', 'block-storage/volume-groups'],
]);

/**
 * The page of a resource in the console: `https://cloud.oracle.com/db/adbs/ocid1.autonomousdatabase…?region=us-ashburn-1`.
 * The page of others is below that of a parent, which the OCID does not tell: for them it is the console's search for the
 * OCID. null for what is no OCID, and for a realm whose console is not known.
 */
export function consoleLink(id: string, consoleUrl: ConsoleUrl): string | null {
  const parts = readOcid(id);
  const start = parts === null || consoleUrl === null ? null : (consoleUrl ?? consoleOfRealm(parts));
  if (parts === null || start === null) return null;
  const folder = folderOfKind.get(parts.kind);
  const region = parts.region === null ? [] : [`region=${parts.region}`];
  if (folder === undefined) return `${start}/search?${[`q=${id}`, ...region].join('&')}`;
  return [`${start}/${folder}/${id}`, ...region].join('?');
}

/**
 * The commercial realm has one console for all regions; those of governments have one in each
 * (https://docs.oracle.com/en-us/iaas/Content/gov-cloud/govfedramp.htm: https://console.us-langley-1.oraclegovcloud.com).
 */
function consoleOfRealm({ realm, region }: OcidParts): string | null {
  if (realm === 'oc1') return 'https://cloud.oracle.com';
  const domain = domainOfRealm.get(realm);
  return domain === undefined || region === null ? null : `https://console.${region}.${domain}`;
}
