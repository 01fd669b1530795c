import { createHash } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import type { z } from 'zod';
import { Failure } from '../errors.js';
import { issueWords } from '../files/issue-words.js';
import { type ReadYaml, readYaml } from '../files/read-yaml.js';
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
  /** Only of loadWithoutMissing: why a section was left out, by its name. */
  readonly leftOut?: ReadonlyMap<string, Failure>;
}

/**
 * Reads and checks the configuration file.
 *
 * @param kinds of report that there are
 * @throws Failure('usage') that lists the faults at once, each with its path in the file and its line; of very many the
 *   first ones and their number
 */
export async function loadConfiguration(path: string, kinds = kindsOfPlans): Promise<LoadedConfiguration> {
  return checkedConfiguration({ path, kinds }, await readConfigurationText(path));
}

/**
 * As loadConfiguration, for those who check whatever can be checked: credentials that are not there concern the section
 * that needs them, and it is left out.
 *
 * @throws Failure('usage') as loadConfiguration, for everything else
 */
export async function loadWithoutMissing(path: string, kinds = kindsOfPlans): Promise<LoadedConfiguration> {
  const text = await readConfigurationText(path);
  const { content, lineOf, isReadable } = readYaml(text);
  const { faults } = resolveReferences(content, dirname(resolve(path)), mayBeMissing);
  const sections = [...new Set(faults.map((fault) => String(fault.path[0])))];
  if (!isReadable || !sections.every((section) => dispensable.has(section))) {
    return checkedConfiguration({ path, kinds }, text);
  }
  const leftOut = sections.map((section) => {
    const own = faults.filter((fault) => fault.path[0] === section);
    const words = own.map((fault) => describeFault({ ...fault, line: lineOf(fault.path) })).join('; ');
    const hints = [
      'Set it for this command, and where reports are made: everything else is checked without it.',
    ];
    return [section, new Failure('usage', words, { hints })] as const;
  });
  return { ...checkedConfiguration({ path, kinds }, text, sections), leftOut: new Map(leftOut) };
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

/** @param withoutSections keys of the file that are passed over */
function checkedConfiguration(
  { path, kinds }: { readonly path: string; readonly kinds: readonly KindKeys[] },
  text: string,
  withoutSections: readonly string[] = [],
): LoadedConfiguration {
  const directory = dirname(resolve(path));
  const yaml = readYaml(text);
  const unread: readonly ConfigurationFault[] = [...yaml.faults, ...yaml.surprises];
  if (!yaml.isReadable) throw configurationFailure(path, unread, yaml);
  if (yaml.content === null) throw emptyFailure(path);
  const resolved = resolveReferences(withoutKeys(yaml.content, withoutSections), directory, mayBeMissing);
  const kind = keysOfPlan(resolved.value, kinds);
  const content = withLogSource(withSettleDelay(resolved.value), kind);
  const schema: z.ZodType<Configuration> =
    kind === null
      ? unknownKindSchema(kinds)
      : configurationSchemaOf(kind, { mayLackAzure: withoutSections.includes('azure') });
  const parsed = schema.safeParse(content, { error: issueWords });
  const told = [...unread, ...resolved.faults];
  const found = (parsed.error?.issues ?? []).flatMap(faultsOfIssue);
  const faults = [...told, ...withoutTold(found.map(otherKindWords(kind, kinds)), told)];
  if (faults.length > 0 || !parsed.success || kind === null) throw configurationFailure(path, faults, yaml);
  const digest = createHash('sha256').update(text).digest('hex');
  return {
    configuration: parsed.data,
    directory,
    digest,
    archivable: archivableConfiguration(yaml.content),
    settings: reportSettings(content, kind),
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
    hints: ['The README shows a whole configuration with every key.'],
  });
}
