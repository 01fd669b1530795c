import pRetry, { AbortError } from 'p-retry';
import type { HttpOptions } from './http-client.js';
import { OciCallError } from './oci-error.js';
import { RetryDecision, waitOptions } from './retry-policy.js';

/**
 * Repeats work that the HTTP client cannot repeat by itself, such as sending a file or reading a stream: from its
 * beginning, as long as the failure may pass.
 */
export async function repeat<T>(http: HttpOptions, work: () => Promise<T>): Promise<T> {
  const decision = new RetryDecision();
  return pRetry(
    async () => {
      try {
        return await work();
      } catch (error) {
        if (error instanceof OciCallError && decision.isWorthwhile(error)) throw error;
        throw new AbortError(error instanceof Error ? error : new Error(String(error)));
      }
    },
    { retries: http.attempts - 1, ...waitOptions(http) },
  );
}
