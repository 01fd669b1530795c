import { Failure, explainError } from '../errors.js';

/** What an error says may come from strangers, and may be long. */
const maxReasonChars = 300;
const maxStackChars = 2000;

/** An error's message, on one line and of bounded length, for the log and the heartbeat. */
export function reasonOf(error: unknown): string {
  return boundedLine(explainError(error));
}

/** For the log: of a `Failure` what to do about it, of an unexpected error where it comes from. */
export function errorFields(error: unknown): { readonly advice?: string; readonly stack?: string } {
  if (error instanceof Failure) {
    return error.hints.length === 0 ? {} : { advice: boundedLine(error.hints.join(' ')) };
  }
  const stack = stackOf(error);
  return stack === undefined ? {} : { stack };
}

export function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack?.slice(0, maxStackChars) : undefined;
}

function boundedLine(text: string): string {
  const line = text
    .slice(0, 4 * maxReasonChars)
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
  return (line.length <= maxReasonChars ? line : `${line.slice(0, maxReasonChars)}…`).toWellFormed();
}
