import type { Options } from 'p-retry';

/** A refused signature may be caused by a token that was just renewed; more than a few are no coincidence. */
const attemptsWhenRefused = 3;

const longestDelayMs = 30_000;

/** The p-retry options common to all OCI calls. All times in milliseconds. */
export function waitOptions(http: {
  readonly firstDelayMs: number;
  readonly deadlineMs: number;
}): Pick<Options, 'minTimeout' | 'maxTimeout' | 'randomize' | 'maxRetryTime'> {
  return {
    minTimeout: http.firstDelayMs,
    maxTimeout: longestDelayMs,
    randomize: true,
    maxRetryTime: http.deadlineMs,
  };
}

/** Decides which failures of one call justify another attempt. */
export class RetryDecision {
  #refusals = 0;

  /** Must be called once per failure. */
  isWorthwhile({
    status,
    retryable,
  }: {
    readonly status: number | null;
    readonly retryable: boolean;
  }): boolean {
    if (status === 401) this.#refusals += 1;
    return retryable || (status === 401 && this.#refusals < attemptsWhenRefused);
  }
}
