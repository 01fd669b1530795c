import { oneLine } from '../base/one-line.js';
import { explainError } from '../errors.js';
import { azureReasonChars } from './table-answer.js';

/** What Microsoft Entra ID says, up to the ids of the attempt: `AADSTS7000215: Invalid client secret provided.` */
const entraWords = /AADSTS\d+:.*?(?=\s+(?:-\s+)?(?:Trace ID|Correlation ID|Timestamp)\b|$)/s;

/**
 * Why there is no token, in words, without a secret in them.
 *
 * @param witnessed what the last request came to; null: not known
 * @param secrets that must not be shown, should a message quote them
 */
export function signInWords(error: unknown, witnessed: string | null, secrets: readonly string[]): string {
  const told = tellingMessage(error, witnessed);
  const words = entraWords.exec(told)?.[0] ?? told;
  const clean = secrets.reduce((text, secret) => text.replaceAll(secret, '[removed]'), words);
  return oneLine(clean, azureReasonChars);
}

/** A chain of sign-ins tells each of its failures. */
function tellingMessage(error: unknown, witnessed: string | null): string {
  if (!(error instanceof Error)) return explainError(error);
  const inner = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  if (inner.length === 0) return witnessed ?? error.message;
  return inner.map((each: unknown) => (each instanceof Error ? each.message : String(each))).join('; ');
}
