import { dateWords } from '../../../../renderers/view/view-parts.js';
import type { Label } from '../../../../renderers/view/wording.js';
import type { TrendDay } from '../../model/daily-report.js';
import { reportVerdict } from '../../model/report-verdict.js';
import type { BackupWording } from '../backup-wording.js';
import { compliantPercent } from '../compliant-share.js';
import { outcomeBalance } from '../balances.js';

/** The result of one day of the trend. */
export interface TrendFigures {
  readonly verdict: Label;
  /** INCOMPLETE, if the verdict does not say so. */
  readonly alsoIncomplete: boolean;
  readonly expected: string;
  readonly percent: string;
  readonly nonCompliant: string;
  readonly unknown: string;
  readonly waived: string;
  /** `3 failed + 1 missed + …` */
  readonly outcomes: string;
}

export interface TrendRow {
  readonly date: string;
  /** null: the archive has no report of the day. */
  readonly figures: TrendFigures | null;
}

/**
 * One row for each day, starting with the report day, which the others are compared with.
 *
 * @param share of the report day, as the report tells it
 */
export function trendRows(
  trend: readonly TrendDay[],
  wording: BackupWording,
  share: string,
): readonly TrendRow[] {
  return trend
    .map((day, index) => {
      const figures = trendFigures(day, wording);
      const isReportDay = index === trend.length - 1 && figures !== null;
      return {
        date: dateWords(day.date, wording),
        figures: isReportDay ? { ...figures, percent: share } : figures,
      };
    })
    .toReversed();
}

function trendFigures({ status, totals }: TrendDay, wording: BackupWording): TrendFigures | null {
  if (status === null || totals === null) return null;
  const { integer } = wording.language;
  return {
    verdict: wording.reportVerdict({ status, totals }),
    alsoIncomplete: status === 'INCOMPLETE' && reportVerdict({ status, totals }) !== 'INCOMPLETE',
    expected: integer(totals.expected),
    percent: wording.percent(compliantPercent(totals)),
    nonCompliant: integer(totals.nonCompliant),
    unknown: integer(totals.unknown),
    waived: integer(totals.waived),
    outcomes: outcomeBalance(totals, wording).equation,
  };
}
