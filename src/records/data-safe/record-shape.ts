import type { JsonObject } from '../json.js';

/** Keys of one of Data Safe's own fields: by the API, by the command line, by the Python library. */
function spelled(value: JsonObject, camel: string, kebab: string): boolean {
  return camel in value || kebab in value || kebab.replaceAll('-', '_') in value;
}

/**
 * Whether an object is an audit event of Data Safe: the only records with the time of an audit event. They have no type
 * of event. https://docs.oracle.com/iaas/api/#/en/data-safe/20181201/AuditEventSummary/
 */
export function isDataSafeEvent(value: JsonObject): boolean {
  return spelled(value, 'auditEventTime', 'audit-event-time') && !('metricName' in value);
}

/** Whether an object is an audit trail of Data Safe: it says whether, and since when, events are collected. */
export function isDataSafeTrail(value: JsonObject): boolean {
  return spelled(value, 'trailLocation', 'trail-location') && spelled(value, 'targetId', 'target-id');
}

/** Either of the two. */
export function isDataSafeRecord(value: JsonObject): boolean {
  return isDataSafeEvent(value) || isDataSafeTrail(value);
}

/** What a report calls it where it counts types of events: these records have none of their own. */
export function dataSafeTypeOf(value: JsonObject): string {
  return isDataSafeEvent(value) ? 'datasafe.auditevent' : 'datasafe.audittrail';
}
