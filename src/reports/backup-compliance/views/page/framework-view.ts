import { shortText } from '../../../../renderers/view/view-parts.js';
import type { DailyReport } from '../../model/daily-report.js';
import type { BackupWording } from '../backup-wording.js';
import { type SupportRow, supportRows } from '../support-counts.js';

/** The appendix: each framework with its clauses, in words. */
export function frameworkViews(report: DailyReport, wording: BackupWording) {
  return supportViews(supportRows(report, wording), wording);
}

/** The same for the rows of a period. */
export function supportViews(rows: readonly SupportRow[], { text }: Pick<BackupWording, 'text'>) {
  return [...new Set(rows.map(({ framework }) => framework))].map((title) => ({
    title: shortText(title),
    rows: rows
      .filter(({ framework }) => framework === title)
      .map(({ clause, by, sentence, counts, evidence, isChecked }) => ({
        clause: shortText(clause),
        by,
        sentence: shortText(sentence),
        counts,
        evidence,
        notChecked: isChecked ? null : text('framework.notChecked'),
      })),
  }));
}
