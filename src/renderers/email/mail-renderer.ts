import { pathToFileURL } from 'node:url';
import type { MailContent, MailRenderer } from '../../ports.js';
import { loadTemplate, type Template } from '../html/template.js';
import type { Look } from '../look.js';
import { plainLine } from '../text-safety.js';
import { mailView, type MailInput, type MailView } from './mail-view.js';

/** Gmail cuts a message off at about 102 KB of HTML, without a word to the reader. */
export const mailHtmlLimit = 90_000;
/** More than this nobody reads in a mail. */
export const mailExceptionCap = 40;

/** Renders the digest: subject, HTML and plain text from three templates, all of one view. */
export function createMailRenderer(look: Look): MailRenderer {
  const templatesDirectory = pathToFileURL(`${look.data.folders[0]}/`);
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

interface FittedMail {
  readonly view: MailView;
  readonly html: string;
}

/**
 * As many exceptions as fit, and where they are few no more lines of the other lists. With none it always fits, since
 * every text in it is clipped.
 */
function fit(input: MailInput, template: Template): FittedMail {
  const whole = rendered(input, template, mailExceptionCap);
  if (fits(whole)) return whole;
  let fitted = rendered(input, template, 0);
  let cap = 0;
  let tooMany = mailExceptionCap;
  while (tooMany - cap > 1) {
    const middle = Math.floor((cap + tooMany) / 2);
    const mail = rendered(input, template, middle);
    if (fits(mail)) {
      fitted = mail;
      cap = middle;
    } else {
      tooMany = middle;
    }
  }
  return fitted;
}

function rendered(input: MailInput, template: Template, cap: number): FittedMail {
  const view = mailView(input, cap);
  return { view, html: template(view) };
}

function fits({ html }: FittedMail): boolean {
  return Buffer.byteLength(html, 'utf8') < mailHtmlLimit;
}
