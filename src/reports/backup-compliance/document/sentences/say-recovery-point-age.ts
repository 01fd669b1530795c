import type { RecoveryPointReason } from '../../model/control-reason.js';
import type { ControlWords } from './control-words.js';
import { creationInWords } from './creation-in-words.js';
import { measuredInWords } from './measured-words.js';
import { demanderInWords, policyInWords } from './say-policies.js';
import type { Speech } from './speech.js';

export function sayRecoveryPointAge(reason: RecoveryPointReason, speech: Speech): ControlWords {
  const { language, timezone } = speech;
  const threshold = language.duration(reason.limitMs);
  const allows = { policy: policyInWords(reason.policy, language), threshold };
  const demandedBy = demanderInWords(reason.policy, language);
  switch (reason.code) {
    case 'recovery-point.young-enough':
    case 'recovery-point.too-old': {
      const { ageMs: measuredMs, limitMs } = reason;
      const isMet = reason.code === 'recovery-point.young-enough';
      const { measured, threshold: limit } = measuredInWords({ measuredMs, limitMs, isMet }, language);
      const when = language.instant(reason.lastSuccessMs, timezone);
      const isNewest = reason.newerGone === 0;
      const key = isNewest ? 'sentences.recoveryPointAge.seen' : 'sentences.recoveryPointAge.seenBefore';
      const words = language.text(key, {
        age: measured,
        when,
        policy: allows.policy,
        threshold: limit,
        number: reason.newerGone,
      });
      return { reason: words, measured, threshold: limit, demandedBy };
    }
    case 'recovery-point.resource-is-new': {
      const words = language.text('sentences.recoveryPointAge.created', {
        when: creationInWords(reason, speech),
        ...allows,
      });
      return { reason: words, measured: null, threshold, demandedBy };
    }
    case 'recovery-point.all-gone':
    case 'recovery-point.gone-may-be-earlier': {
      const since = language.instant(reason.knownSinceMs, timezone);
      const key =
        reason.code === 'recovery-point.all-gone'
          ? 'sentences.recoveryPointAge.allGone'
          : 'sentences.recoveryPointAge.goneMayBeEarlier';
      const words = language.text(key, { number: reason.gone, since, ...allows });
      return { reason: words, measured: null, threshold, demandedBy };
    }
    case 'recovery-point.none-since-creation': {
      const words = language.text('sentences.recoveryPointAge.noneSinceCreation', {
        when: creationInWords(reason, speech),
        ...allows,
      });
      return { reason: words, measured: null, threshold, demandedBy };
    }
    case 'recovery-point.may-be-earlier': {
      const since = language.instant(reason.knownSinceMs, timezone);
      const words = language.text('sentences.recoveryPointAge.olderMayCount', { since, ...allows });
      return { reason: words, measured: null, threshold, demandedBy };
    }
    case 'recovery-point.none-seen': {
      const since = language.instant(reason.knownSinceMs, timezone);
      const words = language.text('sentences.recoveryPointAge.unseen', { since, ...allows });
      return { reason: words, measured: null, threshold, demandedBy };
    }
  }
}
