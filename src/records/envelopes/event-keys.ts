import type { JsonObject } from '../json.js';
import { spellings } from './service-answer.js';

/** The keys that OCI Events, OCI Audit and OCI Logging (CloudEvents 1.0) give an event. */
const eventKeys = new Set(
  [
    'event-type cloud-events-version event-type-version source event-time content-type data event-id extensions',
    'specversion type id time subject dataschema schemaurl datacontenttype data_base64 oracle eventID',
  ]
    .flatMap((keys) => keys.split(' '))
    .flatMap(spellings),
);

export function isEventKey(key: string): boolean {
  return eventKeys.has(key);
}

/** Whether there is more in an event than the service put there. */
export function hasForeignKeys(event: JsonObject): boolean {
  for (const key in event) if (!eventKeys.has(key)) return true;
  return false;
}
