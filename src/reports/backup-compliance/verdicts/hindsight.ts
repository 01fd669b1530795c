import type { ProtectedResource, Protection } from '../../../model/protected-resource.js';
import type { ResourceHistory } from '../facts/resource-history.js';
import type { DayMemory } from '../model/day-memory.js';
import type { Incident } from '../model/incident.js';
import type { KeptBecause } from '../model/judged-finding.js';
import { isUnknown } from '../model/unknown-resource.js';
import { reasonWords } from '../../../model/reasons/reason-words.js';

/** What is known about a day beyond the inventory, which is always read after it. */
export interface Hindsight {
  /** Resources that the newest earlier revision of the day judged, as they were known to it; null: there is none. */
  readonly judgedBefore: readonly ProtectedResource[] | null;
  /** Whether a later day was reported before this one: that a resource is missing was first read for that day, then. */
  readonly isMadeLate: boolean;
}

interface AbsenceInput {
  readonly expected: readonly ProtectedResource[];
  readonly isNamed: boolean;
  readonly histories: ReadonlyMap<string, ResourceHistory>;
  readonly incidents: readonly Incident[];
  readonly hindsight: Hindsight;
  readonly memory: DayMemory | null;
}

interface AbsentResource {
  readonly resource: ProtectedResource;
  readonly because: KeptBecause;
}

/**
 * Resources that an inventory does not name, and that it cannot take out of this day (design, section 4): those that an
 * earlier revision judged, and those of the day before with an attempt or an open incident. Where a later day has been
 * reported already, everything that was judged the day before stays. That is for first revisions alone: an earlier
 * revision of this day has read its own inventory.
 */
export function absentResources(input: AbsenceInput): readonly AbsentResource[] {
  if (!input.isNamed) return [];
  const { hindsight, memory } = input;
  const listed = new Set(input.expected.map(({ resourceId }) => resourceId));
  const isAbsent = (resource: { readonly resourceId: string }): boolean =>
    !isUnknown(resource) && !listed.has(resource.resourceId);
  const kept = new Map<string, AbsentResource>();
  for (const resource of hindsight.judgedBefore ?? []) {
    if (isAbsent(resource)) kept.set(resource.resourceId, { resource, because: 'judged-before' });
  }
  const reasonOf = reasons(input);
  for (const remembered of memory?.resources.values() ?? []) {
    const { resourceId, standing } = remembered;
    if (standing === null || !isAbsent(remembered) || kept.has(resourceId)) continue;
    const because = reasonOf(resourceId);
    if (because !== null) kept.set(resourceId, { resource: asLastKnown(remembered, input), because });
  }
  return [...kept.values()];
}

/**
 * A resource as an earlier report knew it. What an inventory said of its protection is not known any more, nor whether
 * its owner was the inventory's or the policy's: rules must not match by an owner that was never named.
 */
export function asLastKnown(
  known: ProtectedResource,
  { expected }: Pick<AbsenceInput, 'expected'>,
): ProtectedResource {
  const { resourceId, resourceType, resourceName, compartmentId, compartmentName, tags } = known;
  const names = { resourceId, resourceType, resourceName, compartmentId, compartmentName };
  const facts = { ...names, owner: null, tags };
  const tellsProtection = expected.some(({ protection }) => protection !== undefined);
  return tellsProtection ? { ...facts, protection: unknownForAbsence } : facts;
}

const unknownForAbsence: Protection = {
  enabled: null,
  means: reasonWords('notInInventoryNow'),
  retentionDays: null,
  destination: null,
};

/** Why a resource of the day before stays; null: it does not. */
function reasons({ histories, incidents, hindsight }: AbsenceInput): (id: string) => KeptBecause | null {
  const withIncident = new Set(
    incidents
      .filter(({ state, bearsOnBackups }) => state === 'open' && bearsOnBackups)
      .map(({ resourceId }) => resourceId),
  );
  return (resourceId) => {
    const history = histories.get(resourceId);
    if ((history?.dayBackups.length ?? 0) > 0) return 'attempt';
    // A resource that was terminated has left for that reason.
    if (history !== undefined && history.terminatedMs !== null) return null;
    if (withIncident.has(resourceId)) return 'incident';
    return hindsight.isMadeLate ? 'made-late' : null;
  };
}
