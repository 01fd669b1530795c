import type { AuthenticationDetailsProvider } from 'oci-common';
import { oneLine } from '../base/one-line.js';
import { Failure } from '../errors.js';
import { type FileAuth, type FileCredentials, loadCredentials } from './credential-files.js';
import { claimsOf } from './token-claims.js';
import { WatchedFiles } from './watched-files.js';

/** The `auth` section of the configuration. */
export type AuthOptions = FileAuth | PrincipalAuth;

/** OCI knows the machine, or the job or pod on it, by itself. */
interface PrincipalAuth {
  readonly type: 'instance-principal' | 'resource-principal' | 'oke-workload-identity';
}

/** The identity that signs the requests. */
export interface Identity {
  /** Signs now; see `renewed`. */
  readonly provider: AuthenticationDetailsProvider;
  /** For the manifest; never a secret. */
  readonly principal: string;
  /** The region that comes with the credentials, if any. */
  readonly region: string | null;
  /** OCID; null if the credentials do not say. */
  readonly tenancy: string | null;
  /**
   * What signs from now on: files that were renewed on disk (a session token, a rotated key) are read again. The same
   * object as before if nothing changed. Throws Failure('usage') if the files cannot be used at the moment, or are now
   * somebody else's.
   */
  readonly renewed: () => Promise<AuthenticationDetailsProvider>;
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
    case 'session-token':
    case 'api-key':
      return fromFiles(auth, directory);
    case 'instance-principal':
    case 'resource-principal':
    case 'oke-workload-identity':
      return fromPrincipal(auth.type);
  }
}

interface Loaded extends FileCredentials {
  readonly files: WatchedFiles;
  readonly provider: AuthenticationDetailsProvider;
}

async function fromFiles(auth: FileAuth, directory: string): Promise<Identity> {
  const load = async (): Promise<Loaded> => {
    const files = new WatchedFiles();
    const loaded = await loadCredentials(auth, directory, files);
    return { ...loaded, files, provider: signerOf(loaded) };
  };
  let current = await load();
  const renew = async (): Promise<AuthenticationDetailsProvider> => {
    if (!(await current.files.haveChanged())) return current.provider;
    const next = await load();
    mustBeTheSame(current, next);
    current = next;
    return current.provider;
  };
  const { provider, principal, region, tenancy } = current;
  return { provider, principal, region, tenancy, renewed: oneAtATime(renew) };
}

/** The manifest names who ran it: a process does not become somebody else. */
function mustBeTheSame(before: FileCredentials, now: FileCredentials): void {
  if (before.principal === now.principal && before.tenancy === now.tenancy) return;
  throw new Failure(
    'usage',
    `the credentials are now those of ${now.principal}, but this process runs as ${before.principal}`,
    { hints: ['Start it again to run as the new one.'] },
  );
}

/** Calls that overlap share one result. */
function oneAtATime<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  return () => {
    running ??= work().finally(() => (running = null));
    return running;
  };
}

/** Keys are already decrypted here: with a wrong passphrase the SDK ends the process. */
function signerOf({ keyId, privateKey }: FileCredentials): AuthenticationDetailsProvider {
  return {
    getKeyId: () => Promise.resolve(keyId),
    getPrivateKey: () => privateKey,
    getPassphrase: () => null,
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
    // The SDK renews their tokens itself.
    const renewed = (): Promise<AuthenticationDetailsProvider> => Promise.resolve(provider);
    return { provider, principal: type.replaceAll('-', ' '), region, tenancy, renewed };
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
