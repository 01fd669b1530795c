import type { Options } from 'p-retry';

/** A refused signature may be caused by a token that was just renewed; more than a few are no coincidence. */
const attemptsWhenRefused = 3;

const longestDelayMs = 30_000;

/**
 * The p-retry options common to the calls of cloud services: its waits and its deadline. How many attempts there are is for
 * RetryDecision to say. All times in milliseconds.
 */
export function waitOptions(http: {
  readonly firstDelayMs: number;
  readonly deadlineMs: number;
}): Pick<Options, 'retries' | 'minTimeout' | 'maxTimeout' | 'randomize' | 'maxRetryTime'> {
  return {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: http.firstDelayMs,
    maxTimeout: longestDelayMs,
    randomize: true,
    maxRetryTime: http.deadlineMs,
  };
}

/** What decides whether a failed call is made again. */
export interface FailedAttempt {
  readonly status: number | null;
  readonly retryable: boolean;
  /** The service asks for patience: see OciCallError. */
  readonly isThrottled: boolean;
}

/** Decides which failures of one call justify another attempt. */
export class RetryDecision {
  readonly #attempts: number;
  #refusals = 0;
  #counted = 0;

  /** @param attempts most attempts, including the first; those that were throttled are not counted */
  constructor(attempts: number) {
    this.#attempts = attempts;
  }

  /** Must be called once per failure. */
  isWorthwhile({ status, retryable, isThrottled }: FailedAttempt): boolean {
    // A quota is a matter of time: the deadline ends the waiting, however many attempts it takes.
    if (isThrottled) return true;
    this.#counted += 1;
    if (this.#counted >= this.#attempts) return false;
    if (status === 401) this.#refusals += 1;
    return retryable || (status === 401 && this.#refusals < attemptsWhenRefused);
  }
}
