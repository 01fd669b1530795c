import { writeFile } from 'node:fs/promises';
import { hashSource } from '../../base/hash-source.js';
import { scriptData } from '../../base/script-data.js';
import { explainError, Failure } from '../../errors.js';
import { artefactNames } from '../../model/artefact-names.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import { type StampedDocument, stampOf } from '../../model/report-stamp.js';
import { saidFault, templateFaultText } from '../../model/template-fault.js';
import type { Renderer } from '../../ports/renderer.js';
import { compileTemplate } from '../templates/compile-template.js';
import { readFilledText, unusableTemplate } from '../templates/template-files.js';
import type { Theme } from '../theme.js';
import type { Branding } from '../view/branding.js';
import type { PageView, PaperLines } from '../view/report-views.js';
import { shortText } from '../view/view-parts.js';
import { withPageStamp } from './page-stamp.js';

/** A fault lists the fields that are there; the command `templates check` says all of it. */
const maxFaultChars = 300;

/** The templates that a page is made of. */
export interface PageFiles {
  readonly template: string;
  /** One after the other. */
  readonly styles: readonly string[];
  /** null: the page has none. */
  readonly script: string | null;
}

export const reportPageFiles: PageFiles = {
  template: 'report.html.hbs',
  styles: ['report.css'],
  script: 'report.js',
};

/**
 * Renders report.html: one self-contained page. Its script lists, sorts and filters the data in the page;
 * without it the page is still readable.
 *
 * @param pageView returns what the template may show of the report
 */
export function createPageRenderer<R extends StampedDocument>(
  theme: Theme,
  pageView: PageView<R>,
  pageFiles = reportPageFiles,
): Renderer<R> {
  const { shipped } = theme;
  return {
    ...(shipped === null ? {} : { shipped: createPageRenderer(shipped, pageView, pageFiles) }),
    name: artefactNames.page,
    mediaType: 'text/html; charset=utf-8',
    async render({ lines, templateFaults = [], ...input }, path) {
      const [view, { template, style: ofTheme, script }] = await Promise.all([
        pageView({ ...input, lines: lines() }, theme.wording),
        readPageFiles(theme, pageFiles),
      ]);
      const data = view.data === undefined || view.data === null ? null : `\n${scriptData(view.data)}\n`;
      const style = `${ofTheme}${paperRule(view.paper)}`;
      const page = template({
        ...view,
        branding: brandingView(theme.branding),
        templateFaults: templateFaults.map((fault) =>
          shortText(templateFaultText(saidFault(fault, theme.wording.language)), maxFaultChars),
        ),
        style,
        script,
        data,
        policy: contentSecurityPolicy(style, script, data),
      });
      try {
        await writeFile(path, withPageStamp(page, stampOf(input.report, input.edition)), 'utf8');
      } catch (error) {
        throw new Failure('storage', `cannot write ${path}: ${explainError(error)}`, { cause: error });
      }
    },
  };
}

async function readPageFiles(theme: Theme, pageFiles: PageFiles) {
  const { files, branding } = theme;
  // One after the other: of several faults the same one is always reported.
  const template = await compileTemplate(theme, pageFiles.template);
  const styles: string[] = [];
  for (const name of pageFiles.styles) {
    const style = await readFilledText(files, name);
    // Each by itself, so that a fault names its file.
    styles.push(elementText('style', { ...style, name }).trim());
  }
  const { script: scriptName } = pageFiles;
  const script = scriptName === null ? null : await readFilledText(files, scriptName);
  return {
    template,
    style: `\n${`${styles.join('\n')}\n${accentRule(branding)}`.trim()}\n`,
    script:
      script === null || scriptName === null ? null : elementText('script', { ...script, name: scriptName }),
  };
}

/** The page may use this style, this script and data: pictures. Whatever a name injects, it loads and runs nothing. */
export function contentSecurityPolicy(style: string, script: string | null, data: string | null): string {
  const scripts = [script, data].filter((text) => text !== null);
  return [
    "default-src 'none'",
    `style-src ${hashSource(style)}`,
    `script-src ${scripts.length === 0 ? "'none'" : scripts.map((text) => hashSource(text)).join(' ')}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/**
 * Style and script are inserted unescaped, so that their hashes match; they must not end their own element, nor start a
 * comment, within which a script's end tag is not recognised.
 */
export function elementText(
  element: 'style' | 'script',
  { name, path, text }: { readonly name: string; readonly path: string; readonly text: string },
): string {
  const forbidden = new RegExp(`</${element}|<!--`, 'i').exec(text)?.[0];
  if (forbidden !== undefined) {
    throw unusableTemplate(name, path, reasonWords('templateForbidden', { text: `"${forbidden}"` }));
  }
  return `\n${text.trim()}\n`;
}

/** The colour is validated with the configuration; nothing but a colour gets into the style. */
export function accentRule({ accent }: Branding): string {
  return accent !== null && /^#[0-9a-f]{6}$/i.test(accent) ? `:root { --accent: ${accent}; }` : '';
}

/** Lines on every page that is printed, in the margins (CSS Paged Media 3, section 5); what is in them stays text. */
function paperRule(paper: PaperLines | undefined): string {
  if (paper === undefined) return '';
  const { topLeft, topRight, bottomLeft } = paper;
  const boxes = [
    marginBox('top-left', topLeft),
    marginBox('top-right', topRight),
    marginBox('bottom-left', bottomLeft),
  ];
  return `@page { ${boxes.join(' ')} }
`;
}

function marginBox(place: string, words: string): string {
  return `@${place} { content: ${cssString(words)}; }`;
}

/** A string of CSS that can neither end itself nor the element that it stands in. */
function cssString(text: string): string {
  // oxlint-disable-next-line no-control-regex -- a line break would end the string
  const escaped = text.replace(/[\u0000-\u001f"\\<>&]/g, (found) => `\\${found.charCodeAt(0).toString(16)} `);
  return `"${escaped}"`;
}

export function brandingView({ company, logo, footer }: Branding) {
  return {
    company,
    logo: logo === null ? null : `data:${logo.mediaType};base64,${logo.base64}`,
    footer,
  };
}
