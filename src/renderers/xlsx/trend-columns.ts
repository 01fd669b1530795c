import type { ReportTotals, TrendDay } from '../../model/daily-report.js';
import { outcomes } from '../../model/resource-compliance.js';
import { outcomeLabels, reportVerdictLabel, type Label } from '../labels.js';
import type { CellTimes } from './cell-times.js';
import { column, type Column } from './column.js';

const noReport: Label = { words: 'no report', tone: 'quiet' };

/** A day without report has its date, says so, and has no figures. */
export function trendColumns({ date }: CellTimes): readonly Column<TrendDay>[] {
  return [
    column('Date', 'Report day', 'date', 12, (row) => date(row.date)),
    column('Verdict', 'On the whole day', 'label', 18, (row) => verdictOf(row)),
    column('Completeness', 'Whether its report saw everything', 'text', 14, (row) => row.status),
    count('Expected', 'Resources that were judged', (totals) => totals.expected),
    column(
      'Compliance',
      'Compliant ones of those that are compliant, non-compliant or unknown',
      'percent',
      12,
      ({ totals }) => fractionOf(totals),
    ),
    count('Compliant', 'Resources that were compliant', (totals) => totals.compliant),
    count('Non-compliant', 'Resources that were not', (totals) => totals.nonCompliant),
    count('Verdict unknown', 'Resources of which it was not known', (totals) => totals.unknown),
    count('Not applicable', 'Resources of which nothing was demanded', (totals) => totals.notApplicable),
    ...outcomes.map((outcome) =>
      count(
        `Outcome ${outcomeLabels[outcome].words.toLowerCase()}`,
        'Resources with that outcome',
        (totals) => totals.byOutcome[outcome],
      ),
    ),
    count(
      'Waived',
      'Resources that a waiver held for; they are in the other counts too',
      (totals) => totals.waived,
    ),
    count('Waived and bad', 'Of them, the non-compliant and unknown ones', (totals) => totals.waivedBad),
    count('Excluded', 'Resources that a rule left out', (totals) => totals.excluded),
  ];
}

function verdictOf({ status, totals }: TrendDay): Label {
  return status === null || totals === null ? noReport : reportVerdictLabel({ status, totals });
}

function fractionOf(totals: ReportTotals | null): number | null {
  const percent = totals?.compliancePercent ?? null;
  return percent === null ? null : percent / 100;
}

function count(header: string, meaning: string, value: (totals: ReportTotals) => number): Column<TrendDay> {
  return column(header, meaning, 'count', 14, ({ totals }) => (totals === null ? null : value(totals)));
}
