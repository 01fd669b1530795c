import { createRequire } from 'node:module';
import type { load } from 'cheerio/slim';
import type juice from 'juice';
import { readFilledText, type TemplateFiles } from '../templates/template-files.js';

export interface StyleSheet {
  readonly css: string;
  readonly inliner: Inliner;
}

/**
 * Reads mail.css. `var(--accent)` in it is the company's accent colour, else the file's own value.
 *
 * @throws Failure('usage') that names the file
 */
export async function readStyleSheet(files: TemplateFiles, accent: string | null): Promise<StyleSheet> {
  const { text } = await readFilledText(files, 'mail.css');
  const css = accent === null ? text : `${text}\n:root { --accent: ${accent}; }\n`;
  // Loaded on demand, because most commands never make a mail.
  return { css, inliner: loadInliner() };
}

/**
 * Inlines the rules into the elements that they apply to, because mail clients differ in their support of style sheets.
 * Rules that cannot be inlined (dark scheme, phones) are kept in a `<style>`.
 */
export function inlineStyles(html: string, { css, inliner }: StyleSheet): string {
  // As all mails have had them, so that one that is sent again has the same bytes. It is safe because braces occur only in
  // text: there is no script, and the rules are separate.
  const safe = html.replaceAll('{{', '&#123;&#123;');
  // As juice itself reads a document: with the parser of XML, but as HTML.
  const document = inliner.load(safe, { xml: { decodeEntities: false, xmlMode: false } });
  inliner.juiceDocument(document, { extraCss: css, preserveImportant: false });
  return tightened(document.html());
}

interface Inliner {
  readonly load: typeof load;
  readonly juiceDocument: typeof juice.juiceDocument;
}

/**
 * The part of juice that puts rules into a document, with the parser that it uses. Its main module also loads an HTTP
 * client, for style sheets from elsewhere, and a second parser: four times as much.
 */
function loadInliner(): Inliner {
  const require = createRequire(import.meta.url);
  const { load: loadDocument } = require('cheerio/slim') as Pick<Inliner, 'load'>;
  const withInliner = require('juice/lib/inline') as (base: object) => void;
  const base = {};
  withInliner(base);
  return { load: loadDocument, ...(base as Pick<Inliner, 'juiceDocument'>) };
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
