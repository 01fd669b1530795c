import type { PageLimits } from '../../../model/page-limits.js';
import type { ReportViews } from '../../../renderers/view/report-views.js';
import type { ActivityReport } from '../model/activity-report.js';
import { activityMail } from './mail/activity-mail.js';
import { activityPageView } from './page/activity-page.js';

/** What page, mail and workbook show, for the engines that render them. */
export function activityViews(page: Pick<PageLimits, 'listed'>): ReportViews<ActivityReport> {
  return {
    page: activityPageView(page),
    mail: { view: activityMail },
    workbookLists: new URL('./workbook/activity-lists.js', import.meta.url).href,
  };
}
