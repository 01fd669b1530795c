import { dayMs } from '../../src/base/time-units.js';
import type { AttemptFact, Facts, ReferenceSpan, Told } from './reference-facts.js';

/** What is known on a day. */
export interface KnownFacts extends Facts {
  /** Attempts that only an end after the cut-off tells of; what it says of their result is not known yet. */
  readonly proofs: readonly AttemptFact[];
}

/** What has not happened yet, or before anything is known, is not there. */
export function factsUntil(facts: Facts, span: ReferenceSpan): KnownFacts {
  const isKnown = (told: Told | null): boolean =>
    told !== null && told.ms >= span.knownSinceMs && told.ms < span.cutOffMs;
  const known = <T extends { readonly told: Told }>(list: readonly T[]): T[] =>
    list.filter(({ told }) => isKnown(told)).sort((a, b) => a.told.ms - b.told.ms);
  const attempts = facts.attempts
    .map((attempt) => ({
      ...attempt,
      begin: isKnown(attempt.begin) ? attempt.begin : null,
      end: isKnown(attempt.end) ? attempt.end : null,
    }))
    .filter(({ begin, end }) => begin !== null || end !== null);
  return {
    attempts,
    notices: known(facts.notices),
    creations: known(facts.creations),
    terminations: known(facts.terminations).filter(({ isDone }) => isDone),
    deletions: known(facts.deletions).filter(({ isDone }) => isDone),
    settings: known(facts.settings).filter(({ isDone }) => isDone),
    proofs: facts.attempts.filter((attempt) => isProof(attempt, span)).map(asRunning),
  };
}

/** An end in [cut-off, cut-off + settle delay) of a backup that began before, at most 7 days back, and was not heard of. */
function isProof(
  { kind, begin, end, createdMs }: AttemptFact,
  { knownSinceMs, cutOffMs, settledMs }: ReferenceSpan,
): boolean {
  if (kind !== 'backup' || end === null || createdMs === null) return false;
  const isToldBefore = begin !== null && begin.ms >= knownSinceMs && begin.ms < cutOffMs;
  const isAfter = end.ms >= cutOffMs && end.ms < settledMs;
  return isAfter && !isToldBefore && createdMs < cutOffMs && createdMs >= cutOffMs - 7 * dayMs;
}

function asRunning(attempt: AttemptFact): AttemptFact {
  const begin = { id: `${attempt.end?.id} after the cut-off`, ms: attempt.createdMs ?? 0 };
  return { ...attempt, begin, end: null, recoveryWindowDays: null, autoBackupEnabled: null, parentId: null };
}
