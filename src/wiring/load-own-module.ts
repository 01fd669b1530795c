import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sha256Hex } from '../base/digest.js';
import { nameValues } from '../base/name-values.js';
import { oneLine } from '../base/one-line.js';
import { Failure, explainError, systemErrorCode } from '../errors.js';
import type { ModuleParts, SettingsIssue, SettingsSchema } from '../ports/own-module.js';

/** A module as a configuration names it. */
export interface NamedModule {
  /** Where it is named, for errors: `sources[0]`. */
  readonly place: string;
  /** A path or the name of a package. */
  readonly module: string;
  readonly settings: unknown;
  /** What it must export, and what that must be able to do. */
  readonly exported: 'source' | 'channel';
  readonly methods: readonly string[];
}

/** What was opened, with what a report says of where it came from. */
export interface OpenedModule<T> {
  readonly opened: T;
  /** `./our-source.mjs (sha-256 1a2b3c4d5e6f)` */
  readonly description: string;
}

interface OpenableModule<T> {
  readonly settings?: SettingsSchema<unknown>;
  open(settings: unknown, parts: ModuleParts): T | Promise<T>;
}

/**
 * Loads a module of a company's own and opens it. It runs with the rights of this program: nothing keeps it from anything.
 *
 * @throws Failure('usage') where it is not there, cannot be loaded, exports something else, refuses its settings or cannot be opened
 */
export async function openOwnModule<T extends object>(
  named: NamedModule,
  parts: ModuleParts,
): Promise<OpenedModule<T>> {
  const path = pathOf(named, parts.directory);
  const digest = sha256Hex(await readModule(named, path));
  const module = exportedBy<T>(named, await importModule(named, path));
  const settings = await checkedSettings(named, module.settings);
  let opened: T;
  try {
    opened = await module.open(settings, parts);
  } catch (error) {
    const naming = nameValues('settings', named.settings);
    if (error instanceof Failure) {
      throw new Failure(error.kind, naming(error.message), { hints: error.hints.map(naming) });
    }
    const words = naming(explainError(error));
    throw failure(named, `cannot be opened: ${oneLine(words)}`, undefined);
  }
  const lacking = named.methods.find((name) => !canDo(opened, name));
  if (lacking !== undefined) {
    throw failure(named, `its open() gave a ${named.exported} without ${lacking}`);
  }
  return { opened, description: `${named.module} (sha-256 ${digest.slice(0, 12)})` };
}

function pathOf(named: NamedModule, directory: string): string {
  const { module } = named;
  if (module.startsWith('.') || isAbsolute(module)) return resolve(directory, module);
  try {
    return createRequire(join(directory, 'backup-report.yaml')).resolve(module);
  } catch (error) {
    throw failure(named, 'no such package is installed for the configuration', error, [
      `Install it in ${directory}, or name a file: ./${module}.mjs.`,
    ]);
  }
}

async function readModule(named: NamedModule, path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw failure(named, `${path} cannot be read: ${explainError(error)}`, error, [
      systemErrorCode(error) === 'ENOENT'
        ? 'Paths are relative to the folder of the configuration.'
        : 'Name the file of the module, and let the user of this command read it.',
    ]);
  }
}

async function importModule(named: NamedModule, path: string): Promise<unknown> {
  const url = pathToFileURL(path).href;
  try {
    return await import(url);
  } catch (error) {
    const hints = [`\`node --check ${named.module}\` shows errors of syntax, and where they are.`];
    throw failure(named, `cannot be loaded: ${oneLine(explainError(error))}`, error, hints);
  }
}

function exportedBy<T>(named: NamedModule, loaded: unknown): OpenableModule<T> {
  const { exported } = named;
  const found = fieldOf(loaded, exported);
  if (found === undefined) {
    throw failure(named, `exports nothing called ${exported}`, undefined, [
      `Write: export const ${exported} = { open(settings, parts) { … } };`,
    ]);
  }
  if (!canDo(found, 'open')) throw failure(named, `its ${exported} has no function open`);
  const settings = fieldOf(found, 'settings');
  if (settings !== undefined && !canDo(fieldOf(settings, '~standard'), 'validate')) {
    throw failure(named, `settings of its ${exported} is no schema`, undefined, [
      'Make it with zod or another library of https://standardschema.dev.',
    ]);
  }
  return found as OpenableModule<T>;
}

async function checkedSettings(
  named: NamedModule,
  schema: SettingsSchema<unknown> | undefined,
): Promise<unknown> {
  if (schema === undefined) {
    if (named.settings === undefined) return undefined;
    throw new Failure('usage', `${named.place}.settings: ${named.module} takes none`);
  }
  const result = await schema['~standard'].validate(named.settings ?? {});
  if (result.issues === undefined) return result.value;
  const faults = result.issues.map(
    (issue) => `  ${named.place}.settings${pathWords(issue)}: ${oneLine(issue.message)}`,
  );
  throw new Failure('usage', `${named.module} refuses its settings:\n${faults.join('\n')}`, {
    hints: ['Whoever wrote the module says which keys it has.'],
  });
}

function pathWords({ path = [] }: SettingsIssue): string {
  return path
    .map((each) => (typeof each === 'object' ? each.key : each))
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('');
}

function failure(
  { place, module }: NamedModule,
  words: string,
  cause?: unknown,
  hints: readonly string[] = ['docs/own-modules.md says what a module must export.'],
): Failure {
  return new Failure('usage', `${place}.module: ${module}: ${words}`, { hints, cause });
}

function fieldOf(value: unknown, name: string): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

function canDo(value: unknown, name: string): boolean {
  return typeof fieldOf(value, name) === 'function';
}
