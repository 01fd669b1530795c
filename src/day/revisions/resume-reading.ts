import { addDays, dateAt, reportDayOf, startOfDate } from '../../base/civil-dates.js';
import type { Language } from '../../model/language.js';
import type { ReportDay } from '../../model/report-day.js';
import type { DayRecollection, RecallFinding } from '../../reports/report-kind.js';
import { zoneFinding } from './zone-change.js';

/** How a report goes on from an earlier one. Epoch milliseconds. */
export interface Resumption {
  /** Where reading begins. */
  readonly fromMs: number;
  readonly knownSinceMs: number;
  /** Days without a report in between, oldest first, that are read and judged now. */
  readonly bridged: readonly ReportDay[];
  /** Events that are not read, because the gap is too long: they make the report INCOMPLETE. */
  readonly faults: readonly string[];
  readonly findings: readonly RecallFinding[];
}

/** Where reading resumes, and what lies between the memory and the day. At most `maxBridgeDays` days before it are read. */
export function resumeReading(
  memory: DayRecollection,
  day: ReportDay,
  maxBridgeDays: number,
  language: Language,
): Resumption {
  const { timezone } = day;
  const missing = datesBetween(memory.date, day.date).flatMap((date) => reportDayOf(date, timezone) ?? []);
  const firstMs = missing[0]?.startMs ?? day.startMs;
  const reachMs = startOfDate(addDays(day.date, -maxBridgeDays), timezone);
  const fromMs = Math.min(day.startMs, Math.max(Math.min(memory.resumeMs, firstMs), reachMs));
  const isWhole = fromMs <= memory.resumeMs;
  const bridged = missing.filter(({ startMs }) => startMs >= fromMs);
  return {
    fromMs,
    knownSinceMs: isWhole ? memory.knownSinceMs : fromMs,
    bridged,
    faults: isWhole ? [] : [unreadWords(memory.resumeMs, fromMs, { timezone, maxBridgeDays, language })],
    findings: [
      ...bridgedFindings(bridged, isWhole ? memory.date : dateAt(fromMs, timezone), language),
      ...zoneFinding(memory, missing[0] ?? day, language),
    ],
  };
}

/** @param since date since which events were read */
function bridgedFindings(
  bridged: readonly ReportDay[],
  since: string,
  language: Language,
): readonly RecallFinding[] {
  const [first] = bridged;
  const last = bridged.at(-1);
  if (first === undefined || last === undefined) return [];
  const span = spanWords(first.date, last.date, language);
  const words = language.text('sentences.memory.bridged', { span, since: language.date(since) });
  return [{ kind: 'memory', subject: span, words }];
}

function unreadWords(
  fromMs: number,
  toMs: number,
  {
    timezone,
    maxBridgeDays: days,
    language,
  }: { readonly timezone: string; readonly maxBridgeDays: number; readonly language: Language },
): string {
  const span = spanWords(dateAt(fromMs, timezone), dateAt(toMs - 1, timezone), language);
  return language.text('sentences.memory.beyond', { span, days });
}

function spanWords(first: string, last: string, language: Language): string {
  if (first === last) return language.date(first);
  return language.text('sentences.memory.span', { from: language.date(first), to: language.date(last) });
}

/** Dates after `from` and before `to`. */
function datesBetween(from: string, to: string): string[] {
  const dates: string[] = [];
  for (let date = addDays(from, 1); date < to; date = addDays(date, 1)) dates.push(date);
  return dates;
}
