import { toIso } from '../base/instants.js';
import { hourMs } from '../base/time-units.js';
import { type ControlTotals, sumControlTotals } from '../model/control-totals.js';
import type { Language } from '../model/language.js';
import type { HeadFinding, ReportHead } from '../model/report-head.js';
import type { DayInput } from './report-kind.js';

/** What of the input of a day every report says. */
export type HeadInput = Pick<
  DayInput<ReportHead, never, unknown>,
  'plan' | 'day' | 'generatedAtMs' | 'sources' | 'rejected'
>;

/** What a kind adds to the fields that every report starts with. */
export interface HeadOfKind<K extends string> {
  readonly kind: K;
  /** Why the report is INCOMPLETE, one sentence each; empty if it is COMPLETE. */
  readonly statusReasons: readonly string[];
  readonly findings: readonly HeadFinding[];
}

/** The fields that report.json starts with, in their order. */
export function dayHead<K extends string>(
  { plan, day, generatedAtMs, sources, rejected }: HeadInput,
  { kind, statusReasons, findings }: HeadOfKind<K>,
): ReportHead & { readonly kind: K } {
  return {
    schemaVersion: 1,
    kind,
    plan: plan.name,
    reportDay: {
      date: day.date,
      timezone: day.timezone,
      start: toIso(day.startMs),
      cutOff: toIso(day.cutOffMs),
      hours: (day.cutOffMs - day.startMs) / hourMs,
    },
    status: statusReasons.length === 0 ? 'COMPLETE' : 'INCOMPLETE',
    statusReasons,
    generatedAt: toIso(generatedAtMs),
    tool: plan.tool,
    language: plan.language.tag,
    sources,
    controlTotals: controlTotalsOf(sources),
    rejectedRecords: rejected,
    findings,
  };
}

/** The sum over the sources. */
export function controlTotalsOf(sources: ReportHead['sources']): ControlTotals {
  return sumControlTotals(sources.map(({ controlTotals }) => controlTotals));
}

/** What decides for every kind whether a day is whole. */
export interface Wholeness {
  readonly sources: ReportHead['sources'];
  /** Why the newest report could not be used. */
  readonly memoryFaults: readonly string[];
  readonly tolerateRejected: number;
  readonly isDayOver: boolean;
}

/**
 * Why no report of the day can be COMPLETE, whatever its kind: a source that was not read to its end, an earlier report that could not
 * be used, records that nobody could read, a day that is not over. One sentence each; empty: nothing of this.
 */
export function unreadReasons(
  { sources, memoryFaults, tolerateRejected, isDayOver }: Wholeness,
  language: Language,
): readonly string[] {
  const reasons = sources.flatMap(({ name, reasons: own }) => own.map((reason) => `${name}: ${reason}`));
  reasons.push(...memoryFaults);
  const { rejected: number } = controlTotalsOf(sources);
  if (number > tolerateRejected) {
    reasons.push(
      tolerateRejected === 0
        ? language.text('sentences.status.unread', { number })
        : language.text('sentences.status.unreadTolerated', { number, tolerated: tolerateRejected }),
    );
  }
  if (!isDayOver) reasons.push(language.text('sentences.status.dayNotOver'));
  return reasons;
}
