import type { ReportViews } from '../../../renderers/view/report-views.js';
import type { ActivityReport } from '../model/activity-report.js';
import { activityMail } from './mail/activity-mail.js';
import { activityPage } from './page/activity-page.js';

/** What page, mail and workbook show, for the engines that render them. */
export const activityViews: ReportViews<ActivityReport> = {
  page: activityPage,
  mail: { view: activityMail },
  workbookLists: new URL('./workbook/activity-lists.js', import.meta.url).href,
};
