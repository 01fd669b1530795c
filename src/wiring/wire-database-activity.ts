import type { DayPorts } from '../day/report-plan.js';
import type { MailFiles } from '../renderers/email/mail-templates.js';
import { createMailRenderer } from '../renderers/email/mail-renderer.js';
import { type PageFiles, createPageRenderer } from '../renderers/html/page-renderer.js';
import type { Theme } from '../renderers/theme.js';
import { activityTemplateName } from '../renderers/xlsx/template/template-name.js';
import { createWorkbookRenderer } from '../renderers/xlsx/workbook-renderer.js';
import type { ReportKind } from '../reports/report-kind.js';
import type { ActivityReport } from '../reports/database-activity/model/activity-report.js';
import { createDatabaseActivity } from '../reports/database-activity/database-activity.js';
import type { ActivityOptions } from '../reports/database-activity/model/activity-options.js';
import { activityViews } from '../reports/database-activity/views/activity-views.js';

/** What is specific to this kind of report. */
export interface DatabaseActivityParts {
  readonly kind: ReportKind<ActivityReport>;
  readonly ports: Pick<DayPorts<ActivityReport>, 'renderers' | 'mailRenderer'>;
}

/** The kind of report that tells what was done in databases, with its renderers. */
export function wireDatabaseActivity(theme: Theme, options: ActivityOptions): DatabaseActivityParts {
  return { kind: createDatabaseActivity(options), ports: wireActivityRenderers(theme) };
}

/** The renderers of page, workbook and mail for a theme. */
export function wireActivityRenderers(theme: Theme): DatabaseActivityParts['ports'] {
  return {
    renderers: [
      createWorkbookRenderer(theme.data, {
        listsModule: activityViews.workbookLists,
        template: activityTemplateName,
      }),
      createPageRenderer(theme, activityViews.page, activityPageFiles),
    ],
    mailRenderer: createMailRenderer(theme, activityViews.mail, activityMailFiles),
  };
}

const activityPageFiles: PageFiles = {
  template: 'database-activity.html.hbs',
  // The look of both kinds that read audit records is one.
  styles: ['report.css', 'tenancy-changes.css', 'database-activity.css'],
  script: 'tenancy-changes.js',
};

const activityMailFiles: MailFiles = {
  subject: 'database-activity-mail-subject.hbs',
  html: 'database-activity-mail.html.hbs',
  text: 'database-activity-mail.txt.hbs',
};
