import { compareText } from '../../../base/text-order.js';
import { type JsonObject, isJsonObject, objectIn } from '../../../records/json.js';

/** The tag fields of `data`. They may hold anything: they are read defensively and never cause a rejection. */
export interface TagFields {
  readonly freeformTags?: unknown;
  readonly freeFormTags?: unknown;
  readonly definedTags?: unknown;
}

/** Values by key: freeform tags by their key, defined ones by `namespace.key`, sorted by key. */
export type Tags = Readonly<Record<string, string>>;

/** The usual case: one object for all events without tags. */
export const noTags: Tags = Object.freeze({});

/** OCI allows 10 freeform and 64 defined tags on a resource; policy rules need far fewer. */
const maxTags = 50;

/** Of a key and of a value; OCI allows 100 and 256. */
const maxLength = 256;

/** How many distinct tag sets are pooled; a hostile input may have any number. */
const maxPooled = 20_000;

/**
 * The tag that OCI writes to every resource itself, backups included: when it was created. It would make the tags of
 * every backup different, and says nothing about the protected resource.
 * https://docs.oracle.com/iaas/Content/Tagging/Concepts/understandingautomaticdefaulttags.htm
 */
const automaticNamespace = 'Oracle-Tags';
const automaticTime = 'CreatedOn';

/** The raw tags of an event and what was read from them. */
interface Reading {
  readonly freeform: unknown;
  readonly defined: unknown;
  readonly tags: Tags;
}

/**
 * Creates the reader of tags in an event's `data`. Connectors write objects as JSON text, and services write null for
 * none; values other than text, number or boolean are skipped: tags never make an event unreadable. Equal tags share
 * one object.
 *
 * Most events carry the same tags as the last one of their resource: that case costs one comparison and no new text.
 */
export function createTagReader(): (data: TagFields, resourceId: string) => Tags {
  const pool = new Map<string, Tags>();
  const latest = new Map<string, Reading>();
  return (data, resourceId) => {
    const freeform = data.freeformTags ?? data.freeFormTags;
    const defined = data.definedTags;
    if (isEmpty(freeform) && isEmpty(defined)) return noTags;
    const before = latest.get(resourceId);
    if (before !== undefined && isSameReading(before, freeform, defined)) return before.tags;
    const read: string[] = [];
    addFreeform(read, objectIn(freeform) ?? {});
    addDefined(read, objectIn(defined) ?? {});
    const tags = read.length === 0 ? noTags : pooled(pool, read);
    if (before !== undefined || latest.size < maxPooled) latest.set(resourceId, { freeform, defined, tags });
    return tags;
  };
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value !== 'object') return value === '{}';
  for (const _ in value) return false;
  return true;
}

function isSameReading(before: Reading, freeform: unknown, defined: unknown): boolean {
  if (!isSameTags(before.freeform, freeform, false)) return false;
  if (before.defined === defined) return true;
  if (!isJsonObject(before.defined) || !isJsonObject(defined)) return false;
  let namespaces = 0;
  for (const each in defined) {
    if (!isSameTags(before.defined[each], defined[each], each === automaticNamespace)) return false;
    namespaces += 1;
  }
  return namespaces === keysIn(before.defined);
}

function isSameTags(before: unknown, now: unknown, isAutomatic: boolean): boolean {
  if (before === now) return true;
  if (!isJsonObject(before) || !isJsonObject(now)) return isEmpty(before) && isEmpty(now);
  let keys = 0;
  for (const key in now) {
    keys += 1;
    if (before[key] === now[key]) continue;
    if (!isAutomatic || key !== automaticTime || !Object.hasOwn(before, key)) return false;
  }
  return keys === keysIn(before);
}

/** Without a list of them. */
function keysIn(value: JsonObject): number {
  let keys = 0;
  for (const _ in value) keys += 1;
  return keys;
}

/** Keys and values alternate. */
function addFreeform(read: string[], tags: JsonObject): void {
  for (const key of Object.keys(tags)) add(read, key, tags[key]);
}

function addDefined(read: string[], namespaces: JsonObject): void {
  for (const namespace of Object.keys(namespaces)) {
    const tags = namespaces[namespace];
    if (!isJsonObject(tags)) continue;
    for (const key of Object.keys(tags)) {
      if (namespace === automaticNamespace && key === automaticTime) continue;
      add(read, `${namespace}.${key}`, tags[key]);
    }
  }
}

function add(read: string[], key: string, value: unknown): void {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return;
  read.push(cut(key), cut(String(value)));
}

function cut(text: string): string {
  return text.length > maxLength ? text.slice(0, maxLength) : text;
}

/** Looked up by their text as read, which is cheapest, then by their sorted text. */
function pooled(pool: Map<string, Tags>, read: readonly string[]): Tags {
  const asRead = JSON.stringify(read);
  const seen = pool.get(asRead);
  if (seen !== undefined) return seen;
  const tags = inOrder(read);
  const canonical = JSON.stringify(Object.entries(tags).flat());
  const equal = pool.get(canonical) ?? tags;
  if (pool.size < maxPooled) pool.set(canonical, equal).set(asRead, equal);
  return equal;
}

/** Own properties only: a tag may be called `__proto__`. */
function inOrder(read: readonly string[]): Tags {
  const entries = new Map<string, string>();
  for (let at = 0; at < read.length; at += 2) entries.set(read[at] ?? '', read[at + 1] ?? '');
  const sorted = [...entries].sort(([a], [b]) => compareText(a, b));
  return Object.fromEntries(sorted.slice(0, maxTags));
}
