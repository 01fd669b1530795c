import { DateTime } from 'luxon';
import { dayMs } from '../../src/base/time-units.js';
import type { Outcome, Verdict } from '../../src/reports/backup-compliance/model/verdict.js';
import { type ReferenceJudgement, judgeReferenceDay } from './reference-day.js';
import type { Facts, ReferenceResource, ReferenceSpan } from './reference-facts.js';
import type { ReferenceIncident, ReferenceVerdict } from './reference-verdict.js';

const stripDays = 14;

/** A day of the calendar, in order and without a gap. */
export interface ReferenceDate {
  readonly date: string;
  /** Whether the archive has a report of it; else it is judged on the way to the next one. */
  readonly isReported: boolean;
  /** All that was told when it was judged. */
  readonly facts: Facts;
}

export interface ReferenceContext {
  readonly timezone: string;
  readonly lookbackDays: number;
  readonly settleDelayMs: number;
  readonly resources: readonly ReferenceResource[];
}

export type ReferenceRecord = ReferenceVerdict & {
  readonly consecutiveBadDays: number;
  readonly badSince: string | null;
  readonly firstReported: string;
  readonly recentOutcomes: readonly (Outcome | null)[];
};

export interface ReferenceTurn {
  readonly resourceId: string;
  readonly outcome: Outcome | null;
  readonly compliance: Verdict | null;
  readonly badSince: string;
  readonly badDays: number;
}

/** What the report of a day must say. Lists are in order of resource id. */
export interface ReferenceReport {
  readonly date: string;
  readonly resources: Readonly<Record<string, ReferenceRecord>>;
  readonly former: ReferenceJudgement['former'];
  readonly incidents: readonly ReferenceIncident[];
  readonly running: readonly string[];
  readonly newlyBad: readonly ReferenceTurn[];
  readonly resolved: readonly ReferenceTurn[];
}

/** The reports of a chain of days, each judged from all facts at once; the first one is a cold start. */
export function referenceReports(
  dates: readonly ReferenceDate[],
  context: ReferenceContext,
): readonly ReferenceReport[] {
  const { timezone, lookbackDays, resources } = context;
  const [first] = dates;
  if (first === undefined) return [];
  const knownSinceMs = startOf(first.date, timezone).minus({ days: lookbackDays }).toMillis();
  const reports: ReferenceReport[] = [];
  let before: ReadonlyMap<string, ReferenceRecord> = new Map();
  for (const { date, isReported, facts } of dates) {
    const judgement = judgeReferenceDay(
      facts,
      spanOf(date, context, knownSinceMs),
      resources,
      new Set(before.keys()),
    );
    const records = new Map<string, ReferenceRecord>();
    for (const [resourceId, verdict] of judgement.verdicts) {
      records.set(resourceId, recordOf(verdict, before.get(resourceId), date));
    }
    if (isReported) reports.push(reportOf(date, judgement, records, reports.at(-1)));
    before = records;
  }
  return reports;
}

function startOf(date: string, timezone: string): DateTime {
  return DateTime.fromISO(date, { zone: timezone }).startOf('day');
}

function spanOf(
  date: string,
  { timezone, lookbackDays, settleDelayMs }: ReferenceContext,
  knownSinceMs: number,
): ReferenceSpan {
  const start = startOf(date, timezone);
  const startMs = start.toMillis();
  const cutOffMs = start.plus({ days: 1 }).startOf('day').toMillis();
  const followedSinceMs = startMs - Math.max(lookbackDays, 2) * dayMs;
  const settledMs = cutOffMs + settleDelayMs;
  return { date, timezone, startMs, cutOffMs, settledMs, knownSinceMs, followedSinceMs };
}

function isBad({ compliance }: { readonly compliance: Verdict }): boolean {
  return compliance === 'NON_COMPLIANT' || compliance === 'UNKNOWN';
}

/** @param before of the day before; undefined: it was not in the population */
function recordOf(
  verdict: ReferenceVerdict,
  before: ReferenceRecord | undefined,
  date: string,
): ReferenceRecord {
  const empty = Array.from({ length: stripDays }, () => null);
  const strip = [...(before?.recentOutcomes ?? empty), verdict.outcome];
  return {
    ...verdict,
    consecutiveBadDays: isBad(verdict) ? (before?.consecutiveBadDays ?? 0) + 1 : 0,
    badSince: isBad(verdict) ? (before?.badSince ?? date) : null,
    firstReported: before?.firstReported ?? date,
    recentOutcomes: strip.slice(-stripDays),
  };
}

function reportOf(
  date: string,
  { former, incidents, running }: ReferenceJudgement,
  records: ReadonlyMap<string, ReferenceRecord>,
  previous: ReferenceReport | undefined,
): ReferenceReport {
  const resources = Object.fromEntries(records);
  return {
    date,
    resources,
    former: [...former].sort(byResource),
    incidents: [...incidents].sort(byIncident),
    running,
    newlyBad: previous === undefined ? [] : newlyBadOf(records, previous),
    resolved: previous === undefined ? [] : resolvedOf(records, previous),
  };
}

function newlyBadOf(
  records: ReadonlyMap<string, ReferenceRecord>,
  previous: ReferenceReport,
): readonly ReferenceTurn[] {
  const turns: ReferenceTurn[] = [];
  for (const [resourceId, record] of records) {
    const before = previous.resources[resourceId];
    if (!isBad(record) || (before !== undefined && isBad(before))) continue;
    const { outcome, compliance, badSince, consecutiveBadDays: badDays } = record;
    turns.push({ resourceId, outcome, compliance, badSince: badSince ?? '', badDays });
  }
  return turns.sort(byResource);
}

/** Bad in the previous report and not now, or not in the population any more. */
function resolvedOf(
  records: ReadonlyMap<string, ReferenceRecord>,
  previous: ReferenceReport,
): readonly ReferenceTurn[] {
  const turns: ReferenceTurn[] = [];
  for (const [resourceId, before] of Object.entries(previous.resources)) {
    const record = records.get(resourceId);
    if (!isBad(before) || (record !== undefined && isBad(record))) continue;
    turns.push({
      resourceId,
      outcome: record?.outcome ?? null,
      compliance: record?.compliance ?? null,
      badSince: before.badSince ?? '',
      badDays: before.consecutiveBadDays,
    });
  }
  return turns.sort(byResource);
}

/** By resource, condition and time. */
export function byIncident(a: ReferenceIncident, b: ReferenceIncident): number {
  return incidentKey(a) < incidentKey(b) ? -1 : 1;
}

function incidentKey({ resourceId, condition, lastSeenAt }: ReferenceIncident): string {
  return `${resourceId} ${condition} ${lastSeenAt}`;
}

/** Code-unit order. */
export function byResource(a: { readonly resourceId: string }, b: { readonly resourceId: string }): number {
  return a.resourceId < b.resourceId ? -1 : a.resourceId > b.resourceId ? 1 : 0;
}
