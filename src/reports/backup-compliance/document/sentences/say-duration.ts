import type { DurationReason } from '../../model/control-reason.js';
import type { ControlWords } from './control-words.js';
import { measuredInWords } from './measured-words.js';
import { demanderInWords, policyInWords } from './say-policies.js';
import type { Speech } from './speech.js';

export function sayDuration(reason: DurationReason, { language, date }: Speech): ControlWords {
  const demandedBy = demanderInWords(reason.policy, language);
  if (reason.code === 'duration.unknown') {
    const threshold = language.duration(reason.limitMs);
    const words = language.text('sentences.duration.unknown', { date: language.date(date) });
    return { reason: words, measured: null, threshold, demandedBy };
  }
  const { longestMs: measuredMs, limitMs } = reason;
  const isMet = reason.code === 'duration.short-enough';
  const { measured, threshold } = measuredInWords({ measuredMs, limitMs, isMet }, language);
  const values = { measured, threshold, policy: policyInWords(reason.policy, language) };
  return { reason: language.text('sentences.duration.longest', values), measured, threshold, demandedBy };
}
