import type { Label, Tone, Wording } from '../../../../renderers/view/wording.js';
import { shortText } from '../../../../renderers/view/view-parts.js';
import type { PeriodAttainment, PeriodReport } from '../../period/period-report.js';

/** `118 of 120` */
export function ofExpected({ met, expected }: PeriodAttainment, { text }: Wording): string {
  return text('period.ofExpected', { met, expected });
}

/** `98.33%`; words where nothing was expected. */
export function percentWords({ attainmentPercent }: PeriodAttainment, { language, text }: Wording): string {
  return attainmentPercent === null ? text('period.nothingExpected') : language.percent(attainmentPercent);
}

/** Whether the target was reached; null: there is none, or nothing was expected. */
export function targetLabel(
  { target, targetState }: Pick<PeriodReport['totals'], 'target' | 'targetState'>,
  { language, text }: Wording,
): Label | null {
  if (target === null || targetState === null) return null;
  const words = text(`period.target.${targetState}`, { percent: language.percent(target) });
  return { words, tone: targetState === 'reached' ? 'good' : 'bad' };
}

export function teamWords(owner: string | null, { text }: Wording): string {
  return owner === null ? text('period.nobody') : shortText(owner);
}

export function partWords(slice: string | null, { text }: Wording): string {
  return slice === null ? text('period.noSlice') : shortText(slice);
}

/** `14 d 3 h`; words where no age was known. */
export function ageWords(
  { worstRecoveryPointAgeSeconds: seconds }: PeriodAttainment,
  wording: Wording,
): string {
  return seconds === null ? wording.text('period.notKnown') : wording.duration(seconds);
}

/** `1.5 days`; words where nothing recovered. */
export function recoverWords({ meanDaysToRecover }: PeriodAttainment, { text }: Wording): string {
  return meanDaysToRecover === null
    ? text('period.noRecovery')
    : text('period.meanDays', { days: Math.round(meanDaysToRecover * 10) / 10 });
}

/** A day that is not judged has the colour of what is unknown, and none that lacks anything is good. */
export function dayTone({ state, counts }: PeriodReport['days'][number]): Tone {
  if (state === 'MISSING') return 'unknown';
  if (counts.failed + counts.missed > 0) return 'bad';
  if (state === 'INCOMPLETE') return 'warn';
  if (counts.unknown > 0) return 'unknown';
  return counts.expected === 0 ? 'quiet' : 'good';
}
