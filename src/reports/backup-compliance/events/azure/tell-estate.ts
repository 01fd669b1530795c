import type { BackupEvent, ResourceRef } from '../../model/backup-event.js';
import type { DayMemory } from '../../model/day-memory.js';
import type { Action, EventType } from '../../model/event-type.js';
import type { EstateItem } from './azure-estate.js';
import { resourceOfItem } from './azure-item.js';

/**
 * Names a resource as its vault tells of it, else as the memory does. Rows of jobs name the id of an item alone; so that
 * a resource has one name whatever was read, what a row says by itself comes last.
 */
export function itemNames(
  estate: readonly EstateItem[],
  memory: DayMemory | null,
): (resource: ResourceRef) => ResourceRef {
  const known = new Map(estate.map(({ resource }) => [resource.resourceId, resource]));
  return (resource) => {
    const told = known.get(resource.resourceId);
    if (told !== undefined) return told;
    const remembered = memory?.resources.get(resource.resourceId);
    if (remembered === undefined || !isNamedByIdAlone(resource)) return resource;
    const { resourceType, resourceName } = remembered;
    return { ...resource, resourceType, resourceName };
  };
}

function isNamedByIdAlone({ resourceId, resourceName }: ResourceRef): boolean {
  const nothing = { name: undefined, type: undefined, vaultId: null, vaultName: null };
  return resourceName === resourceOfItem({ id: resourceId, ...nothing }).resourceName;
}

/**
 * Items that were deleted, or are there again after that, as events: of what the memory knows alone, and each once. The
 * time is that of the first row that says so.
 */
export function livesOf(
  estate: readonly EstateItem[],
  memory: DayMemory | null,
  seen: ReadonlySet<string>,
): readonly BackupEvent[] {
  return estate.flatMap(({ resource, isActive, toldMs }): BackupEvent[] => {
    const { resourceId } = resource;
    const remembered = memory?.resources.get(resourceId);
    const isEnded = remembered !== undefined && (remembered.lastKnown.terminated ?? null) !== null;
    const hasLeft = isEnded || memory?.former.has(resourceId) === true;
    if (isActive) return hasLeft ? [lifeEvent(alive, resource, toldMs)] : [];
    const isThere = remembered !== undefined || seen.has(resourceId);
    return isThere && !hasLeft ? [lifeEvent(deleted, resource, toldMs)] : [];
  });
}

const deleted = lifeType('termination', 'deleted', 'Azure Backup Item Deleted');
const alive = lifeType('deletion-canceled', 'active', 'Azure Backup Item Active');

function lifeType(action: Action, name: string, meaning: string): EventType {
  const known = { family: 'azure-backup', phase: 'single', catalogued: true } as const;
  return { name: `azure.backupitem.${name}`, action, meaning, ...known };
}

function lifeEvent(type: EventType, resource: ResourceRef, timeMs: number): BackupEvent {
  const { resourceId } = resource;
  const told = { backupType: null, trigger: null, destinationType: null };
  return {
    eventId: `${type.name}:${resourceId}`,
    type,
    timeMs,
    subjectId: resourceId,
    resource,
    createdMs: null,
    result: { status: 'SUCCEEDED', state: null },
    traits: { ...told, recoveryWindowDays: null, autoBackupEnabled: null },
    message: null,
    condition: null,
    principal: null,
  };
}
