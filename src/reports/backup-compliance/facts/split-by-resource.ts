import type { BackupEvent, ResourceRef } from '../model/backup-event.js';
import { mayBeSame } from '../model/named-resource.js';
import { isUnknown } from '../model/unknown-resource.js';

/**
 * Events of one subject, as many groups as protected resources: where they name different ones the subject is a
 * placeholder. Events that name none go with the others if these are all of one resource; else they stand apart.
 */
export function byResource(events: readonly BackupEvent[]): Iterable<readonly BackupEvent[]> {
  const named = new Map<string, ResourceRef>();
  for (const { resource } of events) if (!isUnknown(resource)) named.set(resource.resourceId, resource);
  if (named.size <= 1 || (named.size === 2 && isOne([...named.values()]))) return [events];
  const parts = new Map<string, BackupEvent[]>();
  for (const event of events) {
    const part = parts.get(event.resource.resourceId);
    if (part === undefined) parts.set(event.resource.resourceId, [event]);
    else part.push(event);
  }
  return parts.values();
}

/** One may be known by name alone, or by a name of which less is known. */
function isOne([a, b]: readonly ResourceRef[]): boolean {
  return a !== undefined && b !== undefined && mayBeSame(a, b);
}
