import type { ControlTotals } from '../../model/control-totals.js';
import type { DailyReport, SourceReport } from '../../model/daily-report.js';
import type { RunningAttempt } from '../../model/running-attempt.js';
import { formatCount, formatInteger, type Label } from '../labels.js';
import {
  capped,
  recordBalance,
  routingBalance,
  shortText,
  timeWords,
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
  readonly running: CappedList<RunningView>;
  /** What the report goes on from, one sentence each. */
  readonly memory: readonly string[];
  /** null where the report is not parted. */
  readonly routing: Balance | null;
}

/** An attempt that ran at the cut-off. */
export interface RunningView {
  readonly name: string;
  readonly kind: string;
  readonly began: string;
  readonly eventType: string;
}

/** Where the report comes from, and everything that was read but not understood or not expected. */
export function provenanceView(report: DailyReport): ProvenanceView {
  const { rejectedRecords, controlTotals, reportDay } = report;
  const { timezone } = reportDay;
  const hidden = controlTotals.rejected - rejectedRecords.length;
  return {
    sources: report.sources.map((source) => sourceView(source, timezone)),
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
    running: capped(report.runningAttempts, listCap, 'attempt', (each) => runningView(each, timezone)),
    memory: memorySentences(report),
    routing: report.routing === null ? null : routingBalance(report.routing, report.totals),
  };
}

function runningView({ resource, time, eventType }: RunningAttempt, timezone: string): RunningView {
  return {
    name: shortText(resource.resourceName),
    kind: shortText(resource.resourceType),
    began: timeWords(time, timezone, ''),
    eventType: shortText(eventType),
  };
}

/** What the report goes on from, and since when it knows everything. */
export function memorySentences({ previousReport, knownSince, reportDay }: DailyReport): readonly string[] {
  const known = `Every event is known since ${timeWords(knownSince, reportDay.timezone, '')}, without a gap.`;
  if (previousReport === null)
    return ['Cold start: there is no earlier report that this one goes on from.', known];
  const { date, revision, status, manifestSha256, bridgedDays } = previousReport;
  const sentences = [
    `It goes on from the report of ${shortText(date)}, revision ${revision}, ${status}, whose manifest has the sha-256 ${shortText(manifestSha256)}.`,
  ];
  if (bridgedDays.length > 0) sentences.push(bridgedWords(bridgedDays));
  return [...sentences, known];
}

/** `No report of 2026-11-17: its events were read with this day's.` */
function bridgedWords(days: readonly string[]): string {
  const whose = days.length === 1 ? 'its events were' : 'their events were';
  return `No report of ${days.map((day) => shortText(day)).join(', ')}: ${whose} read with this day's.`;
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
