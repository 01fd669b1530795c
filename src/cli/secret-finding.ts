import { dayMs } from '../base/time-units.js';
import type { ReadSecret } from '../config/file-with-secrets.js';
import type { Finding } from '../ports/finding.js';

/** How long before a secret cannot be used any more `doctor` warns. */
const warnedMs = 14 * dayMs;

/** Whether a secret of OCI Vault could be read, and until when its version is. What it says is not told. */
export function secretFinding(
  { secretId, usedBy, version, deletedAt, expiresAt, failure }: ReadSecret,
  nowMs: number,
): Finding {
  const check = 'vault secret';
  const forWhat = usedBy.join(', ');
  if (failure !== null) {
    const words = `${forWhat}: ${failure.message}`;
    return { check, state: 'failed', words, advice: failure.hints[0] ?? null };
  }
  const words = `${forWhat}: version ${version} of ${secretId} was read`;
  if (deletedAt !== null) {
    const advice =
      'Make a new version of the secret, or cancel the deletion: nothing can be sent without it.';
    return { check, state: 'warning', words: `${words}; it is to be deleted at ${deletedAt}`, advice };
  }
  if (expiresAt !== null && Date.parse(expiresAt) - nowMs < warnedMs) {
    const expires = Date.parse(expiresAt) <= nowMs ? 'expired' : 'expires';
    const advice = 'Make a new version of the secret. The schedule takes it at its next pass.';
    return { check, state: 'warning', words: `${words}; it ${expires} at ${expiresAt}`, advice };
  }
  return { check, state: 'ok', words, advice: null };
}
