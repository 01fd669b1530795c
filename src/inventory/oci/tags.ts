import { compareText } from '../../base/text-order.js';

/** Tag keys that name an owner, ignoring case, `-` and `_`; for defined tags the part after the dot. */
const ownerKeys = new Set(['owner', 'resourceowner']);

/** Freeform tags by their key and defined ones by `namespace.key`, sorted by key. */
export function flattenTags(
  freeform: Readonly<Record<string, unknown>>,
  defined: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Record<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(freeform)) all.set(key, tagText(value));
  for (const [namespace, tags] of Object.entries(defined)) {
    for (const [key, value] of Object.entries(tags)) all.set(`${namespace}.${key}`, tagText(value));
  }
  return Object.fromEntries([...all].sort(([a], [b]) => compareText(a, b)));
}

/** The first tag by key that names an owner. */
export function ownerOf(tags: Readonly<Record<string, string>>): string | null {
  for (const [key, value] of Object.entries(tags)) {
    const last = key.slice(key.lastIndexOf('.') + 1).toLowerCase();
    if (ownerKeys.has(last.replaceAll(/[-_]/g, '')) && value.trim() !== '') return value.trim();
  }
  return null;
}

function tagText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
