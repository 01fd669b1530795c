import type { Language } from '../../model/language.js';
import type { ReportDay } from '../../model/report-day.js';
import type { DayRecollection, RecallFinding } from '../../reports/report-kind.js';

/**
 * Days of another zone begin at another instant: where a plan changes its zone, hours lie in no report or in two.
 *
 * @param next the first day after the memory's, in the plan's zone
 */
export function zoneFinding(
  { timezone: before, cutOffMs }: DayRecollection,
  next: ReportDay,
  language: Language,
): readonly RecallFinding[] {
  const { timezone, startMs } = next;
  if (before === undefined || cutOffMs === undefined || before === timezone) return [];
  const zones = { before, after: timezone };
  const from = language.instant(Math.min(cutOffMs, startMs), timezone);
  const to = language.instant(Math.max(cutOffMs, startMs), timezone);
  const lasting = language.duration(Math.abs(startMs - cutOffMs));
  const words =
    cutOffMs === startMs
      ? language.text('sentences.memory.zoneChanged', zones)
      : language.text(cutOffMs < startMs ? 'sentences.memory.zoneInNone' : 'sentences.memory.zoneInTwo', {
          ...zones,
          from,
          to,
          lasting,
        });
  return [{ kind: 'memory', subject: timezone, words }];
}
