import type { AppliedWaiver, ResourceCompliance } from '../../model/resource-compliance.js';

export type WaivedResource = ResourceCompliance & { readonly waiver: AppliedWaiver };

/** Non-compliant, or nobody knows. */
export function isBad({ compliance }: ResourceCompliance): boolean {
  return compliance === 'NON_COMPLIANT' || compliance === 'UNKNOWN';
}

/** Bad, and no waiver holds for it: somebody has to act. */
export function isException(resource: ResourceCompliance): boolean {
  return isBad(resource) && resource.waiver === null;
}

/** Bad, and a waiver holds for it: somebody has accepted it. */
export function isWaivedBad(resource: ResourceCompliance): resource is WaivedResource {
  return isBad(resource) && resource.waiver !== null;
}
