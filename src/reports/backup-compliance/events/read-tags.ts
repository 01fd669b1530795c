import { type JsonObject, isJsonObject, objectIn } from '../../../records/json.js';
import { compareText } from '../../../base/text-order.js';

/** The fields of `data` with tags. They may be anything: they are read with care, and reject nothing. */
export interface TagFields {
  readonly freeformTags?: unknown;
  readonly freeFormTags?: unknown;
  readonly definedTags?: unknown;
}

/** Text by key: freeform tags by their key, defined ones by `namespace.key`, in order of the key. */
export type Tags = Readonly<Record<string, string>>;

/** What most events have: one object for all of them. */
export const noTags: Tags = Object.freeze({});

/** OCI allows 10 freeform and 64 defined tags on a resource; a rule of a policy needs far fewer. */
const maxTags = 50;

/** Of a key and of a value; OCI allows 100 and 256. */
const maxLength = 256;

/** Different sets of tags that are held so that equal ones are one object; a hostile input may have any number. */
const maxPooled = 20_000;

/**
 * The tag that OCI writes into every resource by itself, a backup too: when it was made. With it no two backups would
 * have equal tags, and it tells nothing of the protected resource.
 * https://docs.oracle.com/iaas/Content/Tagging/Concepts/understandingautomaticdefaulttags.htm
 */
const automaticNamespace = 'Oracle-Tags';
const automaticTime = 'CreatedOn';

/** The tags of a resource as an event carried them, and what was read of them. */
interface Reading {
  readonly freeform: unknown;
  readonly defined: unknown;
  readonly tags: Tags;
}

/**
 * Makes the reader of tags from an event's `data`. Connectors write objects as JSON text, and services null for none;
 * what is no text, number or boolean is left out: tags never make an event unreadable. Equal tags are one object.
 *
 * Most events carry what the last one of their resource did: that takes one look through both and makes no new text.
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
  return typeof value === 'object' ? Object.keys(value).length === 0 : value === '{}';
}

function isSameReading(before: Reading, freeform: unknown, defined: unknown): boolean {
  if (!isSameTags(before.freeform, freeform, false)) return false;
  if (before.defined === defined) return true;
  if (!isJsonObject(before.defined) || !isJsonObject(defined)) return false;
  const namespaces = Object.keys(defined);
  if (namespaces.length !== Object.keys(before.defined).length) return false;
  for (const each of namespaces) {
    if (!isSameTags(before.defined[each], defined[each], each === automaticNamespace)) return false;
  }
  return true;
}

function isSameTags(before: unknown, now: unknown, isAutomatic: boolean): boolean {
  if (before === now) return true;
  if (!isJsonObject(before) || !isJsonObject(now)) return isEmpty(before) && isEmpty(now);
  const keys = Object.keys(now);
  if (keys.length !== Object.keys(before).length) return false;
  for (const key of keys) {
    if (before[key] === now[key]) continue;
    if (!isAutomatic || key !== automaticTime || !Object.hasOwn(before, key)) return false;
  }
  return true;
}

/** Keys and values in turn. */
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

/** Found by their text as read, which costs least, else by that of the tags in order. */
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

/** Made with own properties only: a tag may be called `__proto__`. */
function inOrder(read: readonly string[]): Tags {
  const entries = new Map<string, string>();
  for (let at = 0; at < read.length; at += 2) entries.set(read[at] ?? '', read[at + 1] ?? '');
  const sorted = [...entries].sort(([a], [b]) => compareText(a, b));
  return Object.fromEntries(sorted.slice(0, maxTags));
}
