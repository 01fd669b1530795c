import type { DailyReport } from '../../reports/backup-compliance/model/daily-report.js';
import type { MailContent, MailRenderer } from '../../ports.js';
import { compileTemplate, type Template } from '../templates/compile-template.js';
import type { Theme } from '../theme.js';
import { plainLine } from '../../base/text-safety.js';
import { inlineStyles, readStyleSheet, type StyleSheet } from './inline-styles.js';
import { mailLogo } from './logo-picture.js';
import { placePicture } from './mail-pictures.js';
import {
  mailView,
  type MailInput,
  type MailStyle,
  type MailView,
} from '../../reports/backup-compliance/views/mail/mail-view.js';
import { statusPicture } from '../../reports/backup-compliance/views/mail/status-picture.js';

/** Gmail cuts a message off at about 102 KB of HTML, without a word to the reader. */
export const mailHtmlLimit = 90_000;
/** More than this nobody reads in a mail. */
export const mailExceptionCap = 40;

/** Renders the digest: subject, HTML and plain text from three templates, all of one view. */
export function createMailRenderer(theme: Theme): MailRenderer<DailyReport> {
  return {
    async renderMail(input): Promise<MailContent> {
      const templates = await readTemplates(theme);
      const { style, inline } = await drawPictures(input, theme);
      const { view, html } = fit((cap) => renderHtml(mailView(input, style, cap), templates));
      return {
        subject: plainLine(templates.subject(view).trim()),
        html,
        text: templates.text(view),
        inline,
      };
    },
  };
}

interface MailTemplates {
  readonly subject: Template;
  readonly html: Template;
  readonly text: Template;
  readonly styleSheet: StyleSheet;
}

async function readTemplates({ files, wording, branding }: Theme): Promise<MailTemplates> {
  const [subject, html, text, styleSheet] = await Promise.all([
    compileTemplate(files, 'mail-subject.hbs', wording, 'plain'),
    compileTemplate(files, 'mail.html.hbs', wording),
    compileTemplate(files, 'mail.txt.hbs', wording, 'plain'),
    readStyleSheet(files, branding.accent),
  ]);
  return { subject, html, text, styleSheet };
}

async function drawPictures(
  { report }: MailInput,
  { wording, branding }: Theme,
): Promise<{ readonly style: MailStyle; readonly inline: MailContent['inline'] }> {
  const status = await statusPicture(report.totals, wording);
  const own = await mailLogo(branding);
  const picture = status === null ? null : placePicture('status', status);
  const logo = own === null ? null : placePicture('logo', own);
  return {
    style: { wording, branding, picture: picture?.placed ?? null, logo: logo?.placed ?? null },
    inline: [picture, logo].flatMap((each) => (each === null ? [] : [each.part])),
  };
}

interface FittedMail {
  readonly view: MailView;
  readonly html: string;
}

function renderHtml(view: MailView, { html, styleSheet }: MailTemplates): FittedMail {
  return { view, html: inlineStyles(html(view), styleSheet) };
}

/**
 * As many exceptions as fit, and where they are few no more lines of the other lists. With none it always fits, since
 * every text in it is clipped.
 */
function fit(render: (cap: number) => FittedMail): FittedMail {
  const whole = render(mailExceptionCap);
  if (fits(whole)) return whole;
  let fitted = render(0);
  let cap = 0;
  let tooMany = mailExceptionCap;
  while (tooMany - cap > 1) {
    const middle = Math.floor((cap + tooMany) / 2);
    const mail = render(middle);
    if (fits(mail)) {
      fitted = mail;
      cap = middle;
    } else {
      tooMany = middle;
    }
  }
  return fitted;
}

function fits({ html }: FittedMail): boolean {
  return Buffer.byteLength(html, 'utf8') < mailHtmlLimit;
}
