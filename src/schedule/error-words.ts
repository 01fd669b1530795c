import { oneLine } from '../base/one-line.js';
import { Failure, explainError } from '../errors.js';

const maxStackChars = 2000;

/** An error's message on one line, of limited length, for the log and the heartbeat. */
export function reasonOf(error: unknown): string {
  return oneLine(explainError(error));
}

/** For the log: what to do about a `Failure`, or where an unexpected error comes from. */
export function errorFields(error: unknown): { readonly advice?: string; readonly stack?: string } {
  if (error instanceof Failure) {
    return error.hints.length === 0 ? {} : { advice: oneLine(error.hints.join(' ')) };
  }
  const stack = stackOf(error);
  return stack === undefined ? {} : { stack };
}

export function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack?.slice(0, maxStackChars) : undefined;
}
