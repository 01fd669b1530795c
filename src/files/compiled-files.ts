import { readFileSync } from 'node:fs';
import { sha256Hex } from '../base/digest.js';

/**
 * Where `npm run build` puts what it makes of shipped texts (scripts/compile-shipped.mjs). A text that is not there is
 * compiled when it is read, which only takes longer.
 */
export const compiledFolder = new URL('../../compiled/', import.meta.url);

/**
 * Name of the file with what was made of a text. Another text, compiler or option has another name, so that an edited
 * text can never be taken for the shipped one.
 *
 * @param madeOf all that decides the result, the version of the compiler included
 */
export function compiledName(kind: string, madeOf: readonly string[]): string {
  return `${kind}-${sha256Hex(JSON.stringify(madeOf)).slice(0, 40)}`;
}

/** The data that was made of a text; null: it is not there, or cannot be read. */
export function readCompiled(name: string): unknown {
  try {
    return JSON.parse(readFileSync(new URL(`${name}.json`, compiledFolder), 'utf8'));
  } catch {
    return null;
  }
}

/** The same where it is no JSON. */
export function readCompiledBytes(name: string): Buffer | null {
  try {
    return readFileSync(new URL(`${name}.bin`, compiledFolder));
  } catch {
    return null;
  }
}
