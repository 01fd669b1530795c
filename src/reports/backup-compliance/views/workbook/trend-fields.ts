import {
  type Field,
  type Fields,
  dateField,
  numberField,
  percentField,
  textField,
} from '../../../../renderers/xlsx/binding/field.js';
import type { ReportTotals, TrendDay } from '../../model/daily-report.js';
import { type JobStatus, jobStatuses } from '../../model/backup-job.js';
import { type BackupType, backupTypes } from '../../model/backup-type.js';
import { outcomes } from '../../model/verdict.js';
import type { BackupWording } from '../backup-wording.js';
import { compliantShare } from '../compliant-share.js';
import { statusWords } from './report-fields.js';

/** A day without report has only its date and a note that says so. */
export function trendFields(wording: BackupWording): Fields<TrendDay> {
  return {
    date: dateField((row) => row.date),
    verdict: textField((row) => verdictOf(row, wording)),
    completeness: textField(({ status }) => (status === null ? null : statusWords(status, wording))),
    expected: totalsField((totals) => totals.expected),
    percent: percentField(({ totals }) => (totals === null ? null : compliantShare(totals))),
    compliant: totalsField((totals) => totals.compliant),
    nonCompliant: totalsField((totals) => totals.nonCompliant),
    unknown: totalsField((totals) => totals.unknown),
    notApplicable: totalsField((totals) => totals.notApplicable),
    ...Object.fromEntries(
      outcomes.map((outcome) => [
        `outcome.${outcome}`,
        totalsField((totals) => totals.byOutcome[outcome], 'workbook.means.trend.outcome'),
      ]),
    ),
    ...jobFieldsByType(),
    waived: totalsField((totals) => totals.waived),
    waivedBad: totalsField((totals) => totals.waivedBad),
    excluded: totalsField((totals) => totals.excluded),
  };
}

/**
 * `jobs.total`, `jobs.FAILED`, `jobs.incremental` and `jobs.incremental.FAILED`. Empty, and not zero, where they were not
 * counted: a chart then has a gap.
 */
function jobFieldsByType(): Fields<TrendDay> {
  return Object.fromEntries([
    jobsField('jobs.total', 'jobs', {}),
    ...jobStatuses.map((status) => jobsField(`jobs.${status}`, 'jobsOfStatus', { status })),
    ...backupTypes.flatMap((type) => [
      jobsField(`jobs.${type}`, 'jobsOfType', { type }),
      ...jobStatuses.map((status) =>
        jobsField(`jobs.${type}.${status}`, 'jobsOfTypeAndStatus', { type, status }),
      ),
    ]),
  ]);
}

function jobsField(key: string, meaning: string, counted: Counted): readonly [string, Field<TrendDay>] {
  return [key, numberField((day) => jobsOf(day, counted), `workbook.means.trend.${meaning}`)];
}

/** Which jobs; without type or status those of any. */
interface Counted {
  readonly type?: BackupType;
  readonly status?: JobStatus;
}

function jobsOf({ jobs }: TrendDay, { type, status }: Counted): number | null {
  if (jobs === undefined) return null;
  let sum = 0;
  for (const { backupType, byStatus } of jobs) {
    if (type !== undefined && backupType !== type) continue;
    for (const each of jobStatuses) if (status === undefined || each === status) sum += byStatus[each];
  }
  return sum;
}

function verdictOf({ status, totals }: TrendDay, wording: BackupWording): string {
  return status === null || totals === null
    ? wording.text('workbook.noReport')
    : wording.reportVerdict({ status, totals }).words;
}

function totalsField(value: (totals: ReportTotals) => number, meaning?: string): Field<TrendDay> {
  return numberField(({ totals }) => (totals === null ? null : value(totals)), meaning);
}
