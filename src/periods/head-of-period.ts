import { addDays, startOfDate } from '../base/civil-dates.js';
import { rangesOf } from '../base/date-ranges.js';
import { toIso } from '../base/instants.js';
import type { Language } from '../model/language.js';
import type { Period } from '../model/period.js';
import type { PeriodDay, PeriodHead } from '../model/period-head.js';
import type { PeriodPlan } from './period-plan.js';

/** How many damaged days are named with what is wrong with them; `days` of the report has all. */
const namedFaults = 20;

/** The head of the report of a period, by the days that were counted. */
export function headOfPeriod(
  plan: Pick<PeriodPlan, 'name' | 'timezone' | 'kindName' | 'kind' | 'language' | 'tool'>,
  { period, generatedAtMs }: { readonly period: Period; readonly generatedAtMs: number },
  days: readonly PeriodDay[],
): PeriodHead {
  const { timezone, language, kind } = plan;
  const statusReasons = reasonsOf(days, language, kind.dayReasons);
  return {
    schemaVersion: 1,
    kind: plan.kindName,
    plan: plan.name,
    period: {
      ...period,
      timezone,
      start: toIso(startOfDate(period.from, timezone)),
      end: toIso(endOfPeriod(period, timezone)),
    },
    status: statusReasons.length === 0 ? 'COMPLETE' : 'INCOMPLETE',
    statusReasons,
    generatedAt: toIso(generatedAtMs),
    tool: plan.tool,
    language: language.tag,
    days,
    revisedDays: days.filter(({ isRevised }) => isRevised).length,
  };
}

/** First instant after the last day, epoch milliseconds. */
export function endOfPeriod({ to }: Pick<Period, 'to'>, timezone: string): number {
  return startOfDate(addDays(to, 1), timezone);
}

/** Which days are missing, which are INCOMPLETE, and what is wrong with those that are there and cannot be used. */
function reasonsOf(
  days: readonly PeriodDay[],
  language: Language,
  messages = 'period.reason',
): readonly string[] {
  const missing = days.filter(({ state }) => state === 'MISSING');
  const incomplete = days.filter(({ state }) => state === 'INCOMPLETE');
  const plain = language.text('period.missing.none');
  const faults = missing.filter(({ reason }) => reason !== plain).slice(0, namedFaults);
  const sentence = (key: string, found: readonly PeriodDay[]): readonly string[] =>
    found.length === 0
      ? []
      : [
          language.text(`${messages}.${key}`, {
            number: found.length,
            dates: datesInWords(
              found.map(({ date }) => date),
              language,
            ),
          }),
        ];
  return [
    ...sentence('missing', missing),
    ...faults.map(({ date, reason }) =>
      language.text('period.reason.fault', { date: language.date(date), why: reason }),
    ),
    ...sentence('incomplete', incomplete),
  ];
}

/** `2026-11-03, 2026-11-08–2026-11-11` */
function datesInWords(dates: readonly string[], { date }: Language): string {
  return rangesOf(dates)
    .map(({ from, to }) => (from === to ? date(from) : `${date(from)}–${date(to)}`))
    .join(', ');
}
