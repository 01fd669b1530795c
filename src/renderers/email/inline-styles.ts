import type juice from 'juice';
import { readTemplateText, type TemplateFiles } from '../templates/template-files.js';

export interface StyleSheet {
  readonly css: string;
  readonly inline: typeof juice;
}

/**
 * Reads mail.css. `var(--accent)` in it is the company's accent, else what the file itself says.
 *
 * @throws Failure('usage') that names the file
 */
export async function readStyleSheet(files: TemplateFiles, accent: string | null): Promise<StyleSheet> {
  const { text } = await readTemplateText(files, 'mail.css');
  // Loaded here, because most commands never make a mail.
  const { default: inline } = await import('juice');
  return { css: accent === null ? text : `${text}\n:root { --accent: ${accent}; }\n`, inline };
}

/**
 * Writes the rules into the elements that they are for, because mail clients do not agree on style sheets. What cannot
 * be written there, the rules for a dark scheme and for a phone, is kept in a `<style>`.
 */
export function inlineStyles(html: string, { css, inline }: StyleSheet): string {
  // In the eyes of the library, two braces are a place in a template, to be left alone up to the next two; they may
  // be in any name. And what is said of braces here holds for text only: there is no script, and the rules are apart.
  const safe = html.replaceAll('{{', '&#123;&#123;');
  const styled = inline(safe, { extraCss: css, preserveImportant: false });
  return tightened(styled);
}

/** Without the blanks in the style attributes: they are a tenth of a mail. No text holds a plain quotation mark. */
function tightened(html: string): string {
  return html
    .replace(/ style="([^"]*)"/g, (_, style: string) => {
      const declarations = style.replaceAll(/([:;,]) /g, '$1').replace(/;$/, '');
      return ` style="${declarations}"`;
    })
    .replace(/(<style>)([\s\S]*?)(<\/style>)/g, (_, start: string, rules: string, end: string) => {
      return `${start}\n${rules.trim().replaceAll(/\n\s+/g, '\n')}\n${end}`;
    });
}
