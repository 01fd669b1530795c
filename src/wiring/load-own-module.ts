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
  /** Where it is named, for errors: `sources[0].module`. */
  readonly place: string;
  /** A path or the name of a package. */
  readonly module: string;
  readonly settings: unknown;
  /** What it must export, and what that must be able to do. */
  readonly exported: 'source' | 'channel' | 'kind';
  readonly methods: readonly string[];
}

/** What a module exports, unchecked, with the digest of its file: sha-256 in hex. */
export interface LoadedModule {
  readonly found: unknown;
  readonly sha256: string;
}

/** What was opened, with what a report says of where it came from. */
export interface OpenedModule<T> {
  readonly opened: T;
  /** `./our-source.mjs (sha-256 1a2b3c4d5e6f)` */
  readonly description: string;
}

type ToldModule = Pick<NamedModule, 'place' | 'module'>;

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
  const { found, sha256 } = await loadOwnModule(named, parts.directory);
  const module = openable<T>(named, found);
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
    throw moduleFailure(named, `cannot be opened: ${oneLine(words)}`, undefined);
  }
  const lacking = named.methods.find((name) => !canDo(opened, name));
  if (lacking !== undefined) {
    throw moduleFailure(named, `its open() gave a ${named.exported} without ${lacking}`);
  }
  return { opened, description: `${named.module} (sha-256 ${sha256.slice(0, 12)})` };
}

/**
 * Loads a module of a company's own. It runs with the rights of this program.
 *
 * @param directory to which its path is relative
 * @throws Failure('usage') where it is not there, cannot be loaded, or exports nothing of the name
 */
export async function loadOwnModule(
  named: Omit<NamedModule, 'settings' | 'methods'>,
  directory: string,
): Promise<LoadedModule> {
  const path = pathOf(named, directory);
  const sha256 = sha256Hex(await readModule(named, path));
  const found = fieldOf(await importModule(named, path), named.exported);
  if (found !== undefined) return { found, sha256 };
  throw moduleFailure(named, `exports nothing called ${named.exported}`, undefined, [
    named.exported === 'kind'
      ? 'docs/own-modules.md says what a kind of report has.'
      : `Write: export const ${named.exported} = { open(settings, parts) { … } };`,
  ]);
}

function pathOf(named: ToldModule, directory: string): string {
  const { module } = named;
  if (module.startsWith('.') || isAbsolute(module)) return resolve(directory, module);
  try {
    return createRequire(join(directory, 'backup-report.yaml')).resolve(module);
  } catch (error) {
    throw moduleFailure(named, 'no such package is installed for the configuration', error, [
      `Install it in ${directory}, or name a file: ./${module}.mjs.`,
    ]);
  }
}

async function readModule(named: ToldModule, path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw moduleFailure(named, `${path} cannot be read: ${explainError(error)}`, error, [
      systemErrorCode(error) === 'ENOENT'
        ? 'Paths are relative to the folder of the configuration.'
        : 'Name the file of the module, and let the user of this command read it.',
    ]);
  }
}

async function importModule(named: ToldModule, path: string): Promise<unknown> {
  const url = pathToFileURL(path).href;
  try {
    return await import(url);
  } catch (error) {
    const hints = [`\`node --check ${named.module}\` shows errors of syntax, and where they are.`];
    throw moduleFailure(named, `cannot be loaded: ${oneLine(explainError(error))}`, error, hints);
  }
}

function openable<T>(named: NamedModule, found: unknown): OpenableModule<T> {
  const { exported } = named;
  if (!canDo(found, 'open')) throw moduleFailure(named, `its ${exported} has no function open`);
  const settings = fieldOf(found, 'settings');
  if (settings !== undefined && !canDo(fieldOf(settings, '~standard'), 'validate')) {
    throw moduleFailure(named, `settings of its ${exported} is no schema`, undefined, [
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
    throw new Failure('usage', `${sectionOf(named)}.settings: ${named.module} takes none`);
  }
  const result = await schema['~standard'].validate(named.settings ?? {});
  if (result.issues === undefined) return result.value;
  const faults = result.issues.map(
    (issue) => `  ${sectionOf(named)}.settings${pathWords(issue)}: ${oneLine(issue.message)}`,
  );
  throw new Failure('usage', `${named.module} refuses its settings:\n${faults.join('\n')}`, {
    hints: ['Whoever wrote the module says which keys it has.'],
  });
}

/** `sources[0]` */
function sectionOf({ place }: NamedModule): string {
  return place.replace(/\.module$/, '');
}

function pathWords({ path = [] }: SettingsIssue): string {
  return path
    .map((each) => (typeof each === 'object' ? each.key : each))
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('');
}

/** A fault of a module, for the person who wrote its configuration. */
export function moduleFailure(
  { place, module }: ToldModule,
  words: string,
  cause?: unknown,
  hints: readonly string[] = ['docs/own-modules.md says what a module must export.'],
): Failure {
  return new Failure('usage', `${place}: ${module}: ${words}`, { hints, cause });
}

/** A field of whatever it is. */
export function fieldOf(value: unknown, name: string): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

/** Whether it has a function of this name. */
export function canDo(value: unknown, name: string): boolean {
  return typeof fieldOf(value, name) === 'function';
}
