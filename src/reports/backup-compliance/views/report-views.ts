import type { PageInput, ReportViews } from '../../../renderers/view/report-views.js';
import type { Wording } from '../../../renderers/view/wording.js';
import type { DailyReport } from '../model/daily-report.js';
import { createBackupWording } from './backup-wording.js';
import { countSchedule } from './charts/count-schedule.js';
import { mailView } from './mail/mail-view.js';
import { noticeView } from './notice/notice-view.js';
import { reportView } from './page/report-view.js';

/** What page, mail and workbook of a compliance report show, for the engines that render them. */
export const backupReportViews: ReportViews<DailyReport> = {
  page: pageView,
  mail: { view: mailView, notice: noticeView },
  workbookLists: new URL('./workbook/report-lists.js', import.meta.url).href,
};

async function pageView({ report, lines }: PageInput<DailyReport>, wording: Wording): Promise<object> {
  const schedule = await countSchedule(lines, report.reportDay);
  return reportView(report, schedule, createBackupWording(wording));
}
