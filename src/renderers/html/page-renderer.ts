import { writeFile } from 'node:fs/promises';
import { hashSource } from '../../base/hash-source.js';
import { scriptData } from '../../base/script-data.js';
import { explainError, Failure } from '../../errors.js';
import { artefactNames } from '../../model/artefact-names.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import { stampOf } from '../../model/report-stamp.js';
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

/**
 * Renders report.html: one self-contained page. Its script lists, sorts and filters the data in the page;
 * without it the page is still readable.
 *
 * @param pageView returns what the template may show of the report
 */
export function createPageRenderer<R>(theme: Theme, pageView: PageView<R>): Renderer<R> {
  const { shipped } = theme;
  return {
    ...(shipped === null ? {} : { shipped: createPageRenderer(shipped, pageView) }),
    name: artefactNames.page,
    mediaType: 'text/html; charset=utf-8',
    async render({ lines, templateFaults = [], ...input }, path) {
      const [view, { template, style: ofTheme, script }] = await Promise.all([
        pageView({ ...input, lines: lines() }, theme.wording),
        readPageFiles(theme),
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

async function readPageFiles(theme: Theme) {
  const { files, branding } = theme;
  // One after the other: of several faults the same one is always reported.
  const template = await compileTemplate(theme, 'report.html.hbs');
  const style = await readFilledText(files, 'report.css');
  const script = await readFilledText(files, 'report.js');
  return {
    template,
    style: elementText('style', {
      ...style,
      name: 'report.css',
      text: `${style.text.trim()}\n${accentRule(branding)}`,
    }),
    script: elementText('script', { ...script, name: 'report.js' }),
  };
}

/** The page may use this style, this script and data: pictures. Whatever a name injects, it loads and runs nothing. */
export function contentSecurityPolicy(style: string, script: string, data: string | null): string {
  const scripts = data === null ? [script] : [script, data];
  return [
    "default-src 'none'",
    `style-src ${hashSource(style)}`,
    `script-src ${scripts.map((text) => hashSource(text)).join(' ')}`,
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
