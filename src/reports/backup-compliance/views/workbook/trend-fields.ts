import type { ReportTotals, TrendDay } from '../../model/daily-report.js';
import { outcomes } from '../../model/resource-compliance.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import {
  type Field,
  type Fields,
  dateField,
  numberField,
  percentField,
  textField,
} from '../../../../renderers/xlsx/binding/field.js';
import { statusWords } from './report-fields.js';

/** A day without report has its date, says so, and has no figures. */
export function trendFields(wording: Wording): Fields<TrendDay> {
  return {
    date: dateField((row) => row.date),
    verdict: textField((row) => verdictOf(row, wording)),
    completeness: textField(({ status }) => (status === null ? null : statusWords(status, wording))),
    expected: count((totals) => totals.expected),
    percent: percentField(({ totals }) => {
      const value = totals?.compliancePercent ?? null;
      return value === null ? null : value / 100;
    }),
    compliant: count((totals) => totals.compliant),
    nonCompliant: count((totals) => totals.nonCompliant),
    unknown: count((totals) => totals.unknown),
    notApplicable: count((totals) => totals.notApplicable),
    ...Object.fromEntries(
      outcomes.map((outcome) => [
        `outcome.${outcome}`,
        count((totals) => totals.byOutcome[outcome], 'workbook.means.trend.outcome'),
      ]),
    ),
    waived: count((totals) => totals.waived),
    waivedBad: count((totals) => totals.waivedBad),
    excluded: count((totals) => totals.excluded),
  };
}

function verdictOf({ status, totals }: TrendDay, wording: Wording): string {
  return status === null || totals === null
    ? wording.text('workbook.noReport')
    : wording.reportVerdict({ status, totals }).words;
}

function count(value: (totals: ReportTotals) => number, meaning?: string): Field<TrendDay> {
  return numberField(({ totals }) => (totals === null ? null : value(totals)), meaning);
}
