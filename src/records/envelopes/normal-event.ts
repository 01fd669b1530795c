import { type JsonObject, isJsonObject, objectIn, valueIn } from '../json.js';
import { decodeBase64 } from '../base64.js';

/** Objects in `data` whose keys are Oracle's own; keys of tags are the customer's, and stay as they are. */
const parts = ['additionalDetails', 'identity', 'request', 'response', 'stateChange'];
const foreignNames = /[-_][a-z0-9]/;

/**
 * An event with the names that the service itself uses. Oracle's command line writes them with hyphens
 * (`event-type`, `resource-id`), its Python library with underscores; `data` may be JSON text, or base64
 * (`data_base64` of CloudEvents 1.0). The same object where nothing differs.
 */
export function normalEvent(value: JsonObject): JsonObject {
  const event = 'event-type' in value || 'event_type' in value ? withOwnNames(value) : value;
  const written = event['data'] ?? fromBase64(event['data_base64']);
  const data = objectInText(written);
  if (data === undefined) return event;
  const named = 'resourceId' in data || !Object.keys(data).some(isForeign) ? data : withOwnParts(data);
  return named === event['data'] ? event : { ...event, data: named };
}

function fromBase64(value: unknown): unknown {
  return typeof value === 'string' ? decodeBase64(value) : undefined;
}

/** Some connectors write JSON text as JSON text once more. */
function objectInText(value: unknown): JsonObject | undefined {
  return objectIn(value) ?? objectIn(valueIn(value));
}

function withOwnParts(data: JsonObject): JsonObject {
  const named = withOwnNames(data);
  const changed = parts.flatMap((part) => {
    const value = named[part];
    if (!isJsonObject(value)) return [];
    return [[part, part === 'stateChange' ? withOwnStates(value) : withOwnNames(value)] as const];
  });
  return { ...named, ...Object.fromEntries(changed) };
}

function withOwnStates(change: JsonObject): JsonObject {
  const states = Object.entries(withOwnNames(change));
  return Object.fromEntries(
    states.map(([key, state]) => [key, isJsonObject(state) ? withOwnNames(state) : state]),
  );
}

/** `resourceId` of `resource-id`, unless it has both. */
function withOwnNames(value: JsonObject): JsonObject {
  if (!Object.keys(value).some(isForeign)) return value;
  const entries = Object.entries(value).map(([key, field]) => {
    const own = isForeign(key) ? ownName(key) : key;
    return [own !== key && own in value ? key : own, field] as const;
  });
  return Object.fromEntries(entries);
}

function isForeign(key: string): boolean {
  return foreignNames.test(key);
}

function ownName(key: string): string {
  return key.replaceAll(/[-_]([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
