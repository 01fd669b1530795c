import type { Severity } from '../../model/severity.js';
import { DateTime } from 'luxon';
import type { BackupChange } from '../../reports/backup-compliance/model/backup-change.js';
import type { JobStatus } from '../../reports/backup-compliance/model/backup-job.js';
import type { ReportFinding, WaiverReport } from '../../reports/backup-compliance/model/daily-report.js';
import type { Language } from '../../model/language.js';
import { type ReportVerdict, reportVerdict } from '../../reports/backup-compliance/model/report-verdict.js';
import type {
  ControlName,
  Outcome,
  Verdict,
} from '../../reports/backup-compliance/model/resource-compliance.js';

/** A colour class. Never shown without the words beside it. */
export type Tone = 'good' | 'warn' | 'bad' | 'unknown' | 'info' | 'quiet';

export interface Label {
  readonly words: string;
  readonly tone: Tone;
}

const outcomeTones: Readonly<Record<Outcome, Tone>> = {
  FAILED: 'bad',
  MISSED: 'bad',
  UNKNOWN: 'unknown',
  LATE: 'warn',
  IN_PROGRESS: 'info',
  RECOVERED: 'warn',
  SUCCEEDED_WITH_WARNINGS: 'warn',
  SUCCEEDED: 'good',
  NOT_DUE: 'quiet',
};

const verdictTones: Readonly<Record<Verdict, Tone>> = {
  COMPLIANT: 'good',
  NON_COMPLIANT: 'bad',
  UNKNOWN: 'unknown',
  NOT_APPLICABLE: 'quiet',
};

const jobStatusTones: Readonly<Record<JobStatus, Tone>> = {
  FAILED: 'bad',
  UNKNOWN: 'unknown',
  CANCELED: 'warn',
  IN_PROGRESS: 'info',
  SUCCEEDED_WITH_WARNINGS: 'warn',
  SUCCEEDED: 'good',
};

const severityTones: Readonly<Record<Severity, Tone>> = {
  critical: 'bad',
  high: 'warn',
  medium: 'info',
  low: 'quiet',
};

const changeTones: Readonly<Record<BackupChange['kind'], Tone>> = {
  deletion: 'warn',
  settings: 'info',
  restore: 'info',
  termination: 'quiet',
};

const waiverStateTones: Readonly<Record<WaiverReport['state'], Tone>> = {
  active: 'info',
  expired: 'bad',
  unmatched: 'warn',
};

/** Findings that are not amber. */
const findingTones: Readonly<Partial<Record<ReportFinding['kind'], Tone>>> = {
  'waiver-expired': 'bad',
  'left-inventory': 'info',
  'attempt-given-up': 'unknown',
};

const reportVerdictTones: Readonly<Record<ReportVerdict, Tone>> = {
  'NON-COMPLIANT': 'bad',
  UNKNOWN: 'unknown',
  WAIVED: 'warn',
  INCOMPLETE: 'warn',
  COMPLIANT: 'good',
};

/** The words of page, mail and workbook, in one language. */
export type Wording = ReturnType<typeof createWording>;

export function createWording(language: Language) {
  const { text } = language;
  const label = (key: string, tone: Tone): Label => ({ words: text(key), tone });
  const duration = (seconds: number): string => language.duration(Math.max(0, Math.floor(seconds)) * 1000);
  return {
    language,
    text,
    outcome: (outcome: Outcome): Label => label(`outcome.${outcome}`, outcomeTones[outcome]),
    /** One letter, where there is no room for words. */
    outcomeMark: (outcome: Outcome): string => text(`outcomeMark.${outcome}`),
    verdict: (verdict: Verdict): Label => label(`verdict.${verdict}`, verdictTones[verdict]),
    jobStatus: (status: JobStatus): Label => label(`jobStatus.${status}`, jobStatusTones[status]),
    severity: (severity: Severity): Label => label(`severity.${severity}`, severityTones[severity]),
    change: (kind: BackupChange['kind']): Label => label(`change.${kind}`, changeTones[kind]),
    waiverState: (state: WaiverReport['state']): Label =>
      label(`waiverState.${state}`, waiverStateTones[state]),
    finding: (kind: ReportFinding['kind']): Label => label(`finding.${kind}`, findingTones[kind] ?? 'warn'),
    control: (control: ControlName): { readonly words: string; readonly asks: string } => ({
      words: text(`control.${control}.words`),
      asks: text(`control.${control}.asks`),
    }),
    /** The verdict on a whole day. */
    reportVerdict: (report: Parameters<typeof reportVerdict>[0]): Label => {
      const verdict = reportVerdict(report);
      return label(`reportVerdict.${verdict}`, reportVerdictTones[verdict]);
    },
    /** `2026-11-19 02:10 EST`, in the report's zone; what is no instant stays as it was written. */
    time: (iso: string, timezone: string): string => {
      const instant = DateTime.fromISO(iso);
      return instant.isValid ? language.instant(instant.toMillis(), timezone) : iso;
    },
    /** `7 h 5 min`, `25 min`, `40 s`: rounded down. */
    duration,
    /** `99.9%`; words where nothing was judged, which is not 0% and not 100%. */
    percent: (value: number | null): string =>
      value === null ? text('wording.nothingJudged') : language.percent(value),
    /** `42 days left`, `its last day`, `expired 3 days ago`: seen from the report day. */
    daysLeft: (days: number): string => {
      if (days < 0) return text('wording.expiredAgo', { days: -days });
      return days === 0 ? text('wording.lastDay') : text('wording.daysLeft', { days });
    },
    /** The date so many days before; of what is no date, how many days before it. */
    dateBefore: (date: string, days: number): string => {
      const day = DateTime.fromISO(date, { zone: 'utc' }).minus({ days });
      return day.isValid ? language.date(day.toFormat('yyyy-MM-dd')) : text('wording.daysBefore', { days });
    },
  };
}
