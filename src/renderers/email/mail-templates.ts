import { type TemplateFault, templateFaultsOf } from '../../model/template-fault.js';
import type { MailContent } from '../../ports/mail-renderer.js';
import { compileTemplate, type Template } from '../templates/compile-template.js';
import type { Theme } from '../theme.js';
import { inlineStyles, readStyleSheet } from './inline-styles.js';

const mailParts = ['subject', 'html', 'text'] as const;

type MailPart = (typeof mailParts)[number];

/** The templates of the three parts; the HTML comes with its styles inlined. Each throws FaultyPart. */
export type MailTemplates = Readonly<Record<MailPart, Template>>;

/** Which theme each part is rendered with. */
export type MailThemes = Readonly<Record<MailPart, Theme>>;

/** A part of the mail whose template cannot be used. */
class FaultyPart extends Error {
  constructor(
    readonly part: MailPart,
    cause: unknown,
  ) {
    super(`the ${part} of the mail`, { cause });
  }
}

/** File of each part. */
export type MailFiles = Readonly<Record<MailPart, string>>;

export const reportMailFiles: MailFiles = {
  subject: 'mail-subject.hbs',
  html: 'mail.html.hbs',
  text: 'mail.txt.hbs',
};

/** @throws FaultyPart */
export async function openMailTemplates(
  themes: MailThemes,
  fileOf: MailFiles = reportMailFiles,
): Promise<MailTemplates> {
  // One after the other: of several faults the same one is always found first.
  const subject = await attempt('subject', () => compileTemplate(themes.subject, fileOf.subject, 'plain'));
  const html = await attempt('html', () => openHtml(themes.html, fileOf.html));
  const text = await attempt('text', () => compileTemplate(themes.text, fileOf.text, 'plain'));
  return { subject: named('subject', subject), html: named('html', html), text: named('text', text) };
}

/**
 * Renders a mail, and again with the shipped template of each part whose own one cannot be used.
 *
 * @param render gets the theme of each part, and the faults that were found so far
 * @throws what is wrong where there is no other template
 */
export async function renderMailWithShipped(
  theme: Theme,
  render: (themes: MailThemes, found: readonly TemplateFault[]) => Promise<MailContent>,
  fileOf: MailFiles = reportMailFiles,
): Promise<MailContent> {
  const themes: Record<MailPart, Theme> = { subject: theme, html: theme, text: theme };
  const found: TemplateFault[] = [];
  for (;;) {
    try {
      const mail = await render(themes, found);
      return found.length === 0 ? mail : { ...mail, templateFaults: found };
    } catch (error) {
      if (!(error instanceof FaultyPart)) throw error;
      const { part, cause } = error;
      const faults = templateFaultsOf(cause, fileOf[part]);
      if (theme.shipped === null || themes[part] === theme.shipped || faults === null) throw cause;
      themes[part] = theme.shipped;
      found.push(...faults);
    }
  }
}

async function openHtml(theme: Theme, file: string): Promise<Template> {
  const template = await compileTemplate(theme, file);
  const styleSheet = await readStyleSheet(theme.files, theme.branding.accent);
  return (view) => inlineStyles(template(view), styleSheet);
}

async function attempt<T>(part: MailPart, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new FaultyPart(part, error);
  }
}

function named(part: MailPart, template: Template): Template {
  return (view) => {
    try {
      return template(view);
    } catch (error) {
      throw new FaultyPart(part, error);
    }
  };
}
