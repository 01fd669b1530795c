import { severities } from '../../../model/severity.js';
import { type ResourceCompliance, outcomes } from '../model/resource-compliance.js';
import { compareText } from '../../../base/text-order.js';

const verdictRank = { NON_COMPLIANT: 0, UNKNOWN: 1, NOT_APPLICABLE: 2, COMPLIANT: 2 };

type RankedResource = Pick<
  ResourceCompliance,
  'resourceId' | 'resourceName' | 'compliance' | 'waiver' | 'severity' | 'outcome'
>;

/**
 * Non-compliant first, waived ones after the others, then by severity and outcome, worst first, then by name. No two
 * resources are equal, so that the order of the input never shows.
 */
export function compareResources(a: RankedResource, b: RankedResource): number {
  const isBad = verdictRank[a.compliance] < 2;
  return (
    verdictRank[a.compliance] - verdictRank[b.compliance] ||
    (isBad ? Number(a.waiver !== null) - Number(b.waiver !== null) : 0) ||
    (isBad ? severities.indexOf(a.severity) - severities.indexOf(b.severity) : 0) ||
    outcomes.indexOf(a.outcome) - outcomes.indexOf(b.outcome) ||
    compareNames(a, b)
  );
}

type NamedResource = Pick<ResourceCompliance, 'resourceId' | 'resourceName'>;

/** By name without regard to case, then by id. */
export function compareNames(a: NamedResource, b: NamedResource): number {
  return (
    compareText(a.resourceName.toLowerCase(), b.resourceName.toLowerCase()) ||
    compareText(a.resourceId, b.resourceId)
  );
}
