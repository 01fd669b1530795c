import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { Failure, explainError } from '../errors.js';
import { type Configuration, configurationSchema } from './schema.js';

export interface LoadedConfiguration {
  readonly configuration: Configuration;
  /** Folder of the file: what its relative paths are relative to. */
  readonly directory: string;
  /** sha-256 hex of the file as written, references unresolved: no secret goes into it. */
  readonly digest: string;
}

/**
 * Reads and checks the configuration file.
 *
 * @throws Failure('usage') that lists every fault at once, each with its path in the file and its line
 */
export async function loadConfiguration(path: string): Promise<LoadedConfiguration> {
  const absolute = resolve(path);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(absolute));
  } catch (error) {
    throw new Failure('usage', `cannot read the configuration ${path}: ${explainError(error)}`, {
      cause: error,
      hints: ['Name another file with --config FILE. `backup-report init` writes one to start from.'],
    });
  }
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: true });
  if (document.errors.length > 0) {
    throw configurationFailure(
      path,
      document.errors.map(({ message }) => message.trimEnd()),
    );
  }
  const lineOf = (keys: readonly PropertyKey[]): number | null => {
    for (let length = keys.length; length > 0; length -= 1) {
      const node: unknown = document.getIn(keys.slice(0, length).map(asKey), true);
      const range = isNode(node) ? node.range : null;
      if (range) return lineCounter.linePos(range[0]).line;
    }
    return null;
  };
  const faults: string[] = [];
  const references = resolveReferences(document.toJS(), [], dirname(absolute), faults);
  const parsed = configurationSchema.safeParse(references ?? {});
  if (!parsed.success) {
    for (const issue of parsed.error.issues) faults.push(describeIssue(issue, lineOf));
  }
  if (faults.length > 0 || !parsed.success) throw configurationFailure(path, faults);
  const digest = createHash('sha256').update(text).digest('hex');
  return { configuration: parsed.data, directory: dirname(absolute), digest };
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value;
}

function asKey(key: PropertyKey): string | number {
  return typeof key === 'number' ? key : String(key);
}

/**
 * `${VAR}` in any text is the environment's value, `${file:PATH}` the content of a file without its last newline.
 * What is not there is a fault.
 */
function resolveReferences(
  value: unknown,
  path: readonly (string | number)[],
  directory: string,
  faults: string[],
): unknown {
  if (typeof value === 'string') {
    return value.replace(
      /\$\{(?:file:([^}]+)|([A-Za-z_][A-Za-z0-9_]*))\}/g,
      (_whole, file?: string, name = '') => {
        try {
          return file === undefined
            ? fromEnvironment(name)
            : readFileSync(resolve(directory, file), 'utf8').trimEnd();
        } catch (error) {
          const what = file === undefined ? '' : `cannot read ${file}: `;
          faults.push(`${pathInWords(path)}: ${what}${explainError(error)}`);
          return '';
        }
      },
    );
  }
  const inside = (key: string | number, each: unknown): unknown =>
    resolveReferences(each, [...path, key], directory, faults);
  if (Array.isArray(value)) return value.map((each, index) => inside(index, each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inside(key, each)]));
}

function fromEnvironment(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`the environment variable ${name} is not set`);
  return value;
}

function describeIssue(
  issue: z.core.$ZodIssue,
  lineOf: (keys: readonly PropertyKey[]) => number | null,
): string {
  const keys = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  const line = lineOf(keys);
  const where = line === null ? '' : ` (line ${line})`;
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => pathInWords([...issue.path, key])).join(', ');
    return `${names}: this version knows no such key${where}`;
  }
  return `${pathInWords(issue.path) || 'the file'}: ${messageOf(issue)}${where}`;
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_union' && issue.path.at(-1) === 'type') {
    return `must be one of ${allowedTypes(issue.path)}`;
  }
  const required = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  return required ? `is required (${issue.expected})` : issue.message;
}

/** Which `type` each section may have; the words of the schema's unions. */
function allowedTypes(path: readonly PropertyKey[]): string {
  const types: Readonly<Record<string, string>> = {
    sources: 'local-files, log-analytics, object-storage, streaming',
    inventory: 'observed, file, oci',
    archive: 'file-system, object-storage',
    mail: 'smtp, email-delivery, outbox, none',
    channels: 'oci-notifications, webhook',
    auth: 'config-file, session-token, api-key, instance-principal, resource-principal, oke-workload-identity',
  };
  return types[String(path[0])] ?? 'the documented values';
}

function pathInWords(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
    .join('');
}

function configurationFailure(path: string, faults: readonly string[]): Failure {
  const number = faults.length === 1 ? 'one fault' : `${faults.length} faults`;
  return new Failure(
    'usage',
    `the configuration ${path} has ${number}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    { hints: ['The README shows a whole configuration with every key.'] },
  );
}
