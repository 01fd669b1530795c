import { compareNatural } from '../../../base/natural-order.js';
import { compareText } from '../../../base/text-order.js';
import { severities, severityRank } from '../../../model/severity.js';
import type { ResourceCompliance } from '../model/resource-compliance.js';
import { isBad, outcomeRank, outcomes, verdictRank } from '../model/verdict.js';

type RankedResource = Pick<
  ResourceCompliance,
  'resourceId' | 'resourceName' | 'compliance' | 'waiver' | 'severity' | 'outcome'
>;

/**
 * Non-compliant first, waived ones after the others, then by severity and outcome, worst first, then by name, in natural order (data-977
 * before data-3908). No two
 * resources compare equal, so that the order of the input never shows.
 */
export function sortResources<T extends RankedResource>(resources: readonly T[]): T[] {
  // Ranks and names are found once for each, not at each of its comparisons.
  const keyed = resources.map((resource) => ({
    resource,
    rank: rankOf(resource),
    name: resource.resourceName.toLowerCase(),
  }));
  keyed.sort(
    (a, b) =>
      a.rank - b.rank ||
      compareNatural(a.name, b.name) ||
      compareText(a.resource.resourceId, b.resource.resourceId),
  );
  return keyed.map(({ resource }) => resource);
}

/** Each rank has room for all values of the next. */
function rankOf({ compliance, waiver, severity, outcome }: RankedResource): number {
  const ofBad = isBad(compliance) ? Number(waiver !== null) * severities.length + severityRank(severity) : 0;
  return (verdictRank(compliance) * 2 * severities.length + ofBad) * outcomes.length + outcomeRank(outcome);
}

type NamedResource = Pick<ResourceCompliance, 'resourceId' | 'resourceName'>;

/** By name in natural order, ignoring case, then by id. */
export function compareNames(a: NamedResource, b: NamedResource): number {
  return (
    compareNatural(a.resourceName.toLowerCase(), b.resourceName.toLowerCase()) ||
    compareText(a.resourceId, b.resourceId)
  );
}
