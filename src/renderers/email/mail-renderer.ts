import { plainLine } from '../../base/text-safety.js';
import type { ReportHead } from '../../model/report-head.js';
import type { MailContent, MailRenderer, NoticeContent } from '../../ports.js';
import { compileTemplate, type Template } from '../templates/compile-template.js';
import type { Theme } from '../theme.js';
import { mailName, mailSentence } from '../view/mail-texts.js';
import type { CappedView, MailViews } from '../view/report-views.js';
import { inlineStyles, readStyleSheet, type StyleSheet } from './inline-styles.js';
import { mailLogo } from './logo-picture.js';
import { placePicture } from './mail-pictures.js';

/** Gmail silently clips a message at about 102 KB of HTML. */
const mailHtmlLimit = 90_000;
/** Nobody reads more than this in a mail. */
export const mailExceptionCap = 40;

/**
 * Renders the digest: subject, HTML and plain text from three templates and one view; and what channels are told, under
 * the same subject.
 */
export function createMailRenderer<R extends ReportHead>(theme: Theme, views: MailViews<R>): MailRenderer<R> {
  const { notice } = views;
  return {
    ...(notice && {
      async renderNotice(input): Promise<NoticeContent> {
        const subject = await compileTemplate(theme, 'mail-subject.hbs', 'plain');
        const view = views.view({ ...input, attached: false }, theme.wording)(0);
        const brand = { ...brandWords(theme), logo: null };
        const title = plainLine(subject({ ...view, ...brand }).trim());
        return { title, ...notice(input, theme.wording) };
      },
    }),
    async renderMail(input): Promise<MailContent> {
      const templates = await readTemplates(theme);
      const { brand, inline } = await brandMail(theme);
      const ofReport = views.view(input, theme.wording);
      const { view, html } = fitted((cap) => ({ ...ofReport(cap), ...brand }), templates);
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

async function readTemplates(theme: Theme): Promise<MailTemplates> {
  const { files, branding } = theme;
  const [subject, html, text, styleSheet] = await Promise.all([
    compileTemplate(theme, 'mail-subject.hbs', 'plain'),
    compileTemplate(theme, 'mail.html.hbs'),
    compileTemplate(theme, 'mail.txt.hbs', 'plain'),
    readStyleSheet(files, branding.accent),
  ]);
  return { subject, html, text, styleSheet };
}

/** What every mail shows besides its report: the company's name and its logo. */
async function brandMail(theme: Theme) {
  const picture = await mailLogo(theme.branding);
  const logo = picture === null ? null : placePicture('logo', picture);
  return {
    brand: {
      ...brandWords(theme),
      logo: logo?.placed ?? null,
    },
    inline: logo === null ? [] : [logo.part],
  };
}

function brandWords({ wording, branding }: Theme) {
  const { company, footer } = branding;
  return {
    company: company === null ? null : mailName(company, wording),
    footer: footer === null ? null : mailSentence(footer, wording),
  };
}

interface RenderedMail {
  readonly view: object;
  readonly html: string;
}

/**
 * As many exceptions as fit; if they are few, the other lists are cut as short. With none it always fits, since every
 * text is clipped.
 */
function fitted(viewOf: CappedView, { html, styleSheet }: MailTemplates): RenderedMail {
  const render = (cap: number): RenderedMail => {
    const view = viewOf(cap);
    return { view, html: inlineStyles(html(view), styleSheet) };
  };
  const whole = render(mailExceptionCap);
  if (isSmallEnough(whole)) return whole;
  let best = render(0);
  let cap = 0;
  let tooMany = mailExceptionCap;
  while (tooMany - cap > 1) {
    const middle = Math.floor((cap + tooMany) / 2);
    const mail = render(middle);
    if (isSmallEnough(mail)) {
      best = mail;
      cap = middle;
    } else {
      tooMany = middle;
    }
  }
  return best;
}

function isSmallEnough({ html }: RenderedMail): boolean {
  return Buffer.byteLength(html, 'utf8') < mailHtmlLimit;
}
