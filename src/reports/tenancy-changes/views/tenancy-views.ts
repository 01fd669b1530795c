import type { PageLimits } from '../../../model/page-limits.js';
import type { ReportViews } from '../../../renderers/view/report-views.js';
import type { TenancyReport } from '../model/tenancy-report.js';
import { tenancyMail } from './mail/tenancy-mail.js';
import { tenancyPageView } from './page/tenancy-page.js';

/** What page, mail and workbook show, for the engines that render them. */
export function tenancyViews(page: Pick<PageLimits, 'listed'>): ReportViews<TenancyReport> {
  return {
    page: tenancyPageView(page),
    mail: { view: tenancyMail },
    workbookLists: new URL('./workbook/tenancy-lists.js', import.meta.url).href,
  };
}
