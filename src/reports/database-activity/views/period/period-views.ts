import { countedMail } from '../../../../renderers/view/counted-period/counted-mail.js';
import { countedPage } from '../../../../renderers/view/counted-period/counted-page.js';
import type { ReportViews } from '../../../../renderers/view/report-views.js';
import type { ActivityPeriod } from '../../period/period-report.js';
import { activityPeriodKind } from './tell-period.js';

/** What page, mail and workbook of a period show, for the engines that render them. */
export const activityPeriodViews: ReportViews<ActivityPeriod> = {
  page: countedPage(activityPeriodKind),
  mail: { view: countedMail(activityPeriodKind) },
  workbookLists: new URL('./period-lists.js', import.meta.url).href,
};
