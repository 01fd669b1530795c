import pRetry, { AbortError } from 'p-retry';
import { type HttpOptions, attemptsWhenRefused } from './http-client.js';
import { OciCallError } from './oci-error.js';

/**
 * Repeats work that the HTTP client cannot repeat by itself, such as sending a file or reading a stream: from its
 * beginning, as long as what failed may pass.
 */
export async function repeat<T>(
  { attempts, firstDelayMs, deadlineMs }: HttpOptions,
  work: () => Promise<T>,
): Promise<T> {
  let refusals = 0;
  return pRetry(
    async () => {
      try {
        return await work();
      } catch (error) {
        if (error instanceof OciCallError) {
          if (error.status === 401) refusals += 1;
          if (error.retryable || (error.status === 401 && refusals < attemptsWhenRefused)) throw error;
        }
        throw new AbortError(error instanceof Error ? error : new Error(String(error)));
      }
    },
    {
      retries: attempts - 1,
      minTimeout: firstDelayMs,
      maxTimeout: 30_000,
      randomize: true,
      maxRetryTime: deadlineMs,
    },
  );
}
