import type { ControlTotals } from '../../../model/control-totals.js';
import type { Language } from '../../../model/language.js';
import type { SourceReport } from '../../../model/report-head.js';
import type { SilentSource } from '../memory/source-silence.js';

/** What decides whether a report is COMPLETE. */
export interface TenancyCompleteness {
  readonly sources: readonly Pick<SourceReport, 'name' | 'reasons'>[];
  readonly silent: readonly SilentSource[];
  /** Whether no record of the day was read: neither a change nor a read. */
  readonly isEmpty: boolean;
  readonly memoryFaults: readonly string[];
  /** Sum over the sources. */
  readonly controlTotals: ControlTotals;
  readonly tolerateRejected: number;
  readonly isDayOver: boolean;
}

/** Why the report is INCOMPLETE, one sentence each; empty if it is COMPLETE. */
export function sayTenancyStatus(told: TenancyCompleteness, language: Language): readonly string[] {
  const { sources, silent, memoryFaults, tolerateRejected, isDayOver } = told;
  const reasons = silent.map(({ source, lastRecords }) =>
    language.text('tenancy.status.silent', { source, since: language.date(lastRecords) }),
  );
  reasons.push(...sources.flatMap(({ name, reasons: own }) => own.map((reason) => `${name}: ${reason}`)));
  reasons.push(...memoryFaults);
  const { rejected: number } = told.controlTotals;
  if (number > tolerateRejected) {
    reasons.push(
      tolerateRejected === 0
        ? language.text('sentences.status.unread', { number })
        : language.text('sentences.status.unreadTolerated', { number, tolerated: tolerateRejected }),
    );
  }
  if (!isDayOver) reasons.push(language.text('sentences.status.dayNotOver'));
  if (reasons.length === 0 && told.isEmpty) reasons.push(language.text('tenancy.status.noRecord'));
  return reasons;
}
