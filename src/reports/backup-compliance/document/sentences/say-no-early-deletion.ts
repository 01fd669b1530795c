import type { DeletionReason } from '../../model/control-reason.js';
import type { ControlWords } from './control-words.js';
import { demanderInWords, policyInWords } from './say-policies.js';
import type { Speech } from './speech.js';

export function sayNoEarlyDeletion(reason: DeletionReason, speech: Speech): ControlWords {
  const { language } = speech;
  if (reason.code === 'deletion.none' || reason.code === 'deletion.none-known') {
    const isAll = reason.code === 'deletion.none';
    return {
      reason: language.text(isAll ? 'sentences.deletion.none' : 'sentences.deletion.noneKnown'),
      measured: language.text('sentences.deletion.measuredNone'),
      threshold: language.text('sentences.deletion.thresholdNone'),
      demandedBy: null,
    };
  }
  const measured = language.text('sentences.deletion.measured', { number: reason.deletions });
  if (reason.code === 'deletion.of-unsuccessful') {
    const words = language.text('sentences.deletion.ofUnsuccessful');
    return { reason: words, measured, threshold: null, demandedBy: null };
  }
  if (reason.code === 'deletion.no-retention-known') {
    const words = language.text('sentences.deletion.notJudged');
    return { reason: words, measured, threshold: null, demandedBy: null };
  }
  const { policy, retentionMs } = reason;
  return {
    reason: deletionSentence(reason, speech),
    measured,
    threshold: language.duration(retentionMs),
    demandedBy: policy === null ? null : demanderInWords(policy, language),
  };
}

type JudgedDeletion = Extract<DeletionReason, { readonly retentionMs: number }>;

function deletionSentence(reason: JudgedDeletion, { language, timezone }: Speech): string {
  const threshold = language.duration(reason.retentionMs);
  const kept =
    reason.policy === null
      ? language.text('sentences.deletion.ownRetention', { threshold })
      : language.text('sentences.deletion.demanded', {
          policy: policyInWords(reason.policy, language),
          threshold,
        });
  switch (reason.code) {
    case 'deletion.too-early': {
      const when = language.instant(reason.deletedMs, timezone);
      const age = language.duration(reason.ageMs);
      return language.text('sentences.deletion.early', { age, when, kept });
    }
    case 'deletion.age-unknown':
      return language.text('sentences.deletion.unknownAge', { kept });
    case 'deletion.which-unknown':
      return language.text('sentences.deletion.whichUnknown', { kept });
    case 'deletion.perhaps-own':
      return language.text('sentences.deletion.perhapsOwn', { kept });
    case 'deletion.in-time':
      return language.text('sentences.deletion.inTime', { kept });
  }
}
