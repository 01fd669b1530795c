import type { Language } from '../../../../model/language.js';
import type { FailedTest, RestoreReason, SeenRestore } from '../../model/control-reason.js';
import { attestedInWords } from './say-attestations.js';
import type { ControlWords } from './control-words.js';
import { measuredInWords } from './measured-words.js';
import { demanderInWords, policyInWords } from './say-policies.js';
import type { Speech } from './speech.js';

export function sayRestoreTested(reason: RestoreReason, speech: Speech): ControlWords {
  const { language, timezone } = speech;
  const lastRestore = 'lastRestore' in reason ? reason.lastRestore : null;
  const { measured: age, threshold } = ageInWords(reason, lastRestore, language);
  const measured = age ?? language.text('sentences.restore.never');
  const seen = {
    seen: seenInWords(reason, restoreInWords(lastRestore, age, speech), speech),
    policy: policyInWords(reason.policy, language),
  };
  if (reason.code === 'restore.not-demanded') {
    const words = language.text('sentences.restore.noDemand', seen);
    return { reason: words, measured, threshold: null, demandedBy: null };
  }
  const demandedBy = demanderInWords(reason.policy, language);
  const values = { ...seen, threshold };
  switch (reason.code) {
    case 'restore.test-failed':
    case 'restore.recent-enough':
    case 'restore.too-old':
      return {
        reason: language.text('sentences.restore.measured', values),
        measured,
        threshold,
        demandedBy,
      };
    case 'restore.may-be-earlier': {
      const since = language.instant(reason.knownSinceMs, timezone);
      const words = language.text('sentences.restore.mayBeEarlier', { since, ...values });
      return { reason: words, measured, threshold, demandedBy };
    }
    case 'restore.none-seen':
      return { reason: language.text('sentences.restore.missing', values), measured, threshold, demandedBy };
  }
}

interface AgeInWords {
  /** null: no restore was seen. */
  readonly measured: string | null;
  readonly threshold: string | null;
}

function ageInWords(reason: RestoreReason, lastRestore: SeenRestore | null, language: Language): AgeInWords {
  const limitMs = 'limitMs' in reason ? reason.limitMs : null;
  if (lastRestore !== null && limitMs !== null) {
    const isMet = lastRestore.ageMs <= limitMs;
    return measuredInWords({ measuredMs: lastRestore.ageMs, limitMs, isMet }, language);
  }
  return {
    measured: lastRestore === null ? null : language.duration(lastRestore.ageMs),
    threshold: limitMs === null ? null : language.duration(limitMs),
  };
}

/** With the test that failed, where one stands. */
function seenInWords(reason: RestoreReason, seen: string, { language, timezone }: Speech): string {
  const failed: FailedTest | null = 'failedTest' in reason ? reason.failedTest : null;
  if (failed === null) return seen;
  const when = language.instant(failed.testedMs, timezone);
  const who = attestedInWords(failed, language);
  return language.text('sentences.restore.failedTest', { when, who, seen });
}

function restoreInWords(
  lastRestore: SeenRestore | null,
  age: string | null,
  { language, timezone }: Speech,
): string {
  if (lastRestore === null) return language.text('sentences.restore.unseen');
  const { endMs, attested } = lastRestore;
  const values = { age, when: language.instant(endMs, timezone) };
  if (attested === null) return language.text('sentences.restore.seen', values);
  return language.text('sentences.restore.proven', { ...values, who: attestedInWords(attested, language) });
}
