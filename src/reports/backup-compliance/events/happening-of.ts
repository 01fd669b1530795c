import { parseInstant } from '../../../base/instants.js';
import type { Happening } from '../../../model/pulse.js';
import { type JsonObject, isJsonObject, objectIn, textIn } from '../../../records/json.js';
import { regionOf } from '../model/named-resource.js';

/** Region names and codes; anything else in an OCID is none. */
const plausibleRegion = /^[a-z][a-z0-9-]{1,30}$/;

/**
 * When and where something happened that a record tells of, as far as can be told; undefined: it tells no time. It is
 * told of any record: whether it was understood, or is about backups, does not matter.
 *
 * @param timeMs where it is known already, epoch milliseconds
 */
export function happeningOf(record: unknown, timeMs?: number): Happening | undefined {
  if (!isJsonObject(record)) return undefined;
  const happenedMs =
    timeMs ?? parseInstant(record['eventTime'] ?? record['time'] ?? record['auditEventTime']);
  return happenedMs === undefined ? undefined : { timeMs: happenedMs, region: regionIn(record) };
}

/** Of the resource, else of another one that the event names; null: not known. */
function regionIn(record: JsonObject): string | null {
  const data = record['data'];
  if (!isJsonObject(data)) return null;
  const own = plausible(regionOf(textIn(data['resourceId'])));
  if (own !== null) return own;
  const details = objectIn(data['additionalDetails']) ?? {};
  for (const key of Object.keys(details).sort()) {
    const named = plausible(regionOf(textIn(details[key])));
    if (named !== null) return named;
  }
  return null;
}

function plausible(region: string | null): string | null {
  return region !== null && plausibleRegion.test(region) ? region : null;
}
