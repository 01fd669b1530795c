import type { ReportViews } from '../../../../renderers/view/report-views.js';
import type { PeriodReport } from '../../period/period-report.js';
import { periodMail } from './period-mail.js';
import { periodPage } from './period-page.js';

/** What page, mail and workbook of a period show, for the engines that render them. */
export const periodViews: ReportViews<PeriodReport> = {
  page: periodPage,
  mail: { view: periodMail },
  workbookLists: new URL('./period-lists.js', import.meta.url).href,
};
