import type { ProtectedResource } from '../../../model/protected-resource.js';
import type { BackupEvent, ResourceRef } from '../model/backup-event.js';
import { isNamedOnly, namedResourceId, regionOf } from '../model/named-resource.js';
import { isUnknown } from '../model/unknown-resource.js';
import type { NameResolution } from './resolve-names.js';

type Named = Pick<ResourceRef, 'resourceId' | 'resourceType' | 'resourceName'>;

/**
 * Notices whose OCID no backup and no inventory has, and whose name two or more databases have: the OCID may be that of
 * something else, such as the DB system. It makes no third resource; whose the notice is, is not decided.
 */
export class ForeignNotices {
  readonly #ids: ReadonlySet<string>;
  readonly #shared: ReadonlyMap<string, readonly ResourceRef[]>;

  /**
   * @param backedUp resources with a backup, copy or restore
   * @param expected resources of an inventory that names them
   */
  constructor(backedUp: readonly ResourceRef[], expected: readonly ProtectedResource[]) {
    const known = [...expected, ...backedUp];
    this.#ids = new Set(known.map(({ resourceId }) => resourceId));
    this.#shared = sharedNames(known);
  }

  /** The databases that have the name, sorted by id; null: the notice is of no such kind. */
  namesakesOf(resource: Named, uniqueName: string | null): readonly ResourceRef[] | null {
    if (uniqueName === null || !hasOwnId(resource) || this.#ids.has(resource.resourceId)) return null;
    return this.#shared.get(uniqueName.toLowerCase()) ?? null;
  }

  /** The notice with the resource that is meant, where that is decided: of two, one may be in another region, or gone. */
  resolve(event: BackupEvent, resolution: NameResolution): BackupEvent {
    const { condition, resource } = event;
    const name = condition?.uniqueName ?? null;
    const namesakes = this.namesakesOf(resource, name);
    if (name === null || namesakes === null) return resolution.event(event);
    const told = regionOf(resource.resourceId);
    const region = namesakes.some(({ resourceId }) => regionOf(resourceId) === told) ? told : null;
    const resolved = resolution.event(underName(event, name, region));
    return isNamedOnly(resolved.resource) ? event : resolved;
  }
}

/** The databases of each name, in lower case, that two or more have. */
export function sharedNames<Ref extends Named>(
  resources: Iterable<Ref>,
): ReadonlyMap<string, readonly Ref[]> {
  const byName = new Map<string, Map<string, Ref>>();
  for (const each of resources) {
    if (!each.resourceType.includes('database') || !hasOwnId(each)) continue;
    const name = each.resourceName.toLowerCase();
    byName.set(name, (byName.get(name) ?? new Map<string, Ref>()).set(each.resourceId, each));
  }
  const shared = [...byName].filter(([, namesakes]) => namesakes.size > 1);
  return new Map(
    shared.map(([name, namesakes]) => [
      name,
      [...namesakes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each),
    ]),
  );
}

function hasOwnId(resource: Named): boolean {
  return !isNamedOnly(resource) && !isUnknown(resource);
}

/** A copy by fields: the event itself may be a view of columns. */
function underName(event: BackupEvent, name: string, region: string | null): BackupEvent {
  const { eventId, type, timeMs, subjectId, createdMs, result, traits, message } = event;
  const { condition, principal, resource } = event;
  const within = { region, compartmentId: null, dbSystemId: null };
  const resourceId = namedResourceId({ resourceType: resource.resourceType, name, ...within });
  const common = { eventId, type, timeMs, subjectId, createdMs, result, traits, message, condition };
  return { ...common, principal, resource: { ...resource, resourceId, resourceName: name } };
}
