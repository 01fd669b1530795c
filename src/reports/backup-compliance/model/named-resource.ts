import type { ResourceRef } from './backup-event.js';
import { isUnknown, unknownName } from './unknown-resource.js';

const prefix = 'name:';
const absent = '-';

/** A name that a service keeps unique, and within what. Names, OCIDs and regions in lower case; null: not known. */
export interface UniqueName {
  readonly resourceType: string;
  readonly name: string;
  readonly region: string | null;
  readonly compartmentId: string | null;
  readonly dbSystemId: string | null;
}

/** Id of a resource that is known by a unique name only: `name:database:iad:ocid1.compartment.oc1..x:-:ledger`. */
export function namedResourceId(unique: UniqueName): string {
  const { resourceType, region, compartmentId, dbSystemId, name } = unique;
  const within = [region, compartmentId, dbSystemId].map((each) => (each ?? absent).replaceAll(':', '.'));
  return `${prefix}${resourceType}:${within.join(':')}:${name.toLowerCase()}`;
}

/** Whether it is known by a unique name only: it may prove to be a resource whose OCID is known. */
export function isNamedOnly({ resourceId }: { readonly resourceId: string }): boolean {
  return resourceId.startsWith(prefix);
}

/** What the id says; null for any other id. */
export function uniqueNameOf({ resourceId }: { readonly resourceId: string }): UniqueName | null {
  if (!isNamedOnly({ resourceId })) return null;
  const [resourceType = '', region, compartmentId, dbSystemId, ...rest] = resourceId
    .slice(prefix.length)
    .split(':');
  return {
    resourceType,
    name: rest.join(':'),
    region: partOf(region),
    compartmentId: partOf(compartmentId),
    dbSystemId: partOf(dbSystemId),
  };
}

function partOf(text: string | undefined): string | null {
  return text === undefined || text === absent ? null : text;
}

/** Regions that were there before OCIDs had whole names in them: some services write the code, others the name. */
const regionCodes: ReadonlyMap<string, string> = new Map([
  ['us-ashburn-1', 'iad'],
  ['us-phoenix-1', 'phx'],
  ['eu-frankfurt-1', 'fra'],
  ['uk-london-1', 'lhr'],
]);

/** The region in an OCID, `ocid1.database.oc1.iad.x`; null for a global one, or for any other text. */
export function regionOf(id: string | null | undefined): string | null {
  if (id === null || id === undefined || id.slice(0, 4).toLowerCase() !== 'ocid') return null;
  // Found by position, because it is asked of every event.
  let from = 0;
  for (let part = 0; part < 3; part += 1) {
    from = id.indexOf('.', from) + 1;
    if (from === 0) return null;
  }
  const to = id.indexOf('.', from);
  if (to <= from) return null;
  const region = id.slice(from, to).toLowerCase();
  return regionCodes.get(region) ?? region;
}

/** Whether two may be one: what both know is equal. */
export function agree(a: string | null, b: string | null): boolean {
  return a === null || b === null || a === b;
}

/** How much is known of where the name is unique: 0 to 3. */
export function breadthOf({ region, compartmentId, dbSystemId }: UniqueName): number {
  return [region, compartmentId, dbSystemId].filter((each) => each !== null).length;
}

/** Whether two names may be of one resource. */
export function agreeOnName(a: UniqueName, b: UniqueName): boolean {
  return (
    a.name === b.name &&
    a.resourceType === b.resourceType &&
    agree(a.region, b.region) &&
    agree(a.compartmentId, b.compartmentId) &&
    agree(a.dbSystemId, b.dbSystemId)
  );
}

/** Whether two tellings of one fact may mean one resource: what is not told contradicts nothing. */
export function mayBeSame(a: ResourceRef, b: ResourceRef): boolean {
  if (isUnknown(a) && isUnknown(b)) return agree(calledBy(a), calledBy(b));
  if (a.resourceId === b.resourceId || isUnknown(a) || isUnknown(b)) return true;
  const [nameOfA, nameOfB] = [uniqueNameOf(a), uniqueNameOf(b)];
  if (nameOfA !== null && nameOfB !== null) return agreeOnName(nameOfA, nameOfB);
  if (nameOfA !== null) return isNameOf(nameOfA, b);
  return nameOfB !== null && isNameOf(nameOfB, a);
}

/** What the event of an unknown resource calls it; null: nothing. */
function calledBy({ resourceName }: ResourceRef): string | null {
  return resourceName === unknownName ? null : resourceName;
}

function isNameOf({ name, region }: UniqueName, { resourceId, resourceName }: ResourceRef): boolean {
  const isNameTold = resourceName !== resourceId;
  return agree(region, regionOf(resourceId)) && (!isNameTold || resourceName.toLowerCase() === name);
}
