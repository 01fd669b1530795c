import { shownPercent } from '../../../../base/shown-percent.js';
import {
  type Field,
  type Fields,
  dateField,
  numberField,
  percentField,
  textField,
} from '../../../../renderers/xlsx/binding/field.js';
import type { ReportTotals, TrendDay } from '../../model/daily-report.js';
import { outcomes } from '../../model/verdict.js';
import type { BackupWording } from '../backup-wording.js';
import { statusWords } from './report-fields.js';

/** A day without report has only its date and a note that says so. */
export function trendFields(wording: BackupWording): Fields<TrendDay> {
  return {
    date: dateField((row) => row.date),
    verdict: textField((row) => verdictOf(row, wording)),
    completeness: textField(({ status }) => (status === null ? null : statusWords(status, wording))),
    expected: totalsField((totals) => totals.expected),
    percent: percentField(({ totals }) => {
      const value = totals?.compliancePercent ?? null;
      return value === null ? null : shownPercent(value).value / 100;
    }),
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
    waived: totalsField((totals) => totals.waived),
    waivedBad: totalsField((totals) => totals.waivedBad),
    excluded: totalsField((totals) => totals.excluded),
  };
}

function verdictOf({ status, totals }: TrendDay, wording: BackupWording): string {
  return status === null || totals === null
    ? wording.text('workbook.noReport')
    : wording.reportVerdict({ status, totals }).words;
}

function totalsField(value: (totals: ReportTotals) => number, meaning?: string): Field<TrendDay> {
  return numberField(({ totals }) => (totals === null ? null : value(totals)), meaning);
}
