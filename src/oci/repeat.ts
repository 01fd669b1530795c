import pRetry from 'p-retry';
import type { HttpOptions } from './http-client.js';
import { OciAnswerError } from './http-error.js';
import { OciCallError } from './oci-error.js';
import { RetryDecision, waitOptions } from '../http/retry-policy.js';

/**
 * Retries, from the beginning, work that the HTTP client cannot retry itself, such as sending a file or reading a
 * stream, as long as the failure may be transient.
 */
export async function repeat<T>(http: HttpOptions, work: () => Promise<T>): Promise<T> {
  const decision = new RetryDecision(http.attempts);
  return pRetry(work, {
    ...waitOptions(http),
    onFailedAttempt({ error }) {
      if (!(error instanceof OciCallError) || !decision.isWorthwhile(error)) throw error;
      if (error instanceof OciAnswerError && error.waitMs > http.deadlineMs) throw error.notWaitedFor();
    },
  });
}
