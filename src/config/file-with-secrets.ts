import { dirname, resolve } from 'node:path';
import { Failure } from '../errors.js';
import { type ReadYaml, readYaml } from '../files/read-yaml.js';
import { type ConfigurationFault, describeFault, pathInWords } from './describe-issue.js';
import { NotThere, resolveReferences } from './references.js';
import type { KindKeys } from './schema.js';
import {
  type SecretsWanted,
  faultOfVaultReference,
  isSectionWanted,
  vaultReferencesIn,
} from './vault-references.js';
import { type SecretReading, readSecrets } from './vault-secrets.js';

/**
 * The kinds of report that modules bring.
 *
 * @param modules as the key `kinds` names them @param directory to which paths are relative
 * @throws Failure('usage') for a module that cannot be used
 */
export type OpenKinds = (modules: readonly string[], directory: string) => Promise<readonly KindKeys[]>;

/** A configuration file, and the sections whose secrets are wanted. */
export interface AskedFile {
  readonly path: string;
  readonly kinds: readonly KindKeys[];
  readonly openKinds: OpenKinds;
  readonly secretsOf: SecretsWanted;
  readonly text: string;
}

/** A secret that was asked for; what it says is not in it. */
export interface ReadSecret extends Omit<SecretReading, 'secret'> {
  /** null: it could not be read. */
  readonly version: number | null;
  readonly deletedAt: string | null;
  readonly expiresAt: string | null;
}

/** The file, and the secrets that it names. */
export interface FileWithSecrets {
  readonly path: string;
  readonly kinds: readonly KindKeys[];
  readonly text: string;
  readonly yaml: ReadYaml;
  /** Faults of references to secrets. */
  readonly misplaced: readonly ConfigurationFault[];
  readonly readings: readonly SecretReading[];
  /** Sections that are passed over, and why. */
  readonly leftOut: ReadonlyMap<string, Failure>;
}

/** Reads the secrets of OCI Vault that the file names in the sections that are wanted, each once. */
export async function withSecrets({ path, secretsOf, text, ...asked }: AskedFile): Promise<FileWithSecrets> {
  const yaml = readYaml(text);
  const kinds = [...asked.kinds, ...(await asked.openKinds(modulesOf(yaml.content), dirname(resolve(path))))];
  const references = vaultReferencesIn(yaml.content);
  const misplaced = references.flatMap((each) => faultOfVaultReference(each) ?? []);
  const isWanted = (section: PropertyKey | undefined): boolean => isSectionWanted(secretsOf, String(section));
  const unwanted = references.map((each) => String(each.path[0])).filter((section) => !isWanted(section));
  // A key that is not there would be a fault of the rules that need it.
  const sections = unwanted.includes('redactKey') ? [...unwanted, 'redact'] : unwanted;
  const wanted = references.filter((each) => isWanted(each.path[0]));
  const file = { path, kinds, text, yaml, misplaced };
  if (misplaced.length > 0) return { ...file, readings: [], leftOut: new Map() };
  const leftOut = new Map(sections.map((section) => [section, notRead(section)]));
  return { ...file, readings: wanted.length === 0 ? [] : await readWanted(path, yaml, wanted), leftOut };
}

/** What is no list of names is told with the other faults. */
function modulesOf(content: unknown): readonly string[] {
  const { kinds } = (content ?? {}) as Readonly<Record<string, unknown>>;
  return Array.isArray(kinds) ? kinds.filter((each) => typeof each === 'string' && each.trim() !== '') : [];
}

function notRead(section: string): Failure {
  return new Failure('usage', `${section} needs a secret of OCI Vault, which this command does not read`);
}

/** None where the sections that sign in to the vault have a fault: that is told instead. */
async function readWanted(
  path: string,
  { content }: ReadYaml,
  wanted: Parameters<typeof readSecrets>[2],
): Promise<readonly SecretReading[]> {
  const { auth, oci, vault } = content as Readonly<Record<string, unknown>>;
  const { value, faults } = resolveReferences({ auth, oci, vault }, { directory: dirname(resolve(path)) });
  return faults.length > 0 ? [] : readSecrets(path, value as Readonly<Record<string, unknown>>, wanted);
}

/** What a reference to a secret stands for. */
export function secretFrom(read: readonly SecretReading[]): (secretId: string) => string {
  return (secretId) => {
    const found = read.find((each) => each.secretId === secretId);
    if (found?.secret) return found.secret.text;
    throw new NotThere(found?.failure?.message ?? 'was not read: auth, oci or vault has a fault');
  };
}

/** A reading as others may see it. */
export function withoutValue({ secretId, usedBy, secret, failure }: SecretReading): ReadSecret {
  const { version = null, deletedAt = null, expiresAt = null } = secret ?? {};
  return { secretId, usedBy, failure, version, deletedAt, expiresAt };
}

/** The file is right, and the vault does not give what it names: nothing in it is to be corrected. */
export function throwUnread(
  { path, readings: read, yaml }: FileWithSecrets,
  faults: readonly ConfigurationFault[],
): void {
  const told = read.flatMap(({ failure }) => failure ?? []);
  const isUnread = ({ path: place }: ConfigurationFault): boolean =>
    read.some(({ failure, usedBy }) => failure !== null && usedBy.includes(pathInWords(place)));
  if (faults.length === 0 || !faults.every(isUnread)) return;
  const words = faults.map((fault) => describeFault({ ...fault, line: yaml.lineOf(fault.path) }));
  throw unreadFailure(words, told, `the configuration ${path} needs what cannot be read now:\n  `);
}

/** The advice is that of the secrets. The vault may answer a little later. */
export function unreadFailure(words: readonly string[], told: readonly Failure[], before = ''): Failure {
  const hints = [...new Set(told.flatMap((failure) => failure.hints))];
  const isUsage = told.some(({ kind }) => kind === 'usage');
  return new Failure(isUsage ? 'usage' : 'storage', `${before}${words.join(before === '' ? '; ' : '\n  ')}`, {
    hints,
    retryable: !isUsage,
  });
}
