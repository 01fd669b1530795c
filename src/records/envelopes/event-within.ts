import { type JsonObject, isJsonObject } from '../json.js';
import { isOracleEvent, isTypeKey } from './event-shape.js';

/** An event of Oracle's anywhere in the data or the extensions of another one, as an object; undefined: there is none. */
export function eventWithin(event: JsonObject): JsonObject | undefined {
  const open: unknown[] = [event['data'], event['extensions']];
  while (open.length > 0) {
    const value = open.pop();
    if (Array.isArray(value)) {
      for (const each of value) open.push(each);
    } else if (isJsonObject(value)) {
      let hasType = false;
      for (const key in value) {
        hasType ||= isTypeKey(key);
        const field = value[key];
        if (typeof field === 'object' && field !== null) open.push(field);
      }
      if (hasType && isOracleEvent(value)) return value;
    }
  }
  return undefined;
}
