import type { ProtectedResource } from '../../../model/protected-resource.js';
import type { ResourceHistory } from '../facts/resource-history.js';
import type { LeavingReason, LeftResource } from '../model/judged-resource.js';
import type { FormerFacts } from '../model/unjudged-resource.js';
import { lastFailureOf, lastKnownOf, timeOf } from './last-known.js';

/** A resource that is judged no more from this day on. */
export function leftOf(history: ResourceHistory, lastDay: string): LeftResource {
  const { resourceId, resourceType, resourceName } = history.resource;
  const terminatedTime = timeOf(history.terminatedMs);
  const known = { resourceId, resourceType, resourceName, lastDay, terminatedTime };
  return withReason(terminatedTime === null ? known : { ...known, before: factsOf(history) });
}

/** The termination may be refuted: then it goes on from here. */
function factsOf(history: ResourceHistory): FormerFacts {
  const { resource, remembered, lastSuccessMs, lastRestoreMs } = history;
  const { resourceId, compartmentId, compartmentName } = resource;
  return {
    resourceId,
    compartmentId,
    compartmentName,
    tags: asProtectedResource(history).tags,
    owner: remembered?.owner ?? null,
    lastSuccessTime: timeOf(lastSuccessMs),
    lastFailure: lastFailureOf(history),
    lastRestoreTime: timeOf(lastRestoreMs),
    lastKnown: lastKnownOf(history),
  };
}

/** The reason is computed anew each day: the earlier report may have been in another language. */
export function withReason(known: Omit<LeftResource, 'reason'>): LeftResource {
  const { resourceId, resourceType, resourceName, lastDay, terminatedTime, before } = known;
  const names = { resourceId, resourceType, resourceName, lastDay };
  const reason = leavingReason(terminatedTime, before?.lastKnown.life?.terminatedBy ?? null);
  return { ...names, reason, terminatedTime, ...(before === undefined ? {} : { before }) };
}

function leavingReason(terminatedTime: string | null, terminatedBy: string | null): LeavingReason {
  if (terminatedTime === null) return { code: 'left-inventory' };
  return terminatedBy === null ? { code: 'terminated' } : { code: 'terminated-with', parentId: terminatedBy };
}

/** As its events name it, with the tags of the memory where they name none. */
export function asProtectedResource({ resource, remembered }: ResourceHistory): ProtectedResource {
  const hasTags = Object.keys(resource.tags).length > 0;
  return { ...resource, tags: hasTags ? resource.tags : (remembered?.tags ?? {}), owner: null };
}
