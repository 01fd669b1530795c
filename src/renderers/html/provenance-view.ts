import type { ControlTotals } from '../../model/control-totals.js';
import type { DailyReport, SourceReport } from '../../model/daily-report.js';
import { formatCount, formatInteger, type Label } from '../labels.js';
import {
  capped,
  recordBalance,
  shortText,
  windowWords,
  type Balance,
  type CappedList,
} from './view-parts.js';

/** More than this of anything listed here is a fault of the estate that one page cannot show better. */
const listCap = 500;

export interface SourceView {
  readonly name: string;
  readonly request: string;
  readonly window: string;
  readonly completeness: Label;
  readonly reasons: readonly string[];
  readonly counts: readonly string[];
  readonly balance: Balance;
}

export interface ProvenanceView {
  readonly sources: readonly SourceView[];
  /** All sources together. */
  readonly total: { readonly counts: readonly string[]; readonly balance: Balance };
  readonly inventory: string;
  readonly jobs: string;
  readonly rejected: {
    readonly total: string;
    readonly shown: readonly {
      readonly reason: string;
      readonly excerpt: string;
      readonly digest: string;
    }[];
    readonly more: string | null;
  };
  readonly unrecognised: CappedList<{ readonly eventType: string; readonly events: string }>;
  readonly notInInventory: CappedList<string>;
}

/** Where the report comes from, and everything that was read but not understood or not expected. */
export function provenanceView(report: DailyReport): ProvenanceView {
  const { rejectedRecords, controlTotals } = report;
  const hidden = controlTotals.rejected - rejectedRecords.length;
  return {
    sources: report.sources.map((source) => sourceView(source, report.reportDay.timezone)),
    total: { counts: counts(controlTotals), balance: recordBalance(controlTotals) },
    inventory: `${shortText(report.inventory.type)}: ${shortText(report.inventory.description)}`,
    jobs: formatCount(report.jobTotals.total, 'backup job'),
    rejected: {
      total: formatCount(controlTotals.rejected, 'record'),
      shown: rejectedRecords.map((record) => ({
        reason: shortText(record.reason),
        excerpt: shortText(record.excerpt),
        digest: shortText(record.sha256.slice(0, 12)),
      })),
      more: hidden > 0 ? `${formatCount(hidden, 'more record')} in events.ndjson.gz.` : null,
    },
    unrecognised: capped(report.unrecognisedTypes, listCap, 'event type', (type) => ({
      eventType: shortText(type.eventType),
      events: formatInteger(type.events),
    })),
    notInInventory: capped(report.notInInventory, listCap, 'resource', (id) => shortText(id)),
  };
}

function sourceView(source: SourceReport, timezone: string): SourceView {
  return {
    name: shortText(source.name),
    request: shortText(source.request),
    window: windowWords(source.windowStart, source.windowEnd, timezone),
    completeness: source.complete
      ? { words: 'Complete', tone: 'good' }
      : { words: 'Not complete', tone: 'warn' },
    reasons: source.reasons.map((reason) => shortText(reason)),
    counts: counts(source.controlTotals),
    balance: recordBalance(source.controlTotals),
  };
}

function counts(totals: ControlTotals): readonly string[] {
  const { read, used, duplicate, outside, ignored, rejected } = totals;
  return [read, used, duplicate, outside, ignored, rejected].map((value) => formatInteger(value));
}
