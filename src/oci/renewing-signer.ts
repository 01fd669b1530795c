import type { AuthenticationDetailsProvider, RequestSigner } from 'oci-common';
import { explainError, isUsageFailure } from '../errors.js';
import type { Log } from '../ports/log.js';
import type { Identity } from './authentication.js';

/**
 * Signs each request with the credentials as they are then. While their files cannot be used (they are just being
 * replaced, or a new token is not there yet), it signs with the last good ones, and logs each reason once: if these are
 * no longer valid, OCI says so.
 */
export function createRenewingSigner(
  identity: Pick<Identity, 'provider' | 'renewed'>,
  signerOf: (provider: AuthenticationDetailsProvider) => RequestSigner,
  log: Log,
): RequestSigner {
  let { provider } = identity;
  let signer = signerOf(provider);
  let told = '';
  return {
    async signHttpRequest(request, excludeBody) {
      try {
        const current = await identity.renewed();
        // A signer for each pair of key and token: no request is signed with one of each.
        if (current !== provider) [provider, signer] = [current, signerOf(current)];
        told = '';
      } catch (error) {
        if (!isUsageFailure(error)) throw error;
        const reason = explainError(error);
        if (reason !== told) log.warn({ reason }, 'OCI credentials were changed, but cannot be used');
        told = reason;
      }
      await signer.signHttpRequest(request, excludeBody);
    },
  };
}
