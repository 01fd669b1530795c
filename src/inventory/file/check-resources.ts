import type { ProtectedResource } from '../../model/protected-resource.js';
import {
  fitsType,
  nearestType,
  ocidKind,
  protectedType,
  resourceTypeNames,
} from '../../model/resource-types.js';
import type { LineFault } from './file-rows.js';

/** A resource and the line that describes it. */
export interface ListedResource {
  readonly line: number;
  readonly resource: ProtectedResource;
}

const groupType = 'volume-group';
const memberTypes = new Set(['volume', 'boot-volume']);

/**
 * What cannot be about resources as they are: a type that nothing is of, an OCID of another type, a group that is none.
 *
 * @param ownTypes types that the configuration's policies name
 */
export function checkResources(
  listed: readonly ListedResource[],
  ownTypes: readonly string[],
): readonly LineFault[] {
  const groups = listed.filter(({ resource }) => resource.resourceType === groupType);
  const others = new Set(
    listed.filter((each) => !groups.includes(each)).map(({ resource }) => resource.resourceId),
  );
  return listed.flatMap(({ line, resource }) =>
    [...typeFaults(resource, ownTypes), ...memberFaults(resource, groups, others)].map((words) => ({
      line,
      words,
    })),
  );
}

function typeFaults(
  { resourceId, resourceType }: ProtectedResource,
  own: readonly string[],
): readonly string[] {
  const isKnown = resourceTypeNames.includes(resourceType) || own.includes(resourceType);
  if (!isKnown) {
    const nearest = nearestType(resourceType, resourceId, own);
    const advice =
      nearest === null ? `known types are ${[...resourceTypeNames, ...own].join(', ')}` : `is it ${nearest}?`;
    return [`resourceType ${resourceType} is not known: ${advice}`];
  }
  if (fitsType(resourceId, resourceType)) return [];
  const type = protectedType(resourceId);
  const words = type === undefined ? `an OCID of the kind ${ocidKind(resourceId)}` : `that of a ${type}`;
  const advice = type === undefined ? 'give the OCID of the resource itself' : `is the resourceType ${type}?`;
  return [`resourceId ${resourceId} is ${words}, and not of a ${resourceType}: ${advice}`];
}

function memberFaults(
  { resourceType, memberOf }: ProtectedResource,
  groups: readonly ListedResource[],
  others: ReadonlySet<string>,
): readonly string[] {
  if (!memberOf) return [];
  if (!memberTypes.has(resourceType)) {
    return [`memberOf is for volumes and boot volumes; a ${resourceType} is in no volume group`];
  }
  const id = memberOf.toLowerCase();
  if (!fitsType(id, groupType) || others.has(id)) {
    return [`memberOf ${memberOf} is no volume group: give the OCID or the name of the group`];
  }
  const namesakes = groups.filter(({ resource }) => resource.resourceName.toLowerCase() === id);
  const lines = namesakes.map(({ line }) => line).join(' and ');
  return namesakes.length > 1
    ? [`memberOf ${memberOf} is the name of the groups on lines ${lines}: give the OCID of one`]
    : [];
}
