import { plainLine } from '../../base/text-safety.js';
import {
  type TemplateFault,
  saidFault,
  templateFaultText,
  templateFaultsOf,
} from '../../model/template-fault.js';
import type { MailContent, MailRenderer, NoticeContent } from '../../ports/mail-renderer.js';
import { compileTemplate } from '../templates/compile-template.js';
import type { Theme } from '../theme.js';
import { mailName, mailSentence } from '../view/mail-texts.js';
import type { CappedView, MailViews } from '../view/report-views.js';
import { mailLogo } from './logo-picture.js';
import { placePicture } from './mail-pictures.js';
import {
  type MailTemplates,
  openMailTemplates,
  renderMailWithShipped,
  reportMailFiles,
} from './mail-templates.js';

/** Gmail silently clips a message at about 102 KB of HTML. */
const mailHtmlLimit = 90_000;
/** Nobody reads more than this in a mail. */
export const mailExceptionCap = 40;
/** Faults of templates that a mail names; the manifest has all. */
const maxFaults = 5;

/**
 * Renders the digest: subject, HTML and plain text from three templates and one view; and what channels are told, under
 * the same subject. Where one of the templates is a company's own and cannot be used, the shipped one is, and all three
 * parts name it.
 */
export function createMailRenderer<R>(
  theme: Theme,
  views: MailViews<R>,
  files = reportMailFiles,
): MailRenderer<R> {
  const { notice } = views;
  return {
    ...(notice && {
      async renderNotice(input): Promise<NoticeContent> {
        const view = views.view({ ...input, attached: false }, theme.wording)(0);
        const brand = { ...brandWords(theme), logo: null };
        const shown = { ...view, ...brand, templateFaults: [], checkpoint: null };
        const title = await subjectOf(shown, theme, files.subject);
        return { title, ...notice(input, theme.wording) };
      },
    }),
    ...(theme.shipped === null ? {} : { hasOwn: true }),
    async renderMail({ templateFaults: given = [], checkpoint: kept, ...input }): Promise<MailContent> {
      const { brand, inline } = await brandMail(theme);
      const ofReport = views.view(input, theme.wording);
      return renderMailWithShipped(
        theme,
        async (themes, found) => {
          const templates = await openMailTemplates(themes, files);
          const templateFaults = faultLines([...given, ...found], theme);
          const checkpoint = printedCheckpoint(kept, theme);
          const shown = { ...brand, templateFaults, checkpoint };
          const { view, html } = fitted((cap) => ({ ...ofReport(cap), ...shown }), templates);
          const subject = plainLine(templates.subject(view).trim());
          return { subject, html, text: templates.text(view), inline };
        },
        files,
      );
    },
  };
}

/** What a mail prints of the archive's log, word for word, under a sentence that says what it is for. */
interface PrintedCheckpoint {
  readonly words: string;
  readonly lines: readonly string[];
}

/** @param kept null: there is none, and the mail says so; undefined: it says nothing */
function printedCheckpoint(kept: string | null | undefined, { wording }: Theme): PrintedCheckpoint | null {
  if (kept === undefined) return null;
  if (kept === null) return { words: wording.language.text('mail.checkpoint.none'), lines: [] };
  return { words: wording.language.text('mail.checkpoint.keep'), lines: kept.trimEnd().split('\n') };
}

/** The subject of the mail, by the shipped template where the own one cannot be used: the mail names the fault. */
async function subjectOf(view: object, theme: Theme, name: string): Promise<string> {
  try {
    const subject = await compileTemplate(theme, name, 'plain');
    return plainLine(subject(view).trim());
  } catch (error) {
    if (theme.shipped === null || templateFaultsOf(error, name) === null) throw error;
    return subjectOf(view, theme.shipped, name);
  }
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
function fitted(viewOf: CappedView, { html }: MailTemplates): RenderedMail {
  const render = (cap: number): RenderedMail => {
    const view = viewOf(cap);
    return { view, html: html(view) };
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

/** A mail that is as short as it can be still names the first few. */
function faultLines(faults: readonly TemplateFault[], { wording }: Theme): readonly string[] {
  const texts = new Set(faults.map((fault) => templateFaultText(saidFault(fault, wording.language))));
  return [...texts].slice(0, maxFaults).map((text) => mailSentence(text, wording));
}

function isSmallEnough({ html }: RenderedMail): boolean {
  return Buffer.byteLength(html, 'utf8') < mailHtmlLimit;
}
