import type juice from 'juice';
import { readFilledText, type TemplateFiles } from '../templates/template-files.js';

export interface StyleSheet {
  readonly css: string;
  readonly inline: typeof juice;
}

/**
 * Reads mail.css. `var(--accent)` in it is the company's accent colour, else the file's own value.
 *
 * @throws Failure('usage') that names the file
 */
export async function readStyleSheet(files: TemplateFiles, accent: string | null): Promise<StyleSheet> {
  const { text } = await readFilledText(files, 'mail.css');
  // Loaded on demand, because most commands never make a mail.
  const { default: inline } = await import('juice');
  return { css: accent === null ? text : `${text}\n:root { --accent: ${accent}; }\n`, inline };
}

/**
 * Inlines the rules into the elements that they apply to, because mail clients differ in their support of style sheets.
 * Rules that cannot be inlined (dark scheme, phones) are kept in a `<style>`.
 */
export function inlineStyles(html: string, { css, inline }: StyleSheet): string {
  // The library takes two braces for a template placeholder and skips up to the next two; any name may contain them.
  // Replacing them is safe because braces occur only in text: there is no script, and the rules are separate.
  const safe = html.replaceAll('{{', '&#123;&#123;');
  const styled = inline(safe, { extraCss: css, preserveImportant: false });
  return tightened(styled);
}

/** Without the spaces in style attributes: they are a tenth of a mail. No text contains an unescaped quotation mark. */
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
