import { isScalar } from 'yaml';

/** Keys and positions that lead to a value. */
export type YamlPath = readonly (string | number)[];

/** The path of the value of a key. A key is the text that it becomes in an object. */
export function keyInPath(key: unknown, path: YamlPath): YamlPath {
  return [...path, keyText(key)];
}

/** Of a key that is no scalar: the empty text. */
export function keyText(key: unknown): string {
  const value = isScalar(key) ? key.value : key;
  return value === null || typeof value === 'object' ? '' : String(value);
}
