import type { TrendDay } from '../../model/daily-report.js';
import { formatInteger, formatPercent, reportVerdictLabel, type Label } from '../labels.js';
import { outcomeBar, type BarSegment } from './outcome-bar.js';
import { outcomeBalance, shortText } from './view-parts.js';

/** What one day of the trend came to. */
export interface TrendFigures {
  readonly verdict: Label;
  /** INCOMPLETE, where the verdict does not say so. */
  readonly alsoIncomplete: boolean;
  readonly expected: string;
  readonly percent: string;
  readonly nonCompliant: string;
  readonly unknown: string;
  readonly failed: string;
  readonly missed: string;
  readonly waived: string;
  readonly bar: readonly BarSegment[];
  /** The bar in words. */
  readonly outcomes: string;
}

export interface TrendRow {
  readonly date: string;
  /** null: the archive has no report of the day. */
  readonly figures: TrendFigures | null;
}

/** One row for each day, the report day first: it is what the others are compared with. */
export function trendRows(trend: readonly TrendDay[]): readonly TrendRow[] {
  return trend.map((day) => ({ date: shortText(day.date), figures: trendFigures(day) })).toReversed();
}

function trendFigures({ status, totals }: TrendDay): TrendFigures | null {
  if (status === null || totals === null) return null;
  const verdict = reportVerdictLabel({ status, totals });
  return {
    verdict,
    alsoIncomplete: status === 'INCOMPLETE' && verdict.words !== 'INCOMPLETE',
    expected: formatInteger(totals.expected),
    percent: formatPercent(totals.compliancePercent),
    nonCompliant: formatInteger(totals.nonCompliant),
    unknown: formatInteger(totals.unknown),
    failed: formatInteger(totals.byOutcome.FAILED),
    missed: formatInteger(totals.byOutcome.MISSED),
    waived: formatInteger(totals.waived),
    bar: outcomeBar(totals.byOutcome),
    outcomes: outcomeBalance(totals).equation,
  };
}
