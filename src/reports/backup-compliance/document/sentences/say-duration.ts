import type { DurationReason } from '../../model/control-reason.js';
import type { ControlWords } from './control-words.js';
import { measuredInWords } from './measured-words.js';
import { demanderInWords, policyInWords } from './say-policies.js';
import type { Speech } from './speech.js';

export function sayDuration(reason: DurationReason, { language }: Speech): ControlWords {
  const threshold = language.duration(reason.limitMs);
  const demandedBy = demanderInWords(reason.policy, language);
  if (reason.code === 'duration.unknown') {
    return { reason: language.text('sentences.duration.unknown'), measured: null, threshold, demandedBy };
  }
  const { longestMs: measuredMs, limitMs } = reason;
  const isMet = reason.code === 'duration.short-enough';
  const both = measuredInWords({ measuredMs, limitMs, isMet }, language);
  const values = { ...both, policy: policyInWords(reason.policy, language) };
  return { reason: language.text('sentences.duration.longest', values), ...both, demandedBy };
}
