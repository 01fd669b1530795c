import { compareText } from '../../../base/text-order.js';
import type { ProtectedResource, Protection } from '../../../model/protected-resource.js';
import type { ResourceRef } from '../model/backup-event.js';
import type { DayMemory } from '../model/day-memory.js';
import { isNamedOnly } from '../model/named-resource.js';
import { isUnknown } from '../model/unknown-resource.js';
import { resourceOfJob } from './correlate-jobs.js';
import { sharedNames } from './foreign-notices.js';
import { withKnownTags } from './resource-history.js';
import type { ReadEvents } from './sort-events.js';
import { bearsOnBackups, joinResource } from './track-incidents.js';

/** The observed population: remembered resources, and those named by jobs, failure notices and vaults of Azure. */
export function observedResources(
  { jobs, conditions, estate = [] }: ReadEvents,
  memory: DayMemory | null,
): readonly ProtectedResource[] {
  const observed = new Map<string, ResourceRef>();
  for (const each of memory?.resources.values() ?? []) {
    if (each.standing !== null || each.lastKnown.seen !== null) observed.set(each.resourceId, each);
  }
  for (const each of memory?.former.values() ?? []) {
    // It went with what it was in: a backup of another resource in that may refute it.
    const { before } = each;
    if (before === undefined || (before.lastKnown.life?.terminatedBy ?? null) === null) continue;
    observed.set(each.resourceId, { ...each, ...before });
  }
  for (const job of jobs) {
    const resource = resourceOfJob(job);
    if (isUnknown(resource)) continue;
    observed.set(resource.resourceId, withKnownTags(resource, observed.get(resource.resourceId)));
  }
  const protections = new Map<string, Protection>();
  for (const { resource, isActive, protection } of estate) {
    if (!isActive) continue;
    observed.set(resource.resourceId, withKnownTags(resource, observed.get(resource.resourceId)));
    protections.set(resource.resourceId, protection);
  }
  dropAliases(observed, memory);
  const resolve = joinResource(observed.values());
  for (const event of conditions) {
    if (event.condition === null || !bearsOnBackups(event.condition.name)) continue;
    const resource = resolve(event.resource, event.condition.uniqueName);
    if (isUnknown(resource) || isNamedOnly(resource)) continue;
    if (!observed.has(resource.resourceId)) observed.set(resource.resourceId, resource);
  }
  const asResource = resourceLookup([], memory);
  const asProtected = (resource: ResourceRef): ProtectedResource => {
    const protection = protections.get(resource.resourceId);
    return protection === undefined ? asResource(resource) : { ...asResource(resource), protection };
  };
  return [...observed.values()].map(asProtected).sort((a, b) => compareText(a.resourceId, b.resourceId));
}

/** Drops a resource known only from failure notices if backups show a database of the same name. */
function dropAliases(observed: Map<string, ResourceRef>, memory: DayMemory | null): void {
  const isNoticeOnly = ({ resourceId }: ResourceRef): boolean => {
    const known = memory?.resources.get(resourceId);
    if (known === undefined || observed.get(resourceId) !== known) return false;
    return (known.lastSuccessMs ?? known.lastRestoreMs) === null && known.lastFailure === null;
  };
  const [noticeOnly, others] = [[...observed.values()].filter(isNoticeOnly), new Map(observed)];
  for (const { resourceId } of noticeOnly) others.delete(resourceId);
  const resolve = joinResource(others.values());
  const shared = sharedNames(others.values());
  for (const resource of noticeOnly) {
    const { resourceId, resourceName } = resource;
    const isOther = resolve(resource, resourceName).resourceId !== resourceId;
    if (isOther || shared.has(resourceName.toLowerCase())) observed.delete(resourceId);
  }
}

/** A resource as described by the inventory, else by the memory, else by the event. */
export function resourceLookup(
  expected: readonly ProtectedResource[],
  memory: DayMemory | null,
): (resource: ResourceRef) => ProtectedResource {
  const named = new Map(expected.map((resource) => [resource.resourceId, resource]));
  return (resource) => {
    const known = named.get(resource.resourceId);
    if (known !== undefined) return known;
    const tags = memory?.resources.get(resource.resourceId)?.tags;
    const hasTags = Object.keys(resource.tags).length > 0;
    const { resourceId, resourceType, resourceName, compartmentId, compartmentName } = resource;
    const names = { resourceId, resourceType, resourceName, compartmentId, compartmentName };
    return { ...names, tags: hasTags ? resource.tags : (tags ?? {}), owner: null };
  };
}
