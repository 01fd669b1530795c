import { resolve } from 'node:path';
import { explainError } from '../errors.js';
import { readRegularFileSync } from '../files/regular-file.js';
import { pathInWords } from './describe-issue.js';

/** More than any key or certificate. */
const maxValueBytes = 1024 * 1024;

/**
 * Replaces `${VAR}` in any text by the environment variable, and `${file:PATH}` by the content of the file, of at most
 * 1 MiB, without trailing white space. A pipe or a device is a fault, and not waited for.
 *
 * @param directory to which relative paths are relative
 * @returns the value with all references resolved, and a fault for each one that cannot be
 */
export function resolveReferences(
  value: unknown,
  directory: string,
): { readonly value: unknown; readonly faults: readonly string[] } {
  const faults: string[] = [];
  const resolveText = (text: string, path: readonly PropertyKey[]): string =>
    text.replace(/\$\{(?:file:([^}]+)|([A-Za-z_][A-Za-z0-9_]*))\}/g, (_whole, file?: string, name = '') => {
      try {
        return file === undefined ? fromEnvironment(name) : fromFile(resolve(directory, file));
      } catch (error) {
        const what = file === undefined ? '' : `cannot read ${file}: `;
        faults.push(`${pathInWords(path)}: ${what}${explainError(error)}`);
        return '';
      }
    });
  return { value: mapTexts(value, [], resolveText), faults };
}

/** The value with each text in it replaced, at any depth. */
function mapTexts(
  value: unknown,
  path: readonly PropertyKey[],
  replace: (text: string, path: readonly PropertyKey[]) => string,
): unknown {
  if (typeof value === 'string') return replace(value, path);
  if (Array.isArray(value)) return value.map((each, index) => mapTexts(each, [...path, index], replace));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, mapTexts(each, [...path, key], replace)]),
  );
}

function fromFile(path: string): string {
  return readRegularFileSync(path, maxValueBytes).toString('utf8').trimEnd();
}

function fromEnvironment(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`the environment variable ${name} is not set`);
  return value;
}
