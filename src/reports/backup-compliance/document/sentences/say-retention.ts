import { dayMs } from '../../../../base/time-units.js';
import type { Language } from '../../../../model/language.js';
import type { RetentionReason } from '../../model/control-reason.js';
import type { ControlWords } from './control-words.js';
import { exactDuration } from './measured-words.js';
import { demanderInWords, policyInWords } from './say-policies.js';
import type { Speech } from './speech.js';

export function sayRetention(reason: RetentionReason, { language }: Speech): ControlWords {
  const policy = policyInWords(reason.policy, language);
  if (reason.code === 'retention.not-demanded') {
    return {
      reason: language.text('sentences.retention.noDemand', { policy }),
      measured: reason.days === null ? null : daysInWords(reason.days, language),
      threshold: null,
      demandedBy: null,
    };
  }
  const rounded = language.duration(reason.limitMs);
  const demandedBy = demanderInWords(reason.policy, language);
  if (reason.code === 'retention.unknown') {
    const words = language.text('sentences.retention.unknown', { threshold: rounded, policy });
    return { reason: words, measured: null, threshold: rounded, demandedBy };
  }
  const measured = daysInWords(reason.days, language);
  // A demand that is rounded down may show as met by what is too short.
  const isShown = reason.code === 'retention.long-enough' || reason.limitMs % dayMs === 0;
  const threshold = isShown ? rounded : exactDuration(reason.limitMs, language);
  const words = language.text('sentences.retention.kept', { measured, threshold, policy });
  return { reason: words, measured, threshold, demandedBy };
}

function daysInWords(days: number, language: Language): string {
  return language.text('sentences.retention.days', { number: days });
}
