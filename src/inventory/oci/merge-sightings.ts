import { sha256Hex } from '../../base/digest.js';
import { compareText } from '../../base/text-order.js';
import { type InventoriedResource, type Sighting, unknownProtection } from './inventoried-resource.js';
import { ownerOf } from './tags.js';

/** States of resources that no longer exist, or soon will not. */
const goneStates = new Set(['TERMINATED', 'TERMINATING', 'DELETED']);

/**
 * One resource for each OCID that a service or the search knows, except those that are gone. The service takes
 * precedence, also if it reports a resource as gone: the search may lag behind.
 *
 * @param names names of compartments by OCID in lower case
 */
export function mergeSightings(
  ofServices: readonly Sighting[],
  ofSearch: readonly Sighting[],
  region: string,
  names: ReadonlyMap<string, string | null>,
): InventoriedResource[] {
  const merged = new Map<string, Sighting>();
  for (const sighting of [...ofServices, ...ofSearch]) {
    const known = merged.get(sighting.resourceId);
    merged.set(sighting.resourceId, known === undefined ? sighting : completed(known, sighting));
  }
  return [...merged.values()]
    .filter(({ lifecycleState }) => lifecycleState === null || !goneStates.has(lifecycleState))
    .map((sighting) => toResource(sighting, region, names));
}

function completed(known: Sighting, other: Sighting): Sighting {
  return {
    ...known,
    name: known.name ?? other.name,
    createdTime: known.createdTime ?? other.createdTime,
    lifecycleState: known.lifecycleState ?? other.lifecycleState,
    protection: known.protection ?? other.protection,
  };
}

function toResource(
  sighting: Sighting,
  region: string,
  names: ReadonlyMap<string, string | null>,
): InventoriedResource {
  const { resourceId, resourceType, compartmentId, tags, createdTime, lifecycleState } = sighting;
  const resourceName = sighting.name ?? resourceId;
  return {
    resourceId,
    resourceType,
    resourceName,
    displayName: sighting.otherName === resourceName ? null : sighting.otherName,
    compartmentId,
    compartmentName: names.get(compartmentId) ?? null,
    owner: ownerOf(tags),
    tags,
    protection: sighting.protection ?? unknownProtection,
    createdTime,
    lifecycleState,
    region,
  };
}

/** Each OCID once, sorted. If two regions report the same one, the one that knows the settings wins. */
export function joinRegions(all: readonly InventoriedResource[]): InventoriedResource[] {
  const byId = new Map<string, InventoriedResource>();
  for (const resource of all) {
    const known = byId.get(resource.resourceId);
    if (known === undefined || (known.protection.enabled === null && resource.protection.enabled !== null)) {
      byId.set(resource.resourceId, resource);
    }
  }
  return [...byId.values()].sort((a, b) => compareText(a.resourceId, b.resourceId));
}

/** SHA-256 in hex of the resources as JSON with sorted keys. */
export function digestResources(resources: readonly InventoriedResource[]): string {
  return sha256Hex(JSON.stringify(resources, withSortedKeys));
}

function withSortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => compareText(a, b)));
}
