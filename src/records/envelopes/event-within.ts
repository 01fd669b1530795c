import { type JsonObject, isJsonObject } from '../json.js';
import { isOracleEvent } from './event-shape.js';

/** An event of Oracle's anywhere in the data or the extensions of another one, as an object; undefined: there is none. */
export function eventWithin(event: JsonObject): JsonObject | undefined {
  const open: unknown[] = [event['data'], event['extensions']];
  while (open.length > 0) {
    const value = open.pop();
    if (Array.isArray(value)) {
      for (const each of value) open.push(each);
    } else if (isJsonObject(value)) {
      if (isOracleEvent(value)) return value;
      for (const key in value) if (typeof value[key] === 'object') open.push(value[key]);
    }
  }
  return undefined;
}
