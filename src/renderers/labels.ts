import { DateTime } from 'luxon';

import type { BackupChange } from '../model/backup-change.js';
import type { JobStatus } from '../model/backup-job.js';
import type { ReportFinding, WaiverReport } from '../model/daily-report.js';
import type { Severity } from '../model/policy.js';
import { reportVerdict, type ReportVerdict } from '../model/report-verdict.js';
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

/** One letter for each outcome, where there is no room for words; none for a day without one. */
export const outcomeMarks: Readonly<Record<Outcome, string>> = {
  FAILED: 'F',
  MISSED: 'M',
  UNKNOWN: 'U',
  LATE: 'L',
  IN_PROGRESS: 'P',
  RECOVERED: 'R',
  SUCCEEDED_WITH_WARNINGS: 'W',
  SUCCEEDED: 'S',
  NOT_DUE: 'N',
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
    'restore-tested': {
      words: 'Restore tested',
      asks: 'Is the last successful restore young enough?',
    },
  };

export const severityLabels: Readonly<Record<Severity, Label>> = {
  critical: { words: 'Critical', tone: 'bad' },
  high: { words: 'High', tone: 'warn' },
  medium: { words: 'Medium', tone: 'info' },
  low: { words: 'Low', tone: 'quiet' },
};

export const changeLabels: Readonly<Record<BackupChange['kind'], Label>> = {
  deletion: { words: 'Deletion', tone: 'warn' },
  settings: { words: 'Settings', tone: 'info' },
  restore: { words: 'Restore', tone: 'info' },
  termination: { words: 'Termination', tone: 'quiet' },
};

export const waiverStateLabels: Readonly<Record<WaiverReport['state'], Label>> = {
  active: { words: 'Active', tone: 'info' },
  expired: { words: 'Expired', tone: 'bad' },
  unmatched: { words: 'Matches nothing', tone: 'warn' },
};

export const findingLabels: Readonly<Record<ReportFinding['kind'], Label>> = {
  'waiver-expired': { words: 'Waiver expired', tone: 'bad' },
  'waiver-expiring': { words: 'Waiver expires soon', tone: 'warn' },
  'waiver-matches-nothing': { words: 'Waiver matches nothing', tone: 'warn' },
  'waiver-over-broad': { words: 'Waiver too broad', tone: 'warn' },
  'policy-matches-nothing': { words: 'Policy matches nothing', tone: 'warn' },
  'policy-shadowed': { words: 'Policy never reached', tone: 'warn' },
  'exclude-matches-nothing': { words: 'Exclusion matches nothing', tone: 'warn' },
  'recipients-match-nothing': { words: 'Recipients match nothing', tone: 'warn' },
  'not-in-inventory': { words: 'Not in the inventory', tone: 'warn' },
  'left-inventory': { words: 'Left the inventory', tone: 'info' },
  'attempt-given-up': { words: 'Attempt without end', tone: 'unknown' },
  memory: { words: 'Memory of earlier days', tone: 'warn' },
};

const verdictTones: Readonly<Record<ReportVerdict, Tone>> = {
  'NON-COMPLIANT': 'bad',
  UNKNOWN: 'unknown',
  WAIVED: 'warn',
  INCOMPLETE: 'warn',
  COMPLIANT: 'good',
};

/** The verdict on a whole day, as one label. */
export function reportVerdictLabel(report: Parameters<typeof reportVerdict>[0]): Label {
  const words = reportVerdict(report);
  return { words, tone: verdictTones[words] };
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

/** `42 days left`, `its last day`, `expired 3 days ago`: seen from the report day. */
export function formatDaysLeft(daysLeft: number): string {
  if (daysLeft < 0) return `expired ${formatCount(-daysLeft, 'day')} ago`;
  return daysLeft === 0 ? 'its last day' : `${formatCount(daysLeft, 'day')} left`;
}

/** The date so many days before, as `2026-11-06`; of what is no date, how many days before it. */
export function dateBefore(date: string, days: number): string {
  const day = DateTime.fromISO(date, { zone: 'utc', locale: 'en-US' }).minus({ days });
  return day.isValid ? day.toFormat('yyyy-MM-dd') : `${formatCount(days, 'day')} before`;
}

/** `1 record`, `2,000 records` */
export function formatCount(value: number, one: string, many = `${one}s`): string {
  return `${formatInteger(value)} ${value === 1 ? one : many}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
