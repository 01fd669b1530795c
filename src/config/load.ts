import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import type { z } from 'zod';
import { Failure } from '../errors.js';
import { issueWords } from '../files/issue-words.js';
import type { ReadYaml } from '../files/read-yaml.js';
import { archivableConfiguration } from './archivable-configuration.js';
import { type ConfigurationFault, describeFault, faultsOfIssue } from './describe-issue.js';
import { keysOfPlan, kindsOfPlans } from './kinds-of-plans.js';
import { otherKindWords } from './other-kind-words.js';
import { readConfigurationText } from './read-text.js';
import { resolveReferences } from './references.js';
import { reportSettings } from './report-settings.js';
import { type Configuration, type KindKeys, configurationSchemaOf, unknownKindSchema } from './schema.js';
import { withLogSource } from './log-source.js';
import { withSettleDelay } from './settle-delay.js';
import {
  type AskedFile,
  type FileWithSecrets,
  type OpenKinds,
  type ReadSecret,
  secretFrom,
  throwUnread,
  unreadFailure,
  withSecrets,
  withoutValue,
} from './file-with-secrets.js';
import type { SecretsWanted } from './vault-references.js';

const noModules: OpenKinds = async (modules) => {
  if (modules.length === 0) return [];
  throw new Failure(
    'usage',
    `kinds: this command takes no kinds of report of modules: ${modules.join(', ')}`,
  );
};

/** How many faults are told one by one. */
const toldFaults = 50;

export interface LoadedConfiguration<C extends Configuration = Configuration> {
  readonly configuration: C;
  /** Folder of the file, to which its relative paths are relative. */
  readonly directory: string;
  /** sha-256 hex of the file as written, references unresolved: no secret goes into it. */
  readonly digest: string;
  /** The file as written, without secrets: for the archive. */
  readonly archivable: unknown;
  /** What reports are made by, references resolved: for the archive, so that a report can be made again. */
  readonly settings: unknown;
  /** Secrets of OCI Vault that were read, without their values; none where the file names none. */
  readonly secrets: readonly ReadSecret[];
  /** Why a section was left out, by its name; absent: none was. */
  readonly leftOut?: ReadonlyMap<string, Failure>;
  /** The same text with its secrets as they are now. Absent: it names none. Throws as loadConfiguration. */
  readonly again?: () => Promise<LoadedConfiguration>;
}

export interface LoadOptions {
  /** Kinds of report that there are without modules. */
  readonly kinds?: readonly KindKeys[];
  /** Default: modules bring none, and the key `kinds` is refused. */
  readonly openKinds?: OpenKinds;
  /**
   * Sections whose secrets of OCI Vault the command needs. The others are left out where they name one: a command that reads an
   * archive does not ask the vault. Default: all.
   */
  readonly secretsOf?: SecretsWanted;
}

/**
 * Reads and checks the configuration file, and reads the secrets of OCI Vault that it names, each once.
 *
 * @throws Failure('usage') that lists the faults at once, each with its path in the file and its line; of very many the
 *   first ones and their number. Failure('storage') where the only fault is that a secret could not be read
 */
export async function loadConfiguration(
  path: string,
  { kinds = kindsOfPlans, openKinds = noModules, secretsOf = 'all' }: LoadOptions = {},
): Promise<LoadedConfiguration> {
  return checkedText({ path, kinds, openKinds, secretsOf, text: await readConfigurationText(path) });
}

/**
 * The configuration of a program that has no file: what a file would say.
 *
 * @param directory to which its relative paths are relative
 * @throws Failure('usage') as loadConfiguration
 */
export async function configurationOf(
  content: unknown,
  directory: string,
  { kinds = kindsOfPlans, openKinds = noModules, secretsOf = 'all' }: LoadOptions = {},
): Promise<LoadedConfiguration> {
  const path = join(directory, 'configuration of a program');
  // JSON is YAML.
  return checkedText({ path, kinds, openKinds, secretsOf, text: `${JSON.stringify(content, null, 2)}\n` });
}

/** Where it names secrets of OCI Vault, it can be read again: they rotate. */
async function checkedText(file: AskedFile): Promise<LoadedConfiguration> {
  const loaded = checkedConfiguration(await withSecrets(file));
  return loaded.secrets.length === 0 ? loaded : { ...loaded, again: () => checkedText(file) };
}

/**
 * As loadConfiguration, for those who check whatever can be checked: credentials that are not there concern the section
 * that needs them, and it is left out. Without `secretsOf`, no secret of OCI Vault is read.
 *
 * @throws Failure as loadConfiguration, for everything else
 */
export async function loadWithoutMissing(
  path: string,
  { kinds = kindsOfPlans, openKinds = noModules, secretsOf = [] }: LoadOptions = {},
): Promise<LoadedConfiguration> {
  const text = await readConfigurationText(path);
  const file = await withSecrets({ path, kinds, openKinds, secretsOf, text });
  const { faults } = resolveReferences(withoutKeys(file.yaml.content, [...file.leftOut.keys()]), {
    directory: dirname(resolve(path)),
    mayBeMissing,
    secretOf: secretFrom(file.readings),
  });
  const sections = [...new Set(faults.map((fault) => String(fault.path[0])))];
  if (!file.yaml.isReadable || !sections.every((section) => dispensable.has(section))) {
    return checkedConfiguration(file);
  }
  const missing = sections.map((section) => {
    const own = faults.filter((fault) => fault.path[0] === section);
    const words = own.map((fault) => describeFault({ ...fault, line: file.yaml.lineOf(fault.path) }));
    const told = file.readings.flatMap(({ failure, usedBy }) =>
      usedBy.some((place) => place.startsWith(section)) ? (failure ?? []) : [],
    );
    return [section, told.length === 0 ? missingFailure(words) : unreadFailure(words, told)] as const;
  });
  return checkedConfiguration({ ...file, leftOut: new Map([...file.leftOut, ...missing]) });
}

function missingFailure(words: readonly string[]): Failure {
  const hints = [
    'Set it for this command, and where reports are made: everything else is checked without it.',
  ];
  return new Failure('usage', words.join('; '), { hints });
}

/** Sections that hold secrets, and without which a configuration is still one. */
const dispensable: ReadonlySet<string> = new Set([
  'auth',
  'azure',
  'mail',
  'channels',
  'heartbeat',
  'timestamp',
]);

/** A report is made all the same: it is archived unsigned, and the next run signs it. */
function mayBeMissing(path: readonly PropertyKey[]): boolean {
  return path.join('.') === 'signing.key';
}

function checkedConfiguration(file: FileWithSecrets): LoadedConfiguration {
  const { path, kinds, text, yaml, misplaced, leftOut } = file;
  const directory = dirname(resolve(path));
  const unread: readonly ConfigurationFault[] = [...yaml.faults, ...yaml.surprises];
  if (!yaml.isReadable) throw configurationFailure(path, unread, yaml);
  if (yaml.content === null) throw emptyFailure(path);
  const withoutSections = [...leftOut.keys()];
  const resolved = resolveReferences(withoutKeys(yaml.content, withoutSections), {
    directory,
    mayBeMissing,
    secretOf: misplaced.length > 0 ? () => '' : secretFrom(file.readings),
  });
  const kind = keysOfPlan(resolved.value, kinds);
  const content = withLogSource(withSettleDelay(resolved.value), kind);
  const schema: z.ZodType<Configuration> =
    kind === null
      ? unknownKindSchema(kinds)
      : configurationSchemaOf(kind, { mayLackAzure: withoutSections.includes('azure') });
  const parsed = schema.safeParse(content, { error: issueWords });
  const told = [...unread, ...misplaced, ...resolved.faults];
  const found = (parsed.error?.issues ?? []).flatMap(faultsOfIssue);
  const faults = [...told, ...withoutTold(found.map(otherKindWords(kind, kinds)), told)];
  throwUnread(file, faults);
  if (faults.length > 0 || !parsed.success || kind === null) throw configurationFailure(path, faults, yaml);
  const digest = createHash('sha256').update(text).digest('hex');
  return {
    configuration: parsed.data,
    directory,
    digest,
    archivable: archivableConfiguration(yaml.content),
    settings: reportSettings(content, kind),
    secrets: file.readings.map(withoutValue),
    ...(leftOut.size > 0 && { leftOut }),
  };
}

function withoutKeys(content: unknown, keys: readonly string[]): unknown {
  if (keys.length === 0 || typeof content !== 'object' || content === null) return content;
  return Object.fromEntries(Object.entries(content).filter(([key]) => !keys.includes(key)));
}

/** What is wrong because of a fault that is told already is not told again. */
function withoutTold(
  faults: readonly ConfigurationFault[],
  told: readonly ConfigurationFault[],
): readonly ConfigurationFault[] {
  const places = new Set(told.filter(({ path }) => path.length > 0).map(({ path }) => JSON.stringify(path)));
  if (places.size === 0) return faults;
  return faults.filter(({ path }) =>
    path.every((_key, index) => !places.has(JSON.stringify(path.slice(0, index + 1)))),
  );
}

function emptyFailure(path: string): Failure {
  return new Failure('usage', `the configuration ${path} is empty: it has no key`, {
    hints: ['`backup-report init --config FILE` writes one to start from.'],
  });
}

function configurationFailure(
  path: string,
  faults: readonly ConfigurationFault[],
  { lineOf }: Pick<ReadYaml, 'lineOf'>,
): Failure {
  const number = faults.length === 1 ? 'one fault' : `${faults.length} faults`;
  const lines = faults
    .slice(0, toldFaults)
    .map((fault) => `  ${describeFault({ ...fault, line: fault.line ?? lineOf(fault.path) })}`);
  const more = faults.length - toldFaults;
  if (more > 0) lines.push(`  and ${more} more`);
  return new Failure('usage', `the configuration ${path} has ${number}:\n${lines.join('\n')}`, {
    hints: ['docs/configuration.md has every key, and schema/config.schema.json tells an editor.'],
  });
}
