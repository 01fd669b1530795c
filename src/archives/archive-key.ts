import { Failure } from '../errors.js';

/**
 * The segments of a key: relative, with `/`, no empty segment, no `.` or `..`, nothing that another system would take
 * for a separator. Keys contain configured names, so a bad one must not reach a file system or a URL.
 */
export function splitKey(key: string): readonly string[] {
  const parts = partsOfKey(key);
  if (parts === null) {
    throw new Failure('storage', `${JSON.stringify(key)} cannot be a key of the archive`, {
      hints: ['A key is relative, with / between its parts, and no part is empty, "." or "..".'],
    });
  }
  return parts;
}

/** The same of any text, such as a name that a listing or a manifest has; null: it is no key. */
export function partsOfKey(key: string): readonly string[] | null {
  const parts = key.split('/');
  // oxlint-disable-next-line no-control-regex -- a control character in a name is what we look for
  if (/[\\\u0000-\u001f\u007f]/.test(key)) return null;
  return parts.some((part) => ['', '.', '..'].includes(part)) ? null : parts;
}

/** The segments of a prefix, which ends in `/`. */
export function splitPrefix(prefix: string): readonly string[] {
  if (!prefix.endsWith('/')) {
    throw new Failure('storage', `${JSON.stringify(prefix)} cannot be a prefix of the archive`, {
      hints: ['A prefix ends in /.'],
    });
  }
  return splitKey(prefix.slice(0, -1));
}
