import { dirname, resolve } from 'node:path';
import { Failure } from '../errors.js';
import type { Log } from '../ports/log.js';
import type { VaultSecret } from '../oci/vault-secret.js';
import { pathInWords } from './describe-issue.js';
import { authSchema, ociCallsSchema, vaultPlaceSchema } from './oci-schema.js';
import type { VaultReference } from './vault-references.js';

/** What became of reading one secret. */
export interface SecretReading {
  readonly secretId: string;
  /** Where the configuration names it: `mail.password`. */
  readonly usedBy: readonly string[];
  readonly secret: VaultSecret | null;
  /** Why it could not be read; null: it was. */
  readonly failure: Failure | null;
}

const sections = {
  auth: authSchema.default({ type: 'config-file', profile: 'DEFAULT' }),
  oci: ociCallsSchema.prefault({}),
  vault: vaultPlaceSchema,
};

/**
 * Reads each secret once, with the configuration's own credentials. Connection and SDK are loaded only where there is one.
 *
 * @param path of the configuration: relative paths in `auth` are relative to its folder
 * @param content of the configuration, other references resolved
 * @returns one reading for each secret, in the order of the file; none where `auth`, `oci` or `vault` has a fault, which the check
 *   of the configuration tells
 */
export async function readSecrets(
  path: string,
  content: Readonly<Record<string, unknown>>,
  references: readonly VaultReference[],
): Promise<readonly SecretReading[]> {
  const secretIds = [...new Set(references.map(({ secretId }) => secretId))];
  if (secretIds.length === 0) return [];
  const auth = sections.auth.safeParse(content['auth']);
  const oci = sections.oci.safeParse(content['oci']);
  const place = sections.vault.safeParse(content['vault']);
  if (!auth.success || !oci.success || !place.success) return [];
  const { timeout, attempts, firstDelay, deadline } = oci.data;
  const http = { timeoutMs: timeout, attempts, firstDelayMs: firstDelay, deadlineMs: deadline };
  const { connect } = await import('../oci/connection.js');
  const { readVaultSecret } = await import('../oci/vault-secret.js');
  const connecting = connect(auth.data, dirname(resolve(path)), http, silentLog);
  const readings: SecretReading[] = [];
  for (const secretId of secretIds) {
    const own = references.filter((each) => each.secretId === secretId);
    const usedBy = own.map((each) => pathInWords(each.path));
    const reading = await connecting
      .then((connection) => readVaultSecret(connection, { secretId, ...place.data }))
      .then(
        (secret) => ({ secret, failure: null }),
        (error: unknown) => {
          if (!(error instanceof Failure)) throw error;
          return { secret: null, failure: error };
        },
      );
    readings.push({ secretId, usedBy, ...reading });
  }
  return readings;
}

/** The configuration decides what is logged, and is not there yet. What fails in the end is thrown. */
const silentLog: Log = { info: () => undefined, warn: () => undefined };
