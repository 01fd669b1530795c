import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LineCounter, type Node, parseDocument } from 'yaml';
import { Failure, explainError } from '../errors.js';
import { readRegularFile } from '../files/regular-file.js';
import { describeIssue } from './describe-issue.js';
import { resolveReferences } from './references.js';
import { type Configuration, configurationSchema } from './schema.js';
import { archivableConfiguration } from './archivable-configuration.js';

/** Where a shell puts what another command writes, `--config <(…)`: only that is waited for. */
const pipeOfShell = /^\/dev\/(stdin|fd\/\d+)$/;

export interface LoadedConfiguration {
  readonly configuration: Configuration;
  /** Folder of the file, to which its relative paths are relative. */
  readonly directory: string;
  /** sha-256 hex of the file as written, references unresolved: no secret goes into it. */
  readonly digest: string;
  /** The file as written, without secrets: for the archive. */
  readonly archivable: unknown;
}

/**
 * Reads and checks the configuration file.
 *
 * @throws Failure('usage') that lists every fault at once, each with its path in the file and its line
 */
export async function loadConfiguration(path: string): Promise<LoadedConfiguration> {
  const absolute = resolve(path);
  const directory = dirname(absolute);
  const text = await readConfigurationText(absolute, path);
  const { content, lineOf } = parseYaml(text, path);
  const resolved = resolveReferences(content, directory);
  const parsed = configurationSchema.safeParse(resolved.value ?? {});
  const issues = parsed.error?.issues ?? [];
  const faults = [...resolved.faults, ...issues.map((issue) => describeIssue(issue, lineOf))];
  if (faults.length > 0 || !parsed.success) throw configurationFailure(path, faults);
  const digest = createHash('sha256').update(text).digest('hex');
  return { configuration: parsed.data, directory, digest, archivable: archivableConfiguration(content) };
}

async function readConfigurationText(absolute: string, path: string): Promise<string> {
  try {
    const bytes = await (pipeOfShell.test(absolute) ? readFile(absolute) : readRegularFile(absolute));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Failure('usage', `cannot read the configuration ${path}: ${explainError(error)}`, {
      cause: error,
      hints: ['Name another file with --config FILE. `backup-report init` writes one to start from.'],
    });
  }
}

interface ParsedYaml {
  readonly content: unknown;
  /** The line of a key, or of the nearest enclosing key that exists; null: there is none. */
  readonly lineOf: (keys: readonly PropertyKey[]) => number | null;
}

function parseYaml(text: string, path: string): ParsedYaml {
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
  return { content: document.toJS(), lineOf };
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value;
}

function asKey(key: PropertyKey): string | number {
  return typeof key === 'number' ? key : String(key);
}

function configurationFailure(path: string, faults: readonly string[]): Failure {
  const number = faults.length === 1 ? 'one fault' : `${faults.length} faults`;
  return new Failure(
    'usage',
    `the configuration ${path} has ${number}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    { hints: ['The README shows a whole configuration with every key.'] },
  );
}
