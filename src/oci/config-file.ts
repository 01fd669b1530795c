import { parse } from 'ini';
import { Failure, explainError } from '../errors.js';
import type { WatchedFiles } from './watched-files.js';

/** The fields of a profile; those that it lacks come from DEFAULT. */
export type ProfileFields = ReadonlyMap<string, string>;

/**
 * A profile of an OCI configuration file.
 * https://docs.oracle.com/iaas/Content/API/Concepts/sdkconfig.htm
 *
 * @throws Failure('usage') if there is no such file or profile
 */
export async function readProfile(
  file: string,
  profile: string,
  files: WatchedFiles,
): Promise<ProfileFields> {
  let text: string;
  try {
    text = await files.read(file);
  } catch (error) {
    throw new Failure('usage', `cannot read the OCI configuration file ${file}: ${explainError(error)}`, {
      cause: error,
      hints: ['`oci setup config` makes one; auth.file names another.'],
    });
  }
  // A dot is part of a profile's name; other INI files use it for nesting.
  const escaped = text.replace(/^(\s*\[)([^\]\n]*)\]/gm, (_whole, open: string, name: string) => {
    return `${open}${name.replaceAll('.', String.raw`\.`)}]`;
  });
  const sections: Readonly<Record<string, unknown>> = parse(escaped);
  const own = sections[profile];
  if (!isSection(own)) {
    const names = Object.keys(sections).filter((name) => isSection(sections[name]));
    throw new Failure('usage', `the OCI configuration file ${file} has no profile ${profile}`, {
      hints: [names.length === 0 ? 'It has no profile at all.' : `It has: ${names.join(', ')}.`],
    });
  }
  const base = sections['DEFAULT'];
  const fields = new Map<string, string>();
  for (const section of [base, own]) {
    if (!isSection(section)) continue;
    for (const [key, value] of Object.entries(section)) {
      if (typeof value === 'string' && value !== '') fields.set(key, value);
    }
  }
  return fields;
}

function isSection(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
