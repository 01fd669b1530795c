import { resourceTypeNames, typeNameInWords } from '../../../model/resource-types.js';
import type { Severity } from '../../../model/severity.js';
import type { Label, Tone, Wording } from '../../../renderers/view/wording.js';
import type { BackupChange } from '../model/backup-change.js';
import { type JobStatus, jobStatuses } from '../model/backup-job.js';
import type { BackupType } from '../model/backup-type.js';
import type { ReportFinding, WaiverReport } from '../model/daily-report.js';
import { type ReportVerdict, reportVerdict } from '../model/report-verdict.js';
import type { ControlName, Outcome, Verdict } from '../model/verdict.js';

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

/** Tones of findings that are not amber. */
const findingTones: Readonly<Partial<Record<ReportFinding['kind'], Tone>>> = {
  'waiver-expired': 'bad',
  'left-inventory': 'info',
  'kept-unlisted': 'info',
  'deletion-unmatched': 'unknown',
  evidence: 'info',
  'attempt-given-up': 'unknown',
  'restore-test-failed': 'bad',
  'attestation-refused': 'unknown',
  'name-undecided': 'unknown',
  'name-given-up': 'unknown',
  'notice-unmatched': 'unknown',
  'source-gone': 'unknown',
  'setting-unmatched': 'unknown',
};

const reportVerdictTones: Readonly<Record<ReportVerdict, Tone>> = {
  'NON-COMPLIANT': 'bad',
  UNKNOWN: 'unknown',
  WAIVED: 'warn',
  INCOMPLETE: 'warn',
  COMPLIANT: 'good',
};

/** The words of a compliance report's page, mail and workbook, in one language. */
export type BackupWording = ReturnType<typeof createBackupWording>;

/** Adds the words for outcomes, verdicts and rules to those that every kind of report has. */
export function createBackupWording(wording: Wording) {
  const { language, text } = wording;
  // Said once: there may be half a million jobs.
  const types = new Map(resourceTypeNames.map((type) => [type, typeNameInWords(type, wording)]));
  const label = (key: string, tone: Tone): Label => ({ words: text(key), tone });
  return {
    ...wording,
    outcome: (outcome: Outcome): Label => label(`outcome.${outcome}`, outcomeTones[outcome]),
    /** One letter, where there is no room for words. */
    outcomeMark: (outcome: Outcome): string => text(`outcomeMark.${outcome}`),
    verdict: (verdict: Verdict): Label => label(`verdict.${verdict}`, verdictTones[verdict]),
    resourceType: (type: string): string => types.get(type) ?? type,
    jobStatus: (status: JobStatus): Label => label(`jobStatus.${status}`, jobStatusTones[status]),
    /** One letter, where there is no room for words. */
    jobStatusMark: (status: JobStatus): string => text(`jobStatusMark.${status}`),
    /** `Failed: 1, succeeded: 17`: those that there are, worst first. */
    statusCounts: (byStatus: Readonly<Record<JobStatus, number>>): string =>
      jobStatuses
        .filter((status) => byStatus[status] > 0)
        .map((status) =>
          text('wording.statusCount', { status: text(`jobStatus.${status}`), number: byStatus[status] }),
        )
        .join(', '),
    backupType: (type: BackupType): string => text(`backupType.${type}`),
    severity: (severity: Severity): Label => label(`severity.${severity}`, severityTones[severity]),
    change: (kind: BackupChange['kind']): Label => label(`change.${kind}`, changeTones[kind]),
    waiverState: (state: WaiverReport['state']): Label =>
      label(`waiverState.${state}`, waiverStateTones[state]),
    finding: (kind: ReportFinding['kind']): Label => label(`finding.${kind}`, findingTones[kind] ?? 'warn'),
    control: (control: ControlName): { readonly words: string; readonly asks: string } => ({
      words: text(`control.${control}.words`),
      asks: text(`control.${control}.asks`),
    }),
    /** What is the case where a control is not met, or is not known: `Backup did not succeed`. */
    controlProblem: (control: ControlName, verdict: 'NON_COMPLIANT' | 'UNKNOWN'): string =>
      text(`control.${control}.${verdict === 'UNKNOWN' ? 'unknown' : 'failing'}`),
    /** The verdict on a whole day. */
    reportVerdict: (report: Parameters<typeof reportVerdict>[0]): Label => {
      const verdict = reportVerdict(report);
      return label(`reportVerdict.${verdict}`, reportVerdictTones[verdict]);
    },
    /** `93.75%`; words if nothing was due, which is neither 0% nor 100%. */
    percent: (value: number | null): string =>
      value === null ? text('wording.nothingDue') : language.percent(value),
  };
}
