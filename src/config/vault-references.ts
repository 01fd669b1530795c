import { archivedKeys } from './archivable-configuration.js';
import { type ConfigurationFault, pathInWords } from './describe-issue.js';

/** A `${vault:OCID}` of a configuration. */
export interface VaultReference {
  readonly secretId: string;
  readonly path: readonly PropertyKey[];
}

/**
 * Sections that secrets are for. Nothing else may name one: reports, manifests and pages show the rest, and `auth` is what signs in to
 * the vault.
 */
const sectionsOfSecrets: ReadonlySet<string> = new Set([
  'mail',
  'channels',
  'heartbeat',
  'azure',
  'timestamp',
  'signing',
  'redactKey',
]);

/** Sections whose reading needs a secret: their names. */
export type SecretsWanted = 'all' | readonly string[];

const references = /\$\{vault:([^}]*)\}/g;

/** The secrets that a configuration names, each place for itself. @param content references unresolved */
export function vaultReferencesIn(content: unknown): readonly VaultReference[] {
  return referencesIn(content, []);
}

function referencesIn(value: unknown, path: readonly PropertyKey[]): readonly VaultReference[] {
  if (typeof value === 'string') {
    return [...value.matchAll(references)].map(([, ocid = '']) => ({ secretId: ocid.trim(), path }));
  }
  if (Array.isArray(value)) return value.flatMap((each, index) => referencesIn(each, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => referencesIn(each, [...path, key]));
}

/** What is wrong with where a secret stands, or with its name; null: nothing. */
export function faultOfVaultReference({ secretId, path }: VaultReference): ConfigurationFault | null {
  const words = wordsOf(secretId, path);
  return words === null ? null : { path, words, line: null };
}

function wordsOf(secretId: string, path: readonly PropertyKey[]): string | null {
  const section = String(path[0] ?? '');
  if (section === 'auth' || section === 'oci' || section === 'vault') {
    return 'cannot be a secret of OCI Vault: it is needed to sign in to the vault. Write ${file:PATH} or ${NAME}';
  }
  const key = path.findLast((each) => typeof each === 'string') ?? section;
  if (!sectionsOfSecrets.has(section) || archivedKeys.has(String(key))) {
    return `cannot be a secret of OCI Vault: ${pathInWords(path)} is shown or archived as it is`;
  }
  if (!/^ocid1\.vaultsecret\.[^\s.]+\.[^\s.]*\.\S+$/i.test(secretId)) {
    return '${vault:…} must hold the OCID of a secret: ${vault:ocid1.vaultsecret.oc1..…}';
  }
  return null;
}

/** Whether a command needs the secrets of a section. */
export function isSectionWanted(wanted: SecretsWanted, section: string): boolean {
  return wanted === 'all' || wanted.includes(section);
}
