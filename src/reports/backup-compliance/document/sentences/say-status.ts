import type { ControlTotals } from '../../../../model/control-totals.js';
import type { Language } from '../../../../model/language.js';
import type { SourceReport } from '../../../../model/report-head.js';

/** What decides whether a report is COMPLETE. */
export interface Completeness {
  readonly sources: readonly Pick<SourceReport, 'name' | 'reasons'>[];
  readonly inventoryFaults: readonly string[];
  /** Why the run could not continue from an archived report, one sentence each. */
  readonly memoryFaults: readonly string[];
  /** Sum over the sources. */
  readonly controlTotals: ControlTotals;
  readonly tolerateRejected: number;
  /** Whether the cut-off had passed when the events were read. */
  readonly isDayOver: boolean;
}

/** Why the report is INCOMPLETE, one sentence each; empty if it is COMPLETE. */
export function sayIncompleteness(
  { sources, inventoryFaults, memoryFaults, controlTotals, tolerateRejected, isDayOver }: Completeness,
  language: Language,
): readonly string[] {
  const reasons = sources.flatMap(({ name, reasons: own }) => own.map((reason) => `${name}: ${reason}`));
  for (const fault of inventoryFaults) {
    reasons.push(language.text('sentences.status.inventory', { fault }));
  }
  reasons.push(...memoryFaults);
  const { rejected: number, read } = controlTotals;
  if (number > tolerateRejected) {
    reasons.push(
      tolerateRejected === 0
        ? language.text('sentences.status.unread', { number })
        : language.text('sentences.status.unreadTolerated', { number, tolerated: tolerateRejected }),
    );
  }
  if (!isDayOver) reasons.push(language.text('sentences.status.dayNotOver'));
  if (read === 0 && reasons.length === 0) reasons.push(language.text('sentences.status.noRecord'));
  return reasons;
}
