import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { AuthenticationDetailsProvider } from 'oci-common';
import { toIso } from '../base/instants.js';
import { oneLine } from '../base/one-line.js';
import { Failure, explainError } from '../errors.js';
import { readRegularFile } from '../files/regular-file.js';
import { type ProfileFields, readProfile } from './config-file.js';
import { decryptKey } from './private-key.js';
import { claimsOf } from './token-claims.js';

/** The `auth` section of the configuration. */
export type AuthOptions = ProfileAuth | ApiKeyAuth | PrincipalAuth;

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

/** OCI knows the machine, or the job or pod on it, by itself. */
interface PrincipalAuth {
  readonly type: 'instance-principal' | 'resource-principal' | 'oke-workload-identity';
}

/** The identity that signs the requests. */
export interface Identity {
  readonly provider: AuthenticationDetailsProvider;
  /** For the manifest; never a secret. */
  readonly principal: string;
  /** The region that comes with the credentials, if any. */
  readonly region: string | null;
  /** OCID; null if the credentials do not say. */
  readonly tenancy: string | null;
}

/**
 * Creates the identity that the configuration names.
 *
 * @param directory base of relative paths
 * @throws Failure('usage') on one line if this fails; never with a secret in it
 */
export async function authenticate(auth: AuthOptions, directory: string): Promise<Identity> {
  switch (auth.type) {
    case 'config-file':
      return fromConfigFile(auth, directory);
    case 'session-token':
      return fromSessionToken(auth, directory);
    case 'api-key':
      return fromApiKey(auth, directory);
    case 'instance-principal':
    case 'resource-principal':
    case 'oke-workload-identity':
      return fromPrincipal(auth.type);
  }
}

async function fromConfigFile(auth: ProfileAuth, directory: string): Promise<Identity> {
  const { fields, where } = await profileOf(auth, directory);
  if (fields.get('security_token_file') !== undefined) {
    throw new Failure('usage', `${where} holds a session token, not an API key`, {
      hints: ['Set auth.type to session-token.'],
    });
  }
  const [tenancy, user, fingerprint] = requireFields(fields, ['tenancy', 'user', 'fingerprint'], where);
  const key = await keyOfProfile(fields, where, auth.passphrase, directory);
  return {
    provider: signerOf(`${tenancy}/${user}/${fingerprint}`, key),
    principal: `user ${user}`,
    region: fields.get('region') ?? null,
    tenancy: tenancy ?? null,
  };
}

async function fromSessionToken(auth: ProfileAuth, directory: string): Promise<Identity> {
  const { fields, where } = await profileOf(auth, directory);
  const [tokenFile = ''] = requireFields(fields, ['security_token_file'], where);
  const key = await keyOfProfile(fields, where, auth.passphrase, directory);
  const token = (await readText(pathFrom(tokenFile, directory), 'the session token')).trim();
  const { expiresMs, subject } = claimsOf(token);
  if (expiresMs !== null && expiresMs <= Date.now()) {
    throw new Failure('usage', `the session token of ${where} expired at ${toIso(expiresMs)}`, {
      hints: [`Run: oci session authenticate --profile-name ${auth.profile}`],
    });
  }
  return {
    provider: signerOf(`ST$${token}`, key),
    principal: `session of ${subject ?? 'an unnamed user'}`,
    region: fields.get('region') ?? null,
    tenancy: fields.get('tenancy') ?? null,
  };
}

async function fromApiKey(auth: ApiKeyAuth, directory: string): Promise<Identity> {
  const { tenancy, user, fingerprint, keyFile, privateKey, passphrase } = auth;
  const where = keyFile === undefined ? 'auth.privateKey' : pathFrom(keyFile, directory);
  const pem = keyFile === undefined ? (privateKey ?? '') : await readText(where, 'the private key');
  return {
    provider: signerOf(`${tenancy}/${user}/${fingerprint}`, decryptKey(pem, passphrase, where)),
    principal: `user ${user}`,
    region: auth.region ?? null,
    tenancy,
  };
}

async function fromPrincipal(type: PrincipalAuth['type']): Promise<Identity> {
  // CommonJS: its names are properties of the default export.
  const { default: common } = await import('oci-common');
  try {
    const provider =
      type === 'instance-principal'
        ? await new common.InstancePrincipalsAuthenticationDetailsProviderBuilder().build()
        : type === 'resource-principal'
          ? common.ResourcePrincipalAuthenticationDetailsProvider.builder()
          : new common.OkeWorkloadIdentityAuthenticationDetailsProvider.OkeWorkloadIdentityAuthenticationDetailsProviderBuilder().build();
    const region = 'getRegion' in provider ? provider.getRegion().regionId : null;
    const [, claims] = (await provider.getKeyId()).split('$');
    const { tenancy } = claimsOf(claims ?? '');
    return { provider, principal: type.replaceAll('-', ' '), region, tenancy };
  } catch (error) {
    throw new Failure(
      'usage',
      `cannot authenticate as ${type}: ${oneLine(error instanceof Error ? error.message : String(error))}`,
      {
        cause: error,
        hints: [hintOf[type]],
      },
    );
  }
}

const hintOf = {
  'instance-principal':
    'Only an OCI compute instance in a dynamic group can do so; elsewhere use config-file.',
  'resource-principal': 'Only where OCI sets OCI_RESOURCE_PRINCIPAL_VERSION, as for Functions and Jobs.',
  'oke-workload-identity': 'Only in a pod of an enhanced OKE cluster with a service account.',
} as const;

async function profileOf(
  auth: ProfileAuth,
  directory: string,
): Promise<{ fields: ProfileFields; where: string; file: string }> {
  const file = pathFrom(auth.file ?? process.env['OCI_CONFIG_FILE'] ?? '~/.oci/config', directory);
  const fields = await readProfile(file, auth.profile);
  return { fields, file, where: `profile ${auth.profile} of ${file}` };
}

/** `~` is the home folder, as in the OCI CLI. */
function pathFrom(path: string, directory: string): string {
  return path.startsWith('~/') ? join(homedir(), path.slice(2)) : resolve(directory, path);
}

/** Keys are already decrypted here: with a wrong passphrase the SDK ends the process. */
function signerOf(keyId: string, privateKey: string): AuthenticationDetailsProvider {
  return {
    getKeyId: () => Promise.resolve(keyId),
    getPrivateKey: () => privateKey,
    getPassphrase: () => null,
  };
}

function requireFields(fields: ProfileFields, names: readonly string[], where: string): string[] {
  const missing = names.filter((name) => fields.get(name) === undefined);
  if (missing.length > 0) throw new Failure('usage', `${where} lacks ${missing.join(', ')}`);
  return names.map((name) => fields.get(name) ?? '');
}

async function keyOfProfile(
  fields: ProfileFields,
  where: string,
  passphrase: string | undefined,
  directory: string,
): Promise<string> {
  const [keyFile = ''] = requireFields(fields, ['key_file'], where);
  const path = pathFrom(keyFile, directory);
  const secret = passphrase ?? fields.get('pass_phrase');
  return decryptKey(await readText(path, 'the private key'), secret, path);
}

async function readText(path: string, what: string): Promise<string> {
  try {
    return (await readRegularFile(path)).toString('utf8');
  } catch (error) {
    throw new Failure('usage', `cannot read ${what} ${path}: ${explainError(error)}`, { cause: error });
  }
}
