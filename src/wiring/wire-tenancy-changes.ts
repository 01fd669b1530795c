import type { DayPorts } from '../day/report-plan.js';
import type { MailFiles } from '../renderers/email/mail-templates.js';
import { createMailRenderer } from '../renderers/email/mail-renderer.js';
import { type PageFiles, createPageRenderer } from '../renderers/html/page-renderer.js';
import type { Theme } from '../renderers/theme.js';
import { tenancyTemplateName } from '../renderers/xlsx/template/template-name.js';
import { createWorkbookRenderer } from '../renderers/xlsx/workbook-renderer.js';
import type { ReportKind } from '../reports/report-kind.js';
import type { TenancyReport } from '../reports/tenancy-changes/model/tenancy-report.js';
import { tenancyChanges } from '../reports/tenancy-changes/tenancy-changes.js';
import { tenancyViews } from '../reports/tenancy-changes/views/tenancy-views.js';

/** What is specific to this kind of report. */
export interface TenancyChangesParts {
  readonly kind: ReportKind<TenancyReport>;
  readonly ports: Pick<DayPorts<TenancyReport>, 'renderers' | 'mailRenderer'>;
}

/** The kind of report that tells what was changed in a tenancy, with its renderers. It has no settings of its own. */
export function wireTenancyChanges(theme: Theme): TenancyChangesParts {
  return { kind: tenancyChanges, ports: wireTenancyRenderers(theme) };
}

/** The renderers of page, workbook and mail for a theme. */
export function wireTenancyRenderers(theme: Theme): TenancyChangesParts['ports'] {
  return {
    renderers: [
      createWorkbookRenderer(theme.data, {
        listsModule: tenancyViews.workbookLists,
        template: tenancyTemplateName,
      }),
      createPageRenderer(theme, tenancyViews.page, tenancyPageFiles),
    ],
    mailRenderer: createMailRenderer(theme, tenancyViews.mail, tenancyMailFiles),
  };
}

const tenancyPageFiles: PageFiles = {
  template: 'tenancy-changes.html.hbs',
  styles: ['report.css', 'tenancy-changes.css'],
  script: 'tenancy-changes.js',
};

const tenancyMailFiles: MailFiles = {
  subject: 'tenancy-changes-mail-subject.hbs',
  html: 'tenancy-changes-mail.html.hbs',
  text: 'tenancy-changes-mail.txt.hbs',
};
