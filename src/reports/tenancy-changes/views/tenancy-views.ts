import type { ReportViews } from '../../../renderers/view/report-views.js';
import type { TenancyReport } from '../model/tenancy-report.js';
import { tenancyMail } from './mail/tenancy-mail.js';
import { tenancyPage } from './page/tenancy-page.js';

/** What page, mail and workbook show, for the engines that render them. */
export const tenancyViews: ReportViews<TenancyReport> = {
  page: tenancyPage,
  mail: { view: tenancyMail },
  workbookLists: new URL('./workbook/tenancy-lists.js', import.meta.url).href,
};
