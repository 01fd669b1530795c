import type { JsonObject } from '../json.js';

/** Whether it has the fields of every event of OCI Events, OCI Audit (`eventType`) or OCI Logging (CloudEvents 1.0). */
export function looksLikeEvent(value: JsonObject): boolean {
  if (typeof value['eventType'] === 'string') return true;
  return (
    typeof value['type'] === 'string' &&
    ('specversion' in value || 'cloudEventsVersion' in value || ('time' in value && 'data' in value))
  );
}
