import type { Language } from '../../../../model/language.js';
import type { DeletionReason } from '../../model/control-reason.js';
import type { ControlWords } from './control-words.js';
import { measuredInWords } from './measured-words.js';
import { demanderInWords, policyInWords } from './say-policies.js';
import type { Speech } from './speech.js';

export function sayNoEarlyDeletion(reason: DeletionReason, speech: Speech): ControlWords {
  const { language } = speech;
  if (reason.code === 'deletion.none' || reason.code === 'deletion.none-known') {
    const isAll = reason.code === 'deletion.none';
    return {
      reason: language.text(isAll ? 'sentences.deletion.none' : 'sentences.deletion.noneKnown', {
        date: language.date(speech.date),
      }),
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
  const { policy } = reason;
  return {
    reason: deletionSentence(reason, speech),
    measured,
    threshold: retentionInWords(reason, language),
    demandedBy: policy === null ? null : demanderInWords(policy, language),
  };
}

type JudgedDeletion = Extract<DeletionReason, { readonly retentionMs: number }>;

function deletionSentence(reason: JudgedDeletion, { language, timezone }: Speech): string {
  const threshold = retentionInWords(reason, language);
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
      const age = ageInWords(reason, language).measured;
      return language.text('sentences.deletion.early', { age, when, kept });
    }
    case 'deletion.age-unknown':
      return language.text('sentences.deletion.unknownAge', { kept });
    case 'deletion.which-unknown':
      return language.text('sentences.deletion.whichUnknown', { kept });
    case 'deletion.perhaps-made':
      return language.text('sentences.deletion.perhapsMade', { kept });
    case 'deletion.perhaps-own':
      return language.text('sentences.deletion.perhapsOwn', { kept });
    case 'deletion.in-time':
      return language.text('sentences.deletion.inTime', { kept });
  }
}

function retentionInWords(reason: JudgedDeletion, language: Language): string {
  return reason.code === 'deletion.too-early'
    ? ageInWords(reason, language).threshold
    : language.duration(reason.retentionMs);
}

function ageInWords(
  { ageMs: measuredMs, retentionMs: limitMs }: Extract<DeletionReason, { readonly ageMs: number }>,
  language: Language,
): ReturnType<typeof measuredInWords> {
  return measuredInWords({ measuredMs, limitMs, isMet: false }, language);
}
