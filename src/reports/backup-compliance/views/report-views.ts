import { defaultPageLimits, type PageLimits } from '../../../model/page-limits.js';
import type { PageView, ReportViews } from '../../../renderers/view/report-views.js';
import type { DailyReport } from '../model/daily-report.js';
import { createBackupWording } from './backup-wording.js';
import { countSchedule } from './charts/count-schedule.js';
import { mailView } from './mail/mail-view.js';
import { noticeView } from './notice/notice-view.js';
import { reportView } from './page/report-view.js';
import { noteStartHours, type StartHours } from './page/start-hours.js';

/** What page, mail and workbook of a compliance report show, for the engines that render them. */
export const backupReportViews: ReportViews<DailyReport> = {
  page: backupPageView(defaultPageLimits),
  mail: { view: mailView, notice: noticeView },
  workbookLists: new URL('./workbook/report-lists.js', import.meta.url).href,
};

/** The page with limits of a plan's own. */
export function backupPageView(limits: PageLimits): PageView<DailyReport> {
  return async (input, wording) => {
    const { report, lines } = input;
    const { timezone } = report.reportDay;
    const listed = report.resources.slice(0, limits.listed);
    const startHours: StartHours = new Map(listed.map(({ resourceId }) => [resourceId, 0]));
    const schedule = await countSchedule(noteStartHours(lines, timezone, startHours), report.reportDay);
    return reportView(input, { schedule, startHours }, limits, createBackupWording(wording));
  };
}
