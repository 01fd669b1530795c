import type { Language } from '../../../model/language.js';
import type { RevisionChange } from '../../../model/manifest.js';
import type { DailyReport } from '../model/daily-report.js';
import { compareReports, parseComparable } from './compare-reports.js';

/** See ReportKind.changesSince. */
export function changesSince(
  before: Uint8Array,
  report: DailyReport,
  language: Language,
): readonly RevisionChange[] | null {
  const earlier = parseComparable(before);
  return earlier && compareReports(earlier, report, language);
}
