import { regionOfKey } from './oci-regions.js';

export interface OcidParts {
  /** `bootvolume`, in lower case. */
  readonly kind: string;
  /** `oc1` */
  readonly realm: string;
  /** `us-ashburn-1`; null: the OCID names none, or a key that is not known. */
  readonly region: string | null;
}

/** `ocid1.KIND.REALM.[REGION][.FUTURE].UNIQUE`: https://docs.oracle.com/en-us/iaas/Content/General/Concepts/identifiers.htm */
const ocid =
  /^ocid1\.([a-z0-9]{1,64})\.(oc\d{1,4})\.([a-z0-9-]{0,40})(?:\.[a-z0-9_-]{0,64})?\.[a-z0-9_-]{1,255}$/i;
const regionId = /^[a-z]{2,3}(?:-[a-z]{2,20}){1,3}-\d{1,2}$/;

/** The parts of an OCID; null for what is none: a name, or an OCID with anything else about it. */
export function readOcid(id: string): OcidParts | null {
  const [, kind, realm, place = ''] = ocid.exec(id) ?? [];
  if (kind === undefined || realm === undefined) return null;
  const written = place.toLowerCase();
  const region = regionId.test(written) ? written : (regionOfKey.get(written) ?? null);
  return { kind: kind.toLowerCase(), realm: realm.toLowerCase(), region };
}
