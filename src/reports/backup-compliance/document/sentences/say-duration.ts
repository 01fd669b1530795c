import type { DurationReason } from '../../model/control-reason.js';
import type { ControlWords } from './control-words.js';
import { demanderInWords, policyInWords } from './say-policies.js';
import type { Speech } from './speech.js';

export function sayDuration(reason: DurationReason, { language }: Speech): ControlWords {
  const threshold = language.duration(reason.limitMs);
  const demandedBy = demanderInWords(reason.policy, language);
  if (reason.code === 'duration.unknown') {
    return { reason: language.text('sentences.duration.unknown'), measured: null, threshold, demandedBy };
  }
  const measured = language.duration(reason.longestMs);
  const values = { measured, policy: policyInWords(reason.policy, language), threshold };
  return { reason: language.text('sentences.duration.longest', values), measured, threshold, demandedBy };
}
