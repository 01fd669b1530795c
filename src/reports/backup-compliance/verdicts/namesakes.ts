import { parseInstant } from '../../../base/instants.js';
import { compareText } from '../../../base/text-order.js';
import type { JudgedResource } from '../model/judged-resource.js';
import { agree, isNamedOnly, regionOf } from '../model/named-resource.js';
import { isUnknown } from '../model/unknown-resource.js';

type Named = Pick<
  JudgedResource,
  'resourceId' | 'resourceType' | 'resourceName' | 'compartmentId' | 'lastSuccessTime'
>;

/**
 * Resources that are MISSED or LATE beside another one of the same type and name say so: they may have been recreated,
 * or their role moved to the other one (Data Guard). Of several, the one that was backed up last is named.
 *
 * @param unlisted resources with events that the inventory does not list
 */
export function noteNamesakes(
  resources: readonly JudgedResource[],
  unlisted: readonly Named[],
): JudgedResource[] {
  const wanted = new Set(resources.filter(isOverdue).map(keyOf));
  if (wanted.size === 0) return [...resources];
  const known = new Map<string, Named[]>();
  for (const each of [...resources, ...unlisted]) {
    const key = keyOf(each);
    if (!wanted.has(key) || !hasName(each)) continue;
    const namesakes = known.get(key) ?? [];
    namesakes.push(each);
    known.set(key, namesakes);
  }
  for (const namesakes of known.values()) namesakes.sort(latestFirst);
  return resources.map((each) => {
    const other = isOverdue(each) ? namesakeOf(each, known.get(keyOf(each)) ?? []) : undefined;
    if (other === undefined) return each;
    const { resourceId: otherId, lastSuccessTime } = other;
    const otherSuccessMs = parseInstant(lastSuccessTime) ?? null;
    const note = { code: 'same-name', resourceId: each.resourceId, otherId, otherSuccessMs } as const;
    return { ...each, findings: [...each.findings, note] };
  });
}

function isOverdue({ outcome }: JudgedResource): boolean {
  return outcome === 'MISSED' || outcome === 'LATE';
}

function keyOf({ resourceType, resourceName }: Named): string {
  return `${resourceType} ${resourceName.toLowerCase()}`;
}

/** Whether it has a name of its own, and an id by which a rule can tell it from others. */
function hasName(each: Named): boolean {
  return !isUnknown(each) && !isNamedOnly(each) && each.resourceName.toLowerCase() !== each.resourceId;
}

function latestFirst(a: Named, b: Named): number {
  return (
    compareText(b.lastSuccessTime ?? '', a.lastSuccessTime ?? '') || compareText(a.resourceId, b.resourceId)
  );
}

function namesakeOf(resource: Named, namesakes: readonly Named[]): Named | undefined {
  if (!hasName(resource)) return undefined;
  return namesakes.find(
    (other) =>
      other.resourceId !== resource.resourceId && (isUniquelyNamed(other) || isNear(resource, other)),
  );
}

/** The name of a database follows its role, into another region if need be; other names are repeated at will. */
function isUniquelyNamed({ resourceType }: Named): boolean {
  return resourceType.includes('database');
}

function isNear(a: Named, b: Named): boolean {
  return agree(a.compartmentId, b.compartmentId) && agree(regionOf(a.resourceId), regionOf(b.resourceId));
}
