import type { FailedTest, JudgedControl, RestoreReason, SeenRestore } from '../../model/control-reason.js';
import { type RestoreTests, standingFailure } from '../../model/restore-test.js';
import type { ControlInput } from '../control-input.js';

/** Auditors ask when a restore was last tested, whether a policy demands it or not. */
export function restoreTested({
  history,
  demand,
  day,
  knownSinceMs,
  restoreTests,
}: ControlInput): JudgedControl<RestoreReason> {
  const { policy } = demand;
  const { maxRestoreAgeMs: limitMs } = policy;
  const lastRestore = lastRestoreOf(history.lastRestoreMs, restoreTests, day.cutOffMs, limitMs);
  const failedTest = failedTestOf(restoreTests, day.cutOffMs);
  if (limitMs === null) {
    return { verdict: 'NOT_APPLICABLE', code: 'restore.not-demanded', lastRestore, failedTest, policy };
  }
  if (failedTest !== null) {
    // What an event says of a later restore is no answer: that one may fail the same test.
    return {
      verdict: 'NON_COMPLIANT',
      code: 'restore.test-failed',
      lastRestore,
      failedTest,
      limitMs,
      policy,
    };
  }
  if (lastRestore !== null) {
    return lastRestore.ageMs <= limitMs
      ? { verdict: 'COMPLIANT', code: 'restore.recent-enough', lastRestore, limitMs, policy }
      : { verdict: 'NON_COMPLIANT', code: 'restore.too-old', lastRestore, limitMs, policy };
  }
  return day.cutOffMs - knownSinceMs < limitMs
    ? { verdict: 'UNKNOWN', code: 'restore.may-be-earlier', knownSinceMs, limitMs, policy }
    : { verdict: 'NON_COMPLIANT', code: 'restore.none-seen', limitMs, policy };
}

/** The test that passed last, where it is young enough or no restore ended later: a proof tells more than an event. */
function lastRestoreOf(
  endMs: number | null,
  { passed }: RestoreTests,
  cutOffMs: number,
  limitMs: number | null,
): SeenRestore | null {
  const isBest =
    passed !== null &&
    (endMs === null ||
      passed.testedMs >= endMs ||
      (limitMs !== null && cutOffMs - passed.testedMs <= limitMs));
  if (isBest) {
    const { testedMs, by, ticket, isSigned } = passed;
    return { endMs: testedMs, ageMs: cutOffMs - testedMs, attested: { by, ticket, isSigned } };
  }
  return endMs === null ? null : { endMs, ageMs: cutOffMs - endMs, attested: null };
}

function failedTestOf(tests: RestoreTests, cutOffMs: number): FailedTest | null {
  const failed = standingFailure(tests);
  return failed === null ? null : { ...failed, ageMs: cutOffMs - failed.testedMs };
}
