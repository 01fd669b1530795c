import { type JsonObject, textIn } from '../../../records/json.js';

/**
 * Types of the Events service that are the beginning of a catalogued type and whole all the same, with the kind of OCID
 * of what they are about; null: no other type is worth the doubt. Source: the services' lists of event types.
 */
const wholeNames: ReadonlyMap<string, string | null> = new Map([
  ['com.oraclecloud.blockvolumes.updatevolume', null],
  ['com.oraclecloud.blockvolumes.createvolumegroup', 'volumegroup'],
  ['com.oraclecloud.blockvolumes.updatevolumegroup', 'volumegroup'],
]);

/**
 * Whether a type that has no row is only the beginning of one that has (design section 3). Types that have a row in one
 * piece count with a begin and an end as well, because Audit may record them so.
 *
 * @param catalogued full types in lower case
 */
export function isBeginningOf(catalogued: Iterable<string>): (name: string) => boolean {
  const names: string[] = [];
  for (const name of catalogued) {
    if (/\.(?:begin|end|critical|information)$/.test(name)) names.push(name);
    else names.push(`${name}.begin`, `${name}.end`);
  }
  return (name) => names.some((each) => each.length > name.length && each.startsWith(name));
}

/**
 * Whether a type that is the beginning of a catalogued one is a whole name of its own: Audit calls the operation so, or
 * the Events service has such a type and the event is about such a resource.
 *
 * @param name in lower case
 */
export function isNamedWhole(name: string, data: JsonObject): boolean {
  const operation = textIn(data['eventName'])?.toLowerCase();
  if (operation !== undefined) return operation === lastSegment(name);
  const kind = wholeNames.get(name);
  if (kind === undefined) return false;
  const subject = textIn(data['resourceId'])?.toLowerCase();
  return kind === null || subject?.startsWith(`ocid1.${kind}.`) === true;
}

/**
 * The type with the whole name of its operation, in lower case, where Audit gives the operation a longer name than the
 * type does: the type was cut off.
 */
export function operationBeyond(eventType: string, data: JsonObject): string | undefined {
  const operation = data['eventName'];
  if (typeof operation !== 'string') return undefined;
  const name = eventType.trim().toLowerCase();
  const last = lastSegment(name);
  const isLonger = operation.length > last.length && operation.toLowerCase().startsWith(last);
  return isLonger ? name.slice(0, name.length - last.length) + operation.toLowerCase() : undefined;
}

function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
