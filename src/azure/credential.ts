import { rootCertificates } from 'node:tls';
import type { TokenCredential } from '@azure/identity';
import type { AzurePlaces } from './clouds.js';
import type { SignInWitness } from './sign-in-witness.js';

/** How the program signs in to Azure: named, so that the sign-in of a person at this machine is not used by chance. */
export type AzureSignIn =
  | {
      readonly type: 'client-secret';
      readonly tenantId: string;
      readonly clientId: string;
      readonly clientSecret: string;
    }
  | {
      /** What is not set here is read from AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_FEDERATED_TOKEN_FILE. */
      readonly type: 'workload-identity';
      readonly tenantId?: string | undefined;
      readonly clientId?: string | undefined;
      /** Path. */
      readonly tokenFile?: string | undefined;
    }
  | {
      readonly type: 'managed-identity';
      /** Of a user-assigned identity. */
      readonly clientId?: string | undefined;
    }
  /** Environment, workload identity, managed identity, then tools of developers: whatever works first. */
  | { readonly type: 'default'; readonly tenantId?: string | undefined };

export interface SignInParts {
  readonly signIn: AzureSignIn;
  readonly places: AzurePlaces;
  /** Certificates in PEM that are trusted besides those of Node.js; null: none. */
  readonly authorities: string | null;
  /** First wait before another attempt. Milliseconds. */
  readonly firstDelayMs: number;
  readonly witness: SignInWitness;
}

const directories = /^https:\/\/login\.(?:microsoftonline\.(?:com|us)|chinacloudapi\.cn)$/;

/**
 * @throws CredentialUnavailableError where the environment lacks what the sign-in needs
 */
export async function makeCredential(parts: SignInParts): Promise<TokenCredential> {
  const identity = await import('@azure/identity');
  const { signIn, places, firstDelayMs } = parts;
  const options = {
    authorityHost: places.authority,
    // Microsoft's own directories vouch for one another; they know nothing of another authority.
    disableInstanceDiscovery: !directories.test(places.authority),
    retryOptions: { maxRetries: 3, retryDelayInMs: firstDelayMs },
    additionalPolicies: parts.witness.policies,
    ...tlsOptions(parts.authorities),
  };
  switch (signIn.type) {
    case 'client-secret': {
      const { tenantId, clientId, clientSecret } = signIn;
      return new identity.ClientSecretCredential(tenantId, clientId, clientSecret, options);
    }
    case 'workload-identity': {
      const { tenantId, clientId, tokenFile } = signIn;
      return new identity.WorkloadIdentityCredential({
        ...options,
        ...(tenantId !== undefined && { tenantId }),
        ...(clientId !== undefined && { clientId }),
        ...(tokenFile !== undefined && { tokenFilePath: tokenFile }),
      });
    }
    case 'managed-identity':
      return signIn.clientId === undefined
        ? new identity.ManagedIdentityCredential(options)
        : new identity.ManagedIdentityCredential(signIn.clientId, options);
    case 'default':
      return new identity.DefaultAzureCredential(
        signIn.tenantId === undefined ? options : { ...options, tenantId: signIn.tenantId },
      );
  }
}

/** TLS that is told whom to trust trusts nobody else, so those of Node.js are told, too. */
export function tlsOptions(authorities: string | null): { readonly tlsOptions?: { readonly ca: string[] } } {
  return authorities === null ? {} : { tlsOptions: { ca: [...rootCertificates, authorities] } };
}

/** Who signs in, for people. Never a secret. */
export function principalOf(signIn: AzureSignIn): string {
  const client = 'clientId' in signIn && signIn.clientId !== undefined ? ` ${signIn.clientId}` : '';
  const tenant = 'tenantId' in signIn && signIn.tenantId !== undefined ? ` of tenant ${signIn.tenantId}` : '';
  return `${signIn.type}${client}${tenant}`;
}
