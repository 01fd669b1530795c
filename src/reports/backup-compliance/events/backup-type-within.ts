import { type JsonObject, isJsonObject } from '../../../records/json.js';
import type { EventCatalogue } from './event-catalogue.js';

const anyCloud = /com\.oraclecloud\./i;
const anyType = /com\.oraclecloud(?:\.[a-z]+){2,}/gi;

/** Shorter text names no type, as it is and in base64. */
const shortestName = 19;

const shortestPacked = 26;
const base64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/**
 * The first type of a backup event that the text of an event names; null where it names none. Such an event may be the
 * envelope of another one. Its own type does not count; base64 is looked into.
 */
export function backupTypeWithin(event: JsonObject, catalogue: EventCatalogue): string | null {
  const own = (event['eventType'] ?? null) === null ? 'type' : 'eventType';
  const open: unknown[] = [];
  for (const key in event) if (key !== own) open.push(event[key]);
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string') {
      const named = value.length < shortestName ? null : backupTypeIn(value, catalogue);
      if (named !== null) return named;
    } else if (Array.isArray(value)) {
      for (const each of value) open.push(each);
    } else if (isJsonObject(value)) {
      for (const key in value) open.push(value[key]);
    }
  }
  return null;
}

function backupTypeIn(text: string, catalogue: EventCatalogue): string | null {
  // Most texts are identifiers: they have a point, and base64 has none.
  const mayBePacked = text.length >= shortestPacked && !text.includes('.') && base64.test(text);
  const plain = mayBePacked ? Buffer.from(text, 'base64').toString('latin1') : text;
  if (!anyCloud.test(plain)) return null;
  for (const [name] of plain.matchAll(anyType)) {
    const found = catalogue(name);
    if (found.known && found.type.catalogued && found.type.action !== 'unrelated') return found.type.name;
  }
  return null;
}
