import { countedMail } from '../../../../renderers/view/counted-period/counted-mail.js';
import { countedPage } from '../../../../renderers/view/counted-period/counted-page.js';
import type { ReportViews } from '../../../../renderers/view/report-views.js';
import type { TenancyPeriod } from '../../period/period-report.js';
import { tenancyPeriodKind } from './tell-period.js';

/** What page, mail and workbook of a period show, for the engines that render them. */
export const tenancyPeriodViews: ReportViews<TenancyPeriod> = {
  page: countedPage(tenancyPeriodKind),
  mail: { view: countedMail(tenancyPeriodKind) },
  workbookLists: new URL('./period-lists.js', import.meta.url).href,
};
