import type { ControlTotals } from '../../../../model/control-totals.js';
import type { SourceReport } from '../../../../model/report-head.js';
import {
  capped,
  dateWords,
  recordBalance,
  shortText,
  timeWords,
  windowWords,
  type Balance,
  type CappedList,
} from '../../../../renderers/view/view-parts.js';
import type { Label } from '../../../../renderers/view/wording.js';
import type { DailyReport } from '../../model/daily-report.js';
import type { RunningAttempt } from '../../model/running-attempt.js';
import type { BackupWording } from '../backup-wording.js';
import { routingBalance } from '../balances.js';
import { cloudNotes } from '../cloud-notes.js';
import { type InputsView, inputsView } from './inputs-view.js';
import { pageListCap } from './page-words.js';
import { pulseLines } from './pulse-lines.js';
import { sayReason } from '../../../../model/reasons/say-reason.js';

/** The report has more of them. */
const shownKeys = 10;

/** A large tenancy has thousands; those with the most events are at the top. */
const ignoredListCap = 100;

export interface SourceView {
  readonly name: string;
  readonly request: string;
  readonly window: string;
  readonly completeness: Label;
  readonly reasons: readonly string[];
  readonly counts: readonly string[];
  readonly balance: Balance;
  /** Keys beside events that were passed over, with their counts; null where there were none. */
  readonly passedOver: string | null;
  /** Records of the day and of the days before; empty where they are not known. */
  readonly pulse: readonly string[];
}

export interface ProvenanceView {
  readonly sources: readonly SourceView[];
  /** All sources together. */
  readonly total: { readonly counts: readonly string[]; readonly balance: Balance };
  readonly inputs: InputsView;
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
  readonly ignored: CappedList<IgnoredView>;
  readonly running: CappedList<RunningView>;
  /** What the report continues from, and what it does not tell of a cloud: one sentence each. */
  readonly memory: readonly string[];
  /** null if the report is not split among recipients. */
  readonly routing: Balance | null;
}

/** A type of events that are not about backups. */
export interface IgnoredView {
  readonly eventType: string;
  readonly events: string;
  /** `names com.oraclecloud…`; null where their text names no backup event. */
  readonly names: string | null;
}

/** An attempt that was running at the cut-off. */
export interface RunningView {
  readonly name: string;
  readonly kind: string;
  readonly began: string;
  readonly eventType: string;
}

/** Where the report's data comes from, and everything that was read but not understood or not expected. */
export function provenanceView(report: DailyReport, wording: BackupWording): ProvenanceView {
  const { controlTotals, reportDay, inventory, routing } = report;
  const { timezone } = reportDay;
  const running = report.runningAttempts.filter(({ endedTime }) => endedTime === null);
  return {
    sources: report.sources.map((source) => ({
      ...sourceView(source, timezone, wording),
      completeness: completenessOf(source, report, wording),
      pulse: pulseLines(source, reportDay.date, wording),
    })),
    total: { counts: counts(controlTotals, wording), balance: recordBalance(controlTotals, wording) },
    inputs: inputsView(report.sources, wording),
    inventory: `${shortText(inventory.type)}: ${shortText(inventory.description)}`,
    jobs: wording.language.count('job', report.jobTotals.total),
    rejected: rejectedView(report, wording),
    unrecognised: capped(
      report.unrecognisedTypes,
      { cap: pageListCap, noun: 'eventType', wording },
      ({ eventType, events }) => ({
        eventType: shortText(eventType),
        events: wording.language.integer(events),
      }),
    ),
    ignored: ignoredView(report, wording),
    running: capped(running, { cap: pageListCap, noun: 'attempt', wording }, (each) =>
      runningView(each, timezone, wording),
    ),
    memory: [
      ...memorySentences(report, wording),
      ...cloudNotes(report, wording).map((note) => shortText(note)),
    ],
    routing: routing === null ? null : routingBalance(routing, report.totals, wording),
  };
}

function rejectedView(
  { rejectedRecords, controlTotals }: DailyReport,
  { language, text }: BackupWording,
): ProvenanceView['rejected'] {
  const hidden = controlTotals.rejected - rejectedRecords.length;
  return {
    total: language.count('record', controlTotals.rejected),
    shown: rejectedRecords.map((record) => ({
      reason: shortText(sayReason(record.reason, language)),
      excerpt: shortText(record.excerpt),
      digest: shortText(record.sha256.slice(0, 12)),
    })),
    more: hidden > 0 ? text('page.more.rejected', { number: hidden }) : null,
  };
}

/** The rest is what the page does not show and what the report does not list. */
function ignoredView({ ignoredTypes = [], furtherIgnored = 0 }: DailyReport, wording: BackupWording) {
  const { language, text } = wording;
  const hidden = ignoredTypes.slice(ignoredListCap).reduce((sum, { events }) => sum + events, furtherIgnored);
  return {
    items: ignoredTypes.slice(0, ignoredListCap).map(({ eventType, events, names }) => ({
      eventType: shortText(eventType),
      events: language.integer(events),
      names: names === null ? null : text('page.ignored.names', { type: shortText(names) }),
    })),
    more: hidden === 0 ? null : text('page.more.ignoredType', { number: hidden }),
  };
}

function runningView(
  { resource, time, eventType }: RunningAttempt,
  timezone: string,
  wording: BackupWording,
): RunningView {
  return {
    name: shortText(resource.resourceName),
    kind: shortText(wording.resourceType(resource.resourceType)),
    began: timeWords(time, timezone, '', wording),
    eventType: shortText(eventType),
  };
}

/** What the report continues from, and since when it knows everything. */
function memorySentences(report: DailyReport, wording: BackupWording): readonly string[] {
  const { previousReport, knownSince, reportDay } = report;
  const { text } = wording;
  const since = timeWords(knownSince, reportDay.timezone, '', wording);
  const known = text('page.provenance.knownSince', { since });
  if (previousReport === null) return [text('page.provenance.coldStart'), known];
  const { date, status, contentDigest, bridgedDays } = previousReport;
  const continued = text('page.provenance.goesOn', {
    date: dateWords(date, wording),
    status: text(`page.status.${status}`),
    digest: shortText(contentDigest),
  });
  if (bridgedDays.length === 0) return [continued, known];
  const days = bridgedDays.map((day) => dateWords(day, wording)).join(', ');
  return [continued, text('page.provenance.bridged', { number: bridgedDays.length, days }), known];
}

/** A source that was read to its end and told nothing where something was due is not complete to a reader. */
function completenessOf(
  { name, complete }: SourceReport,
  { silence = [] }: DailyReport,
  { text }: BackupWording,
): Label {
  if (!complete) return { words: text('page.provenance.notComplete'), tone: 'warn' };
  const isSilent = silence.some(({ source }) => source === null || source === name);
  return isSilent
    ? { words: text('page.provenance.silent'), tone: 'warn' }
    : { words: text('page.provenance.complete'), tone: 'good' };
}

function sourceView(
  source: SourceReport,
  timezone: string,
  wording: BackupWording,
): Omit<SourceView, 'pulse' | 'completeness'> {
  return {
    name: shortText(source.name),
    request: shortText(source.request),
    window: windowWords(source.windowStart, source.windowEnd, timezone, wording),
    reasons: source.reasons.map((reason) => shortText(reason)),
    counts: counts(source.controlTotals, wording),
    balance: recordBalance(source.controlTotals, wording),
    passedOver: passedOverWords(source.passedOver, wording),
  };
}

/** `@timestamp (12), host (12) and 3 more` */
function passedOverWords(
  passedOver: SourceReport['passedOver'],
  { language, text }: BackupWording,
): string | null {
  if (passedOver === undefined) return null;
  const shown = passedOver.keys.slice(0, shownKeys);
  const total = passedOver.keys.reduce((sum, { count }) => sum + count, passedOver.others);
  const hidden = total - shown.reduce((sum, { count }) => sum + count, 0);
  const keys = shown.map(({ key, count }) => `${shortText(key)} (${language.integer(count)})`).join(', ');
  return text('page.provenance.passedOver', { keys, hidden });
}

function counts(totals: ControlTotals, { language }: BackupWording): readonly string[] {
  const { read, used, duplicate, outside, ignored, rejected } = totals;
  return [read, used, duplicate, outside, ignored, rejected].map((value) => language.integer(value));
}
