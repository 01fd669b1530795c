import type { ControlTotals } from '../../../../model/control-totals.js';
import type { Language } from '../../../../model/language.js';
import type { SourceReport } from '../../../../model/report-head.js';
import type { Silence } from '../../model/silence.js';
import { sayReason } from '../../../../model/reasons/say-reason.js';

/** What decides whether a report is COMPLETE. */
export interface Completeness {
  readonly sources: readonly Pick<SourceReport, 'name' | 'reasons'>[];
  readonly inventoryFaults: readonly string[];
  readonly silence: readonly Silence[];
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
  { sources, silence, inventoryFaults, memoryFaults, controlTotals, ...settings }: Completeness,
  language: Language,
): readonly string[] {
  const { tolerateRejected, isDayOver } = settings;
  // First, so that they stand above everything that follows from them.
  const reasons = silence.flatMap((each) => (each.cause === 'silent' ? [saySilent(each, language)] : []));
  reasons.push(...sources.flatMap(({ name, reasons: own }) => own.map((reason) => `${name}: ${reason}`)));
  for (const fault of inventoryFaults) {
    reasons.push(language.text('sentences.status.inventory', { fault: sayReason(fault, language) }));
  }
  reasons.push(...memoryFaults);
  const { rejected: number } = controlTotals;
  if (number > tolerateRejected) {
    reasons.push(
      tolerateRejected === 0
        ? language.text('sentences.status.unread', { number })
        : language.text('sentences.status.unreadTolerated', { number, tolerated: tolerateRejected }),
    );
  }
  if (!isDayOver) reasons.push(language.text('sentences.status.dayNotOver'));
  if (reasons.length > 0) return reasons;
  return silence.flatMap(({ cause }) => {
    if (cause === 'silent') return [];
    const isAgain = cause === 'nothing-read-again';
    return [language.text(isAgain ? 'sentences.status.noRecordAgain' : 'sentences.status.noRecord')];
  });
}

/** `connector, region iad: no record of this day, after those of 18 November 2026: …` */
function saySilent({ source, region, lastRecords, resources }: Silence, language: Language): string {
  const since = lastRecords === null ? '' : language.date(lastRecords);
  const named = { source: source ?? '', since, resources };
  if (region === undefined) return language.text('sentences.status.silent', named);
  const words = region ?? language.text('sentences.status.regionNotKnown');
  return language.text('sentences.status.silentRegion', { ...named, region: words });
}
