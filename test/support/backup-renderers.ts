import type { MailRenderer } from '../../src/ports/mail-renderer.js';
import type { Renderer } from '../../src/ports/renderer.js';
import { createMailRenderer } from '../../src/renderers/email/mail-renderer.js';
import { createPageRenderer } from '../../src/renderers/html/page-renderer.js';
import type { Theme, ThemeData } from '../../src/renderers/theme.js';
import { createWorkbookRenderer } from '../../src/renderers/xlsx/workbook-renderer.js';
import type { WorkbookThreads } from '../../src/renderers/xlsx/workbook-threads.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { backupReportViews } from '../../src/reports/backup-compliance/views/report-views.js';

/* The engines with the views of the compliance report, as wiring puts them together. */

export function backupPage(theme: Theme): Renderer<DailyReport> {
  return createPageRenderer(theme, backupReportViews.page);
}

export function backupMail(theme: Theme): MailRenderer<DailyReport> {
  return createMailRenderer(theme, backupReportViews.mail);
}

export function backupWorkbook(
  theme: ThemeData,
  rowLimit?: number,
  threads?: WorkbookThreads,
): Renderer<DailyReport> {
  return createWorkbookRenderer(theme, backupReportViews.workbookLists, rowLimit, threads);
}
