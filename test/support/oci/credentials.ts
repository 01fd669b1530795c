import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../../src/package-root.js';

export interface Credentials {
  readonly tenancyId: string;
  readonly userId: string;
  readonly fingerprint: string;
  /** PKCS #8, not encrypted. */
  readonly privateKeyPem: string;
  readonly publicKey: KeyObject;
}

const folder = new URL('test/support/oci/keys/', packageRoot);

let shared: Credentials | undefined;

/** The user of every stand-in. Its key lies in a file: to make one takes half a second. */
export function sharedCredentials(): Credentials {
  shared ??= credentialsOf('first');
  return shared;
}

/** The same user with another key. */
export function otherCredentials(): Credentials {
  return credentialsOf('second');
}

function credentialsOf(keyName: string): Credentials {
  const privateKeyPem = readFileSync(new URL(`${keyName}.pem`, folder), 'utf8');
  const publicKey = createPublicKey(privateKeyPem);
  const digest = createHash('md5')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
  return {
    tenancyId: 'ocid1.tenancy.oc1..standin',
    userId: 'ocid1.user.oc1..standin',
    fingerprint: (digest.match(/../g) ?? []).join(':'),
    privateKeyPem,
    publicKey,
  };
}

/**
 * Writes `config` (profile DEFAULT) and `key.pem` into a directory, readable by the owner only, and gives the path of
 * `config`. `overrides` replace or add entries of the profile by their name in the file.
 */
export async function writeConfigFile(
  credentials: Credentials,
  directory: string,
  overrides: Readonly<Record<string, string>> = {},
): Promise<string> {
  await mkdir(directory, { recursive: true });
  const keyPath = join(directory, 'key.pem');
  await writeFile(keyPath, credentials.privateKeyPem, { mode: 0o600 });
  const entries = {
    user: credentials.userId,
    fingerprint: credentials.fingerprint,
    tenancy: credentials.tenancyId,
    region: 'us-ashburn-1',
    key_file: keyPath,
    ...overrides,
  };
  const lines = Object.entries(entries).map(([name, value]) => `${name}=${value}`);
  const path = join(directory, 'config');
  await writeFile(path, ['[DEFAULT]', ...lines, ''].join('\n'), { mode: 0o600 });
  return path;
}
