import type { PeriodHead } from '../../model/period-head.js';
import type { Wording } from './wording.js';

/** `2026-11` and `2026-Q4` as the archive has them; days in a row from the first to the last. */
export function periodName({ period }: Pick<PeriodHead, 'period'>, { language, text }: Wording): string {
  if (period.type !== 'days') return period.label;
  return text('period.range', { from: language.date(period.from), to: language.date(period.to) });
}
