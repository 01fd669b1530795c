import { resolve } from 'node:path';
import { z } from 'zod';
import { Failure, explainError } from '../errors.js';
import { readRegularFile } from '../files/regular-file.js';
import { readYaml } from '../files/read-yaml.js';
import { type Framework, supportNames } from '../reports/backup-compliance/model/framework.js';
import {
  type KnownFramework,
  frameworkOf,
  knownFrameworks,
} from '../reports/backup-compliance/rules/framework-table.js';
import type { MadeByFile } from '../reports/report-kind.js';

export interface WiredFrameworks {
  readonly frameworks: readonly Framework[];
  /** The company's own tables, for the archive. */
  readonly files: readonly MadeByFile[];
}

const ownFramework = z.strictObject({
  id: z.string().min(1),
  title: z.string().min(1),
  clauses: z
    .array(
      z.strictObject({
        clause: z.string().min(1),
        supports: z
          .array(
            z.strictObject({
              by: z.enum(supportNames, `must be one of ${supportNames.join(', ')}`),
              note: z.string().min(1).optional(),
            }),
          )
          .min(1, 'must name at least one'),
      }),
    )
    .min(1, 'must have at least one clause'),
});

/**
 * The frameworks that the configuration names, in its order: those that ship with the tool, and the company's own files.
 * What a company writes about itself counts as checked.
 *
 * @throws Failure('usage') for a file that cannot be read or says something else
 */
export async function wireFrameworks(
  names: readonly string[],
  read: (name: string) => Promise<Uint8Array>,
): Promise<WiredFrameworks> {
  const frameworks: Framework[] = [];
  const files: MadeByFile[] = [];
  for (const name of names) {
    if (isKnown(name)) {
      frameworks.push(frameworkOf(name));
      continue;
    }
    const bytes = await read(name);
    frameworks.push(parseOwn(bytes, name));
    files.push({
      name: frameworkFile(name),
      bytes,
      mediaType: 'application/yaml',
    });
  }
  return { frameworks, files };
}

function isKnown(name: string): name is KnownFramework {
  return (knownFrameworks as readonly string[]).includes(name);
}

/** Its name in the manifest's `madeBy`. */
export function frameworkFile(name: string): string {
  return `frameworks/${name.split(/[\\/]/).at(-1) ?? name}`;
}

/** Reads a company's own table. @param directory to which its name is relative */
export async function readOwnFramework(name: string, directory: string): Promise<Buffer> {
  try {
    return await readRegularFile(resolve(directory, name));
  } catch (error) {
    throw new Failure('usage', `frameworks: cannot read ${name}: ${explainError(error)}`, { cause: error });
  }
}

/** @param name as the configuration writes it */
export function parseOwn(bytes: Uint8Array, name: string): Framework {
  const yaml = readYaml(Buffer.from(bytes).toString('utf8'));
  const [fault] = yaml.faults;
  if (fault !== undefined) throw ownFault(name, `line ${fault.line}: ${fault.words}`);
  const parsed = ownFramework.safeParse(yaml.content);
  if (!parsed.success) {
    const told = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'the file'}: ${message}`,
    );
    throw ownFault(name, told.join('; '));
  }
  const { id, title, clauses } = parsed.data;
  return {
    id,
    title,
    clauses: clauses.map(({ clause, supports }) => ({
      clause,
      supports: supports.map(({ by, note = null }) => ({ by, checked: true, note })),
    })),
  };
}

function ownFault(name: string, words: string): Failure {
  return new Failure('usage', `frameworks: ${name}: ${words}`, {
    hints: ['docs/frameworks.md shows what such a file has.'],
  });
}
