import type { MailRenderer } from '../ports/mail-renderer.js';
import type { Renderer } from '../ports/renderer.js';
import { createMailRenderer } from '../renderers/email/mail-renderer.js';
import type { MailFiles } from '../renderers/email/mail-templates.js';
import { type PageFiles, createPageRenderer } from '../renderers/html/page-renderer.js';
import type { Theme } from '../renderers/theme.js';
import type { ReportViews } from '../renderers/view/report-views.js';
import type { WorkbookDocument } from '../renderers/xlsx/workbook-document.js';
import { createWorkbookRenderer } from '../renderers/xlsx/workbook-renderer.js';

/** The templates of a document: of the report of a day, or of a period. */
export interface DocumentTemplates {
  readonly page: PageFiles;
  readonly mail: MailFiles;
  readonly workbook: string;
}

/** Those of a period of a kind that counts what happened; the workbook is the kind's own. */
export function countedPeriodTemplates(workbook: string): DocumentTemplates {
  return {
    page: {
      template: 'counted-period.html.hbs',
      styles: ['report.css', 'period.css', 'counted-period.css'],
      script: null,
    },
    mail: {
      subject: 'counted-period-mail-subject.hbs',
      html: 'counted-period-mail.html.hbs',
      text: 'counted-period-mail.txt.hbs',
    },
    workbook,
  };
}

/** The engines of page, workbook and mail for a document, with what its kind shows of it. */
export function documentRenderers<R extends WorkbookDocument>(
  theme: Theme,
  views: ReportViews<R>,
  templates: DocumentTemplates,
): { readonly renderers: readonly Renderer<R>[]; readonly mailRenderer: MailRenderer<R> } {
  const { page, mail, workbook } = templates;
  return {
    renderers: [
      createWorkbookRenderer(theme.data, { listsModule: views.workbookLists, template: workbook }),
      createPageRenderer(theme, views.page, page),
    ],
    mailRenderer: createMailRenderer(theme, views.mail, mail),
  };
}

/** Every file of the templates of a document. mail.css is that of every mail. */
export function templateFilesOf({ page, mail, workbook }: DocumentTemplates): DocumentFiles {
  return {
    page: [page.template, ...page.styles, ...(page.script === null ? [] : [page.script])],
    mail: [mail.subject, mail.html, mail.text, 'mail.css'],
    workbook: [workbook],
  };
}

export type DocumentFiles = Readonly<Record<'page' | 'mail' | 'workbook', readonly string[]>>;
