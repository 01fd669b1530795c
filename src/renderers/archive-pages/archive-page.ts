import { fileURLToPath } from 'node:url';
import { scriptData } from '../../base/script-data.js';
import { textDirection } from '../../base/text-direction.js';
import { packageRoot } from '../../package-root.js';
import { accentRule, brandingView, contentSecurityPolicy, elementText } from '../html/page-renderer.js';
import { compileTemplate } from '../templates/compile-template.js';
import { type TemplateFiles, openTemplates, readFilledText } from '../templates/template-files.js';
import type { Theme } from '../theme.js';

/** Pages about an archive ship with the tool, and are not of a company's own: their colours, words and logo are. */
const pagesFolder = fileURLToPath(new URL('pages', packageRoot));

export interface ArchivePage {
  /** `index.html.hbs` */
  readonly template: string;
  /** `index.js`; null: the page has no script. */
  readonly script: string | null;
  readonly view: object;
  /** What the script reads; null: nothing. */
  readonly data: object | null;
}

/** A self-contained page in the look of the reports. It runs its own script only, and loads nothing. */
export async function renderArchivePage(
  theme: Theme,
  { template, script, view, data }: ArchivePage,
): Promise<string> {
  const files = openTemplates([pagesFolder]);
  const { wording, branding } = theme;
  const [compiled, ofReports, ofPages, code] = await Promise.all([
    compileTemplate({ files, wording, compiled: new Map() }, template),
    readReportStyle(theme),
    readFilledText(files, 'pages.css'),
    script === null ? null : readFilledText(files, script),
  ]);
  const style = elementText('style', {
    name: 'pages.css',
    path: ofPages.path,
    text: `${ofReports}\n${ofPages.text.trim()}\n${accentRule(branding)}`,
  });
  const scriptText = code === null ? '' : elementText('script', { ...code, name: script ?? '' });
  const dataText = data === null ? null : `\n${scriptData(data)}\n`;
  const { tag } = wording.language;
  return compiled({
    ...view,
    language: tag,
    direction: textDirection(tag),
    branding: brandingView(branding),
    style,
    script: scriptText,
    data: dataText,
    policy: contentSecurityPolicy(style, scriptText, dataText),
  });
}

/** A text without markup: a guide. */
export async function renderArchiveText(theme: Theme, template: string, view: object): Promise<string> {
  const files: TemplateFiles = openTemplates([pagesFolder]);
  const compiled = await compileTemplate(
    { files, wording: theme.wording, compiled: new Map() },
    template,
    'plain',
  );
  return compiled(view);
}

/** The company's own style where it can be used. A fault of it costs a page its look, and nothing else. */
async function readReportStyle({ files, shipped }: Theme): Promise<string> {
  try {
    return (await readFilledText(files, 'report.css')).text.trim();
  } catch (error) {
    if (shipped === null) throw error;
    return (await readFilledText(shipped.files, 'report.css')).text.trim();
  }
}
