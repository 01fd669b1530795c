import { shortText } from '../../../../renderers/view/view-parts.js';
import type { DailyReport } from '../../model/daily-report.js';
import type { BackupWording } from '../backup-wording.js';
import { supportRows } from '../support-counts.js';

/** The appendix: each framework with its clauses, in words. */
export function frameworkViews(report: DailyReport, wording: BackupWording) {
  const rows = supportRows(report, wording);
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
        notChecked: isChecked ? null : wording.text('framework.notChecked'),
      })),
  }));
}
