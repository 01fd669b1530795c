import { protectedType } from '../../../model/resource-types.js';
import { scalarText } from '../../../records/json.js';
import type { ResourceRef } from '../model/backup-event.js';
import type { Action, EventType } from '../model/event-type.js';
import { namedResourceId, regionOf } from '../model/named-resource.js';
import { type ParentIds, areSameParents } from '../model/parent-ids.js';
import { unknownResource } from '../model/unknown-resource.js';
import type { EventData, EventDetails } from './event-fields.js';
import { familyRules, parentType, uniquelyNamedType } from './families.js';
import { readParents } from './read-parents.js';
import { createTagReader } from './read-tags.js';

/** How many variants of one resource (name, compartment, tags) are pooled; a hostile input may have any number. */
const comparedResources = 32;

/**
 * Creates the reader of the protected resource that an event is about. Equal resources share one object.
 *
 * `subject` is data.resourceId in lower case: in most families the OCID of the backup itself.
 */
export function createResourceReader(): (
  type: EventType,
  subject: string | undefined,
  data: EventData,
  details: EventDetails,
) => ResourceRef {
  const tagsOf = createTagReader();
  const shared = createResourcePool();
  return (type, subject, data, details) => {
    const resourceId = resourceIdOf(type, subject, details);
    const common = {
      compartmentId: scalarText(data.compartmentId)?.toLowerCase() ?? null,
      compartmentName: scalarText(data.compartmentName) ?? null,
      tags: tagsOf(data, resourceId ?? ''),
      parents: readParents(resourceId, details),
    };
    if (resourceId === undefined) return shared(withoutOcid(type, subject, { data, details, common }));
    const name =
      nameIn(type, details) ?? (resourceId === subject ? scalarText(data.resourceName) : undefined);
    return shared({
      resourceId,
      resourceType: protectedType(resourceId) ?? defaultType(type, resourceId),
      resourceName: name ?? resourceId,
      compartmentId: common.compartmentId,
      compartmentName: common.compartmentName,
      tags: common.tags,
      parents: common.parents,
      dbSystemId: dbSystemIn(type, details),
      volumeGroupId: volumeGroupIn(type, resourceId, details),
    });
  };
}

interface NamelessFacts {
  readonly data: EventData;
  readonly details: EventDetails;
  readonly common: Pick<ToldResource, 'compartmentId' | 'compartmentName' | 'tags' | 'parents'>;
}

/** A resource as one event tells of it, with every field; what no document has may be undefined. */
interface ToldResource extends Omit<ResourceRef, 'dbSystemId' | 'volumeGroupId' | 'parents'> {
  readonly dbSystemId: string | undefined;
  readonly volumeGroupId: string | undefined;
  readonly parents: ParentIds | undefined;
}

/** The event names no OCID: a name that its service keeps unique identifies the resource, else nothing does. */
function withoutOcid(
  type: EventType,
  subject: string | undefined,
  { data, details, common }: NamelessFacts,
): ToldResource {
  const name = uniqueNameIn(type, data, details);
  if (name === undefined) {
    const unknown = unknownResource(type.family, nameIn(type, details));
    return { ...unknown, resourceType: defaultType(type), ...common, ...notTold };
  }
  const resourceType = uniquelyNamedType(type.family);
  const dbSystemId = dbSystemIn(type, details) ?? null;
  const { compartmentId } = common;
  const region = regionOf(subject) ?? regionOf(dbSystemId);
  const resourceId = namedResourceId({ resourceType, name, region, compartmentId, dbSystemId });
  return { resourceId, resourceType, resourceName: name, ...common, ...notTold };
}

const notTold = { dbSystemId: undefined, volumeGroupId: undefined };

/** A critical event has the unique name as its resourceName, and in dbName in lower case. */
function uniqueNameIn(type: EventType, data: EventData, details: EventDetails): string | undefined {
  const { uniqueNameField } = familyRules[type.family];
  if (uniqueNameField === undefined) return undefined;
  const told = scalarText(details[uniqueNameField]);
  return told ?? (type.action === 'condition' ? scalarText(data.resourceName) : undefined);
}

/** Within a DB system the name of a database is unique; in other families the DB system is the resource itself. */
function dbSystemIn({ family }: EventType, details: EventDetails): string | undefined {
  return family === 'database' ? scalarText(details.dbSystemId)?.toLowerCase() : undefined;
}

/** An event that names a volume and beside it a group says that the one is in the other. */
function volumeGroupIn({ family }: EventType, resourceId: string, details: EventDetails): string | undefined {
  const groupId = family === 'block-volume' ? scalarText(details.volumeGroupId)?.toLowerCase() : undefined;
  return groupId === resourceId ? undefined : groupId;
}

/** The protected resource's OCID in lower case; undefined if the event does not name it. */
function resourceIdOf(
  type: EventType,
  subject: string | undefined,
  details: EventDetails,
): string | undefined {
  const inDetails = firstText(details, familyRules[type.family].idFields)?.toLowerCase();
  const ownId = isProtected(subject) ? subject : undefined;
  return namedBy(type, subject, inDetails, details) ?? ownId;
}

const aboutSubject: ReadonlySet<Action> = new Set<Action>([
  'condition',
  'creation',
  'termination',
  'deletion-canceled',
]);

function namedBy(
  { action, name }: EventType,
  subject: string | undefined,
  inDetails: string | undefined,
  details: EventDetails,
): string | undefined {
  // A condition, a creation or a termination is about the resource that it names.
  if (aboutSubject.has(action)) return subject;
  if (action !== 'change') return inDetails;
  // The object changed may be a backup or an assignment: then its resource is named beside it, or nowhere.
  if (isProtected(subject)) return subject;
  // UNVERIFIED: Oracle publishes no assignment event; assetId is the API's name for the volume.
  const asset = name.includes('backuppolicyassignment')
    ? scalarText(details.assetId)?.toLowerCase()
    : undefined;
  return asset ?? inDetails ?? subject;
}

function isProtected(id: string | undefined): id is string {
  return id !== undefined && protectedType(id) !== undefined;
}

function nameIn({ family }: EventType, details: EventDetails): string | undefined {
  return firstText(details, familyRules[family].nameFields);
}

function firstText(details: EventDetails, fields: readonly (keyof EventDetails)[]): string | undefined {
  for (const field of fields) {
    const text = scalarText(details[field]);
    if (text !== undefined) return text;
  }
  return undefined;
}

function defaultType(type: EventType, resourceId?: string): string {
  // A condition of a DB system is joined with the database whose name it has.
  const parent = resourceId === undefined || type.action === 'condition' ? undefined : parentType(resourceId);
  if (parent !== undefined) return parent;
  if (type.name.includes('bootvolume')) return 'boot-volume';
  if (type.name.includes('volumegroup')) return 'volume-group';
  return familyRules[type.family].resourceType;
}

/** Equal resources become one object. Looked up by id: most have one name, compartment and set of tags for life. */
function createResourcePool(): (told: ToldResource) => ResourceRef {
  const pool = new Map<string, ResourceRef[]>();
  return (told) => {
    const known = pool.get(told.resourceId);
    if (known !== undefined) for (const each of known) if (isTold(each, told)) return each;
    const resource = resourceOf(told);
    if (known === undefined) pool.set(told.resourceId, [resource]);
    else if (known.length < comparedResources) known.push(resource);
    return resource;
  };
}

function isTold(known: ResourceRef, told: ToldResource): boolean {
  return (
    known.resourceName === told.resourceName &&
    known.resourceType === told.resourceType &&
    known.tags === told.tags &&
    known.compartmentId === told.compartmentId &&
    known.dbSystemId === told.dbSystemId &&
    known.volumeGroupId === told.volumeGroupId &&
    areSameParents(known.parents, told.parents) &&
    known.compartmentName === told.compartmentName
  );
}

/** Without the fields that the event does not tell. */
function resourceOf({ parents, dbSystemId, volumeGroupId, ...told }: ToldResource): ResourceRef {
  return {
    ...told,
    ...(parents === undefined ? {} : { parents }),
    ...(dbSystemId === undefined ? {} : { dbSystemId }),
    ...(volumeGroupId === undefined ? {} : { volumeGroupId }),
  };
}
