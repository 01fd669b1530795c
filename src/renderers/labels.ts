import { DateTime } from 'luxon';

import type { JobStatus } from '../model/backup-job.js';
import type { DailyReport } from '../model/daily-report.js';
import type { ControlName, Outcome, Verdict } from '../model/resource-compliance.js';

/** A colour class. Never shown without the words beside it. */
export type Tone = 'good' | 'warn' | 'bad' | 'unknown' | 'info' | 'quiet';

export interface Label {
  readonly words: string;
  readonly tone: Tone;
}

export const outcomeLabels: Readonly<Record<Outcome, Label>> = {
  FAILED: { words: 'Failed', tone: 'bad' },
  MISSED: { words: 'Missed', tone: 'bad' },
  UNKNOWN: { words: 'Unknown', tone: 'unknown' },
  LATE: { words: 'Late', tone: 'warn' },
  IN_PROGRESS: { words: 'In progress', tone: 'info' },
  RECOVERED: { words: 'Recovered', tone: 'warn' },
  SUCCEEDED_WITH_WARNINGS: { words: 'Succeeded with warnings', tone: 'warn' },
  SUCCEEDED: { words: 'Succeeded', tone: 'good' },
  NOT_DUE: { words: 'Not due', tone: 'quiet' },
};

export const verdictLabels: Readonly<Record<Verdict, Label>> = {
  COMPLIANT: { words: 'Compliant', tone: 'good' },
  NON_COMPLIANT: { words: 'Non-compliant', tone: 'bad' },
  UNKNOWN: { words: 'Unknown', tone: 'unknown' },
  NOT_APPLICABLE: { words: 'Not applicable', tone: 'quiet' },
};

export const jobStatusLabels: Readonly<Record<JobStatus, Label>> = {
  FAILED: { words: 'Failed', tone: 'bad' },
  UNKNOWN: { words: 'Unknown', tone: 'unknown' },
  CANCELED: { words: 'Canceled', tone: 'warn' },
  IN_PROGRESS: { words: 'In progress', tone: 'info' },
  SUCCEEDED_WITH_WARNINGS: { words: 'Succeeded with warnings', tone: 'warn' },
  SUCCEEDED: { words: 'Succeeded', tone: 'good' },
};

export const controlLabels: Readonly<Record<ControlName, { readonly words: string; readonly asks: string }>> =
  {
    'recovery-point-age': {
      words: 'Recovery point age',
      asks: 'At the cut-off, is the last successful backup young enough?',
    },
    'backup-succeeded': { words: 'Backup succeeded', asks: 'Did every backup that was due succeed?' },
    'no-open-incident': {
      words: 'No open incident',
      asks: 'Is no backup failure incident open at the cut-off?',
    },
    retention: { words: 'Retention', asks: 'Are backups kept at least as long as the policy demands?' },
    'protection-enabled': {
      words: 'Protection enabled',
      asks: 'Is automatic backup on, or a policy assigned?',
    },
    duration: { words: 'Duration', asks: 'Did the jobs end within the maximum duration?' },
    'no-early-deletion': {
      words: 'No early deletion',
      asks: 'Was no backup deleted before its retention ended?',
    },
  };

/**
 * The verdict on the whole day, as one label. Green only when everything was seen, something was judged and
 * nothing is wrong or unknown.
 */
export function reportVerdict(report: Pick<DailyReport, 'status' | 'totals'>): Label {
  const { totals } = report;
  if (totals.nonCompliant > 0) return { words: 'NON-COMPLIANT', tone: 'bad' };
  if (totals.unknown > 0 || totals.compliant === 0) return { words: 'UNKNOWN', tone: 'unknown' };
  if (report.status === 'INCOMPLETE') return { words: 'INCOMPLETE', tone: 'warn' };
  return { words: 'COMPLIANT', tone: 'good' };
}

/** `2026-11-19 02:10 EST`, in the report's zone; what is no instant stays as it was written. */
export function formatTime(iso: string, timezone: string): string {
  const time = DateTime.fromISO(iso, { zone: timezone, locale: 'en-US' });
  return time.isValid ? time.toFormat('yyyy-MM-dd HH:mm ZZZZ') : iso;
}

/** `7 h 05 min`, `25 min`, `40 s`: rounded down. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min`;
  return `${formatInteger(Math.floor(whole / 3600))} h ${twoDigits(Math.floor((whole % 3600) / 60))} min`;
}

/** As a duration, but `3 d 02 h` from two days on: rounded down. */
export function formatAge(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  if (hours < 48) return formatDuration(seconds);
  return `${formatInteger(Math.floor(hours / 24))} d ${twoDigits(hours % 24)} h`;
}

/** `99.9%`; words where nothing was judged, which is not 0% and not 100%. */
export function formatPercent(percent: number | null): string {
  return percent === null ? 'nothing judged' : `${percent.toFixed(1)}%`;
}

/** `12,345` */
export function formatInteger(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `1 record`, `2,000 records` */
export function formatCount(value: number, one: string, many = `${one}s`): string {
  return `${formatInteger(value)} ${value === 1 ? one : many}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
