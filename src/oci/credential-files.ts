import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { toIso } from '../base/instants.js';
import { Failure, explainError } from '../errors.js';
import { type ProfileFields, readProfile } from './config-file.js';
import { type UsableKey, openPrivateKey } from './private-key.js';
import { claimsOf } from './token-claims.js';
import type { WatchedFiles } from './watched-files.js';

/** Credentials that lie in files. */
export type FileAuth = ProfileAuth | ApiKeyAuth;

/** A profile of an OCI configuration file. */
interface ProfileAuth {
  readonly type: 'config-file' | 'session-token';
  readonly file?: string | undefined;
  readonly profile: string;
  readonly passphrase?: string | undefined;
}

interface ApiKeyAuth {
  readonly type: 'api-key';
  readonly tenancy: string;
  readonly user: string;
  readonly fingerprint: string;
  readonly region?: string | undefined;
  readonly keyFile?: string | undefined;
  readonly privateKey?: string | undefined;
  readonly passphrase?: string | undefined;
}

export interface FileCredentials {
  /** What a signature names: tenancy, user and fingerprint, or a token. A secret. */
  readonly keyId: string;
  /** PEM, not encrypted. A secret. */
  readonly privateKey: string;
  /** For the manifest; never a secret. */
  readonly principal: string;
  readonly region: string | null;
  /** OCID; null if the credentials do not say. */
  readonly tenancy: string | null;
}

/**
 * Reads the files that the `auth` section names.
 *
 * @param directory base of relative paths
 * @throws Failure('usage') on one line if they cannot be used; never with a secret in it
 */
export async function loadCredentials(
  auth: FileAuth,
  directory: string,
  files: WatchedFiles,
): Promise<FileCredentials> {
  if (auth.type === 'api-key') return fromApiKey(auth, directory, files);
  const profile = await openProfile(auth, directory, files);
  return auth.type === 'session-token' ? fromSession(auth, profile) : fromProfile(profile);
}

/** A profile, and what is needed to read the files that it names. */
interface OpenProfile {
  readonly fields: ProfileFields;
  /** `profile DEFAULT of /home/anna/.oci/config` */
  readonly where: string;
  readonly passphrase: string | undefined;
  readonly directory: string;
  readonly files: WatchedFiles;
}

async function openProfile(auth: ProfileAuth, directory: string, files: WatchedFiles): Promise<OpenProfile> {
  const file = pathFrom(auth.file ?? process.env['OCI_CONFIG_FILE'] ?? '~/.oci/config', directory);
  const fields = await readProfile(file, auth.profile, files);
  const where = `profile ${auth.profile} of ${file}`;
  return { fields, where, passphrase: auth.passphrase ?? fields.get('pass_phrase'), directory, files };
}

async function fromProfile(profile: OpenProfile): Promise<FileCredentials> {
  const { fields, where } = profile;
  if (fields.get('security_token_file') !== undefined) {
    throw new Failure('usage', `${where} holds a session token, not an API key`, {
      hints: ['Set auth.type to session-token.'],
    });
  }
  const names = ['tenancy', 'user', 'fingerprint'];
  const [tenancy = '', user = '', fingerprint = ''] = requireFields(fields, names, where);
  const { key, path } = await keyOf(profile);
  const owner = { tenancy, user, fingerprint };
  return { ...ofApiKey(owner, key, { owner: where, key: path }), region: fields.get('region') ?? null };
}

async function fromSession(auth: ProfileAuth, profile: OpenProfile): Promise<FileCredentials> {
  const { fields, where, directory, files } = profile;
  const [tokenFile = ''] = requireFields(fields, ['security_token_file'], where);
  const { key } = await keyOf(profile);
  const path = pathFrom(tokenFile, directory);
  const token = (await readText(files, path, 'the session token')).trim();
  const hints = [`Run: oci session authenticate --profile-name ${auth.profile}`];
  if (token === '') throw new Failure('usage', `the session token ${path} is empty`, { hints });
  if (!/^[\w-]+\.[\w-]+\.[\w-]*$/.test(token)) {
    throw new Failure('usage', `${path} does not hold a session token`, { hints });
  }
  const { expiresMs, subject } = claimsOf(token);
  if (expiresMs !== null && expiresMs <= Date.now()) {
    throw new Failure('usage', `the session token of ${where} expired at ${toIso(expiresMs)}`, { hints });
  }
  return {
    keyId: `ST$${token}`,
    privateKey: key.pem,
    principal: `session of ${subject ?? 'an unnamed user'}`,
    region: fields.get('region') ?? null,
    tenancy: fields.get('tenancy') ?? null,
  };
}

async function fromApiKey(
  auth: ApiKeyAuth,
  directory: string,
  files: WatchedFiles,
): Promise<FileCredentials> {
  const { keyFile, privateKey = '', passphrase } = auth;
  const path = keyFile === undefined ? 'auth.privateKey' : pathFrom(keyFile, directory);
  const text = keyFile === undefined ? privateKey : await readText(files, path, 'the private key');
  const key = openPrivateKey(text, passphrase, path);
  return { ...ofApiKey(auth, key, { owner: 'auth', key: path }), region: auth.region ?? null };
}

/** A wrong pair of key and fingerprint would only be refused by OCI, with 401 and no reason. */
function ofApiKey(
  { tenancy, user, fingerprint }: Pick<ApiKeyAuth, 'tenancy' | 'user' | 'fingerprint'>,
  key: UsableKey,
  where: { readonly owner: string; readonly key: string },
): Omit<FileCredentials, 'region'> {
  if (!/^ocid1\.tenancy\./i.test(tenancy)) {
    throw new Failure('usage', `tenancy in ${where.owner} is not the OCID of a tenancy: ${tenancy}`, {
      hints: ['It begins with ocid1.tenancy. and stands in the console under Tenancy details.'],
    });
  }
  if (fingerprint.toLowerCase() !== key.fingerprint) {
    throw new Failure(
      'usage',
      `fingerprint in ${where.owner} is ${fingerprint}, but the key ${where.key} has ${key.fingerprint}`,
      {
        hints: [
          'Set the fingerprint of the key, if the console lists it among the API keys of the user; else name the key that belongs to this fingerprint.',
        ],
      },
    );
  }
  return {
    keyId: `${tenancy}/${user}/${key.fingerprint}`,
    privateKey: key.pem,
    principal: `user ${user}`,
    tenancy,
  };
}

async function keyOf(profile: OpenProfile): Promise<{ readonly key: UsableKey; readonly path: string }> {
  const { fields, where, passphrase, directory, files } = profile;
  const [keyFile = ''] = requireFields(fields, ['key_file'], where);
  const path = pathFrom(keyFile, directory);
  return { key: openPrivateKey(await readText(files, path, 'the private key'), passphrase, path), path };
}

function requireFields(fields: ProfileFields, names: readonly string[], where: string): string[] {
  const missing = names.filter((name) => fields.get(name) === undefined);
  if (missing.length > 0) {
    throw new Failure('usage', `${where} lacks ${missing.join(', ')}`, {
      hints: ['The console shows all lines of a profile when an API key is added.'],
    });
  }
  const unfilled = names.filter((name) => /^<.*>$/.test(fields.get(name) ?? ''));
  if (unfilled.length > 0) {
    throw new Failure('usage', `${where} still has the placeholder of ${unfilled.join(', ')}`, {
      hints: [
        'The console leaves <path to your private keyfile> to be filled in: write the path of the key there.',
      ],
    });
  }
  return names.map((name) => fields.get(name) ?? '');
}

/** `~` is the home folder, as in the OCI CLI. */
function pathFrom(path: string, directory: string): string {
  return path.startsWith('~/') ? join(homedir(), path.slice(2)) : resolve(directory, path);
}

async function readText(files: WatchedFiles, path: string, what: string): Promise<string> {
  try {
    return await files.read(path);
  } catch (error) {
    throw new Failure('usage', `cannot read ${what} ${path}: ${explainError(error)}`, { cause: error });
  }
}
