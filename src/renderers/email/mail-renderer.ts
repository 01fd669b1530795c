import type { MailContent, MailRenderer } from '../../ports.js';
import { loadTemplate, type Template } from '../html/template.js';
import { plainLine } from '../text-safety.js';
import { mailView, withOneLess, type MailInput, type MailView } from './mail-view.js';

/** Gmail cuts a message off at about 102 KB of HTML, without a word to the reader. */
export const mailHtmlLimit = 90_000;
/** More than this nobody reads in a mail. */
export const mailExceptionCap = 40;

/** Renders the digest: subject, HTML and plain text from three templates, all of one view. */
export function createMailRenderer(templatesDirectory: URL): MailRenderer {
  return {
    async renderMail(input): Promise<MailContent> {
      const [subject, html, text] = await Promise.all([
        loadTemplate(templatesDirectory, 'mail-subject.hbs', 'plain'),
        loadTemplate(templatesDirectory, 'mail.html.hbs'),
        loadTemplate(templatesDirectory, 'mail.txt.hbs', 'plain'),
      ]);
      const fitted = fit(input, html);
      return {
        subject: plainLine(subject(fitted.view).trim()),
        html: fitted.html,
        text: text(fitted.view),
      };
    },
  };
}

/** As many exceptions as fit. With none the mail is far below the limit, since every text in it is clipped. */
function fit(input: MailInput, template: Template): { readonly view: MailView; readonly html: string } {
  let view = mailView(input, mailExceptionCap);
  let html = template(view);
  while (view.exceptions.length > 0 && Buffer.byteLength(html, 'utf8') >= mailHtmlLimit) {
    view = withOneLess(view, input.report);
    html = template(view);
  }
  return { view, html };
}
