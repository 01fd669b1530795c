import { resolve } from 'node:path';
import { explainError } from '../errors.js';
import { decodeText } from '../files/decode-text.js';
import { readRegularFileSync } from '../files/regular-file.js';
import type { ConfigurationFault } from './describe-issue.js';
import { UnreachableText } from './unreachable-text.js';

/** More than any key or certificate. */
const maxValueBytes = 1024 * 1024;

/** Whatever looks as if it were a reference: one that is not closed has no `}`. */
const anyReference = /\$\{([^}]*)(\}?)/g;
const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;
const howToRefer =
  'write ${NAME} for an environment variable, ${file:PATH} for what is in a file, ${vault:OCID} for a secret of OCI Vault';

export interface ReferenceOptions {
  /** To which relative paths are relative. */
  readonly directory: string;
  /** Whether a value at this path is an UnreachableText, and no fault, where what it names is not there. */
  readonly mayBeMissing?: (path: readonly PropertyKey[]) => boolean;
  /** The text of a secret that was read. Throws NotThere where it could not be. */
  readonly secretOf?: (secretId: string) => string;
}

/**
 * Replaces `${VAR}` in any text by the environment variable, and `${file:PATH}` by the content of the file, of at most
 * 1 MiB in UTF-8, without trailing white space; so is `${vault:OCID}` by a secret. A pipe or a device is a fault, and not waited for.
 * What is found is not looked at again: a value may contain `${`.
 *
 * @returns the value with all references resolved, and a fault for each one that cannot be
 */
export function resolveReferences(
  value: unknown,
  { directory, mayBeMissing = () => false, secretOf = unread }: ReferenceOptions,
): { readonly value: unknown; readonly faults: readonly ConfigurationFault[] } {
  const faults: ConfigurationFault[] = [];
  const resolveText = (text: string, path: readonly PropertyKey[]): string | UnreachableText => {
    let missing: string | null = null;
    const resolved = text.replace(anyReference, (_whole, reference: string, end: string) => {
      try {
        return valueOf(reference, end !== '', { directory, secretOf });
      } catch (error) {
        if (error instanceof NotThere && mayBeMissing(path)) missing ??= error.message;
        else faults.push({ path, words: explainError(error), line: null });
        return '';
      }
    });
    return missing === null ? resolved : new UnreachableText(missing);
  };
  return { value: mapTexts(value, [], resolveText), faults };
}

/** The value with each text in it replaced, at any depth. */
function mapTexts(
  value: unknown,
  path: readonly PropertyKey[],
  replace: (text: string, path: readonly PropertyKey[]) => unknown,
): unknown {
  if (typeof value === 'string') return replace(value, path);
  if (Array.isArray(value)) return value.map((each, index) => mapTexts(each, [...path, index], replace));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, mapTexts(each, [...path, key], replace)]),
  );
}

/** The reference is one, but what it names is not there. */
export class NotThere extends Error {}

function unread(): never {
  throw new NotThere('is a secret of OCI Vault, and was not read');
}

function valueOf(
  reference: string,
  isClosed: boolean,
  { directory, secretOf }: Required<Pick<ReferenceOptions, 'directory' | 'secretOf'>>,
): string {
  if (!isClosed) throw new Error(`has a \${ that is not closed: ${howToRefer}`);
  const [, scheme, rest = ''] = /^(env|file|vault):(.*)$/s.exec(reference) ?? [];
  if (scheme === 'file') return fromFile(rest, directory);
  if (scheme === 'vault') return secretOf(rest.trim()).trimEnd();
  if (variableName.test(reference)) return fromEnvironment(reference);
  if (scheme === 'env' && variableName.test(rest)) {
    throw new Error(`\${env:${rest}} is not a reference: write \${${rest}}`);
  }
  throw new Error(`has a \${…} that is not a reference: ${howToRefer}`);
}

function fromFile(file: string, directory: string): string {
  if (file.trim() === '') throw new Error('${file:} names no file: write ${file:PATH}');
  try {
    return decodeText(readRegularFileSync(resolve(directory, file), maxValueBytes)).trimEnd();
  } catch (error) {
    throw new NotThere(`cannot read ${file}: ${explainError(error)}`, { cause: error });
  }
}

function fromEnvironment(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new NotThere(`the environment variable ${name} is not set`);
  return value;
}
