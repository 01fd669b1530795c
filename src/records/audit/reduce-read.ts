import { type JsonObject, objectIn, textIn } from '../json.js';

/** Of the event, in every spelling of an envelope. */
const eventFields = ['eventType', 'type', 'eventId', 'eventID', 'id', 'eventTime', 'time', 'specversion'];
const dataFields = ['eventName', 'eventGroupingId', 'compartmentId'];

/**
 * What is kept of a call that only read: ids, time, type, operation, verb and compartment, so that it can be counted again.
 * Who made it, and what it was told, is kept nowhere. Reducing it again changes nothing.
 */
export function reducedRead(event: JsonObject): JsonObject {
  const data = objectIn(event['data']) ?? {};
  const action = textIn(objectIn(data['request'])?.['action']);
  return {
    ...scalarsOf(event, eventFields),
    data: { ...scalarsOf(data, dataFields), request: { action } },
  };
}

function scalarsOf(value: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name) => {
      const field = value[name];
      return typeof field === 'string' || typeof field === 'number' ? [[name, field]] : [];
    }),
  );
}
