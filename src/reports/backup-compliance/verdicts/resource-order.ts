import { compareText } from '../../../base/text-order.js';
import { severityRank } from '../../../model/severity.js';
import type { ResourceCompliance } from '../model/resource-compliance.js';
import { isBad, outcomeRank, verdictRank } from '../model/verdict.js';

type RankedResource = Pick<
  ResourceCompliance,
  'resourceId' | 'resourceName' | 'compliance' | 'waiver' | 'severity' | 'outcome'
>;

/**
 * Non-compliant first, waived ones after the others, then by severity and outcome, worst first, then by name. No two
 * resources compare equal, so that the order of the input never shows.
 */
export function compareResources(a: RankedResource, b: RankedResource): number {
  const areBad = isBad(a.compliance);
  return (
    verdictRank(a.compliance) - verdictRank(b.compliance) ||
    (areBad ? Number(a.waiver !== null) - Number(b.waiver !== null) : 0) ||
    (areBad ? severityRank(a.severity) - severityRank(b.severity) : 0) ||
    outcomeRank(a.outcome) - outcomeRank(b.outcome) ||
    compareNames(a, b)
  );
}

type NamedResource = Pick<ResourceCompliance, 'resourceId' | 'resourceName'>;

/** By name ignoring case, then by id. */
export function compareNames(a: NamedResource, b: NamedResource): number {
  return (
    compareText(a.resourceName.toLowerCase(), b.resourceName.toLowerCase()) ||
    compareText(a.resourceId, b.resourceId)
  );
}
