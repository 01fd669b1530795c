import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { count } from '../base/english.js';
import type { Configuration } from '../config/schema.js';
import { shareLines } from '../day/artefacts/share-lines.js';
import { inWorkspace } from '../day/artefacts/workspace.js';
import { Failure } from '../errors.js';
import { checkCatalogues } from '../language/check-catalogues.js';
import { loadLanguage } from '../language/load-language.js';
import { artefactNames } from '../model/artefact-names.js';
import {
  TemplateFailure,
  type TemplateFault,
  templateFaultText,
  templateFaultsOf,
} from '../model/template-fault.js';
import type { MailRenderer, Renderer } from '../ports.js';
import { openTemplates } from '../renderers/templates/template-files.js';
import { type Theme, inspecting, noBranding, openTheme } from '../renderers/theme.js';
import type { Branding } from '../renderers/view/branding.js';
import type { DailyReport } from '../reports/backup-compliance/model/daily-report.js';
import type { SampleDay } from '../reports/report-kind.js';
import { archivedKind, wireRenderers } from './wire-backup-compliance.js';
import { shippedTemplates, templateFolders } from './wire-theme.js';

export interface TemplateCheck {
  readonly languages: readonly string[];
  /** The company's own files, by name; empty: there are none. */
  readonly own: readonly string[];
  readonly faults: readonly TemplateFault[];
  readonly warnings: readonly TemplateFault[];
}

/**
 * Renders every template in every language that there is, with a day that has everything and one on which nothing was seen.
 *
 * @param directory of the configuration
 */
export async function checkTemplates(
  { templates }: Pick<Configuration, 'templates'>,
  directory: string,
): Promise<TemplateCheck> {
  const folders = templateFolders({ templates }, directory);
  const own = await ownFiles(folders);
  const { tags, faults, warnings } = await checkCatalogues(folders, await keysIn(own));
  const found = [...faults];
  for (const tag of tags) found.push(...(await tryLanguage(tag, folders)));
  return {
    languages: tags,
    own: own.map(({ name }) => name),
    faults: [...new Map(found.map((fault) => [templateFaultText(fault), fault])).values()],
    warnings: [...warnings, ...silentAboutFaults(own), ...(await notKept(own, folders))],
  };
}

/**
 * For commands that must not begin with a template that has a fault. What ships with the tool has none.
 *
 * @throws Failure('usage') that names the first fault
 */
export async function requireSoundTemplates(
  { templates }: Pick<Configuration, 'templates'>,
  directory: string,
): Promise<void> {
  if (templates === undefined) return;
  const { faults } = await checkTemplates({ templates }, directory);
  const [first, ...others] = faults;
  if (first === undefined) return;
  const more = others.length === 0 ? '' : `, and ${count(others.length, 'more fault')}`;
  throw new Failure('usage', `template ${templateFaultText(first)}${more}`, {
    hints: ['`backup-report templates check` names every fault of the templates.'],
  });
}

/** For each sample another one, so that templates meet a logo, a name alone, and nothing. */
export const sampleBrandings: readonly Branding[] = [
  {
    company: 'Example Corporation',
    logo: {
      mediaType: 'image/svg+xml',
      base64: Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><rect width="90" height="30"/></svg>',
      ).toString('base64'),
    },
    accent: '#c74634',
    footer: 'Internal, do not forward',
  },
  noBranding,
  { ...noBranding, company: 'Example Corporation' },
];

/** A fault that the samples show as a report would. */
export const sampleFault: TemplateFault = {
  file: 'report.html.hbs',
  place: '12:5',
  words: 'a fault, as an example',
};

async function tryLanguage(tag: string, folders: readonly string[]): Promise<readonly TemplateFault[]> {
  const language = await loadLanguage(tag, folders);
  const themes = sampleBrandings.map((branding) => inspecting(openTheme({ folders, language, branding })));
  const [first] = themes;
  const workbook = first === undefined ? null : rendererOf(first, 'report.xlsx');
  const found: TemplateFault[] = [];
  const days = (archivedKind.sampleDays?.() ?? []).filter(({ size }) => size === 'small');
  for (const [index, day] of days.entries()) {
    const theme = themes[index % themes.length];
    if (theme === undefined) continue;
    found.push(...(await tryFile(rendererOf(theme, 'report.html'), day)));
    found.push(...(await tryMail(wireRenderers(theme).mailRenderer, day)));
    found.push(...(await tryFile(workbook, day)));
  }
  return found;
}

function rendererOf(theme: Theme, name: string): Renderer<DailyReport> | null {
  return wireRenderers(theme).renderers.find((renderer) => renderer.name === name) ?? null;
}

async function tryFile(
  renderer: Renderer<DailyReport> | null,
  { report, lines, revision, supersedes }: SampleDay<DailyReport>,
): Promise<readonly TemplateFault[]> {
  if (renderer === null) return [];
  return inWorkspace(async (workspace) => {
    try {
      // A first report may be rendered before its revision is known.
      const edition =
        supersedes === null
          ? {}
          : { edition: { revision, contentDigest: '0'.repeat(64), file: renderer.name } };
      const input = { report, lines: shareLines(lines), templateFaults: [sampleFault], ...edition };
      await renderer.render(input, join(workspace, renderer.name));
      return [];
    } catch (error) {
      const faults = templateFaultsOf(error, renderer.name);
      if (faults === null) throw error;
      return faults;
    }
  });
}

async function tryMail(
  renderer: MailRenderer<DailyReport>,
  { report, revision, supersedes, location, attached, link }: SampleDay<DailyReport>,
): Promise<readonly TemplateFault[]> {
  const mail = { report, revision, supersedes, location, attached, link, templateFaults: [sampleFault] };
  try {
    return (await renderer.renderMail(mail)).templateFaults ?? [];
  } catch (error) {
    const faults = templateFaultsOf(error, 'mail');
    if (faults === null) throw error;
    return faults;
  }
}

interface OwnFile {
  readonly name: string;
  readonly text: string;
}

async function ownFiles(folders: readonly string[]): Promise<readonly OwnFile[]> {
  const files: OwnFile[] = [];
  for (const folder of folders.filter((each) => each !== shippedTemplates)) {
    for (const name of (await readdir(folder, { recursive: true })).sort()) {
      if (!/\.(?:hbs|css|js|yaml|xlsx)$/.test(name)) continue;
      const text = await readFile(join(folder, name), 'latin1').catch(() => '');
      files.push({ name: name.replaceAll('\\', '/'), text });
    }
  }
  return files;
}

/** Keys of messages that own templates show. What a workbook shows is compressed: it may show any. */
async function keysIn(own: readonly OwnFile[]): Promise<ReadonlySet<string>> {
  const ofHelper = /\bt\s+["']([^"']+)["']/g;
  const ofCount = /\bcount\s+["']([^"']+)["']/g;
  const templates = own.filter(({ name }) => name.endsWith('.hbs'));
  return new Set(
    templates.flatMap(({ text }) => [
      ...[...text.matchAll(ofHelper)].map(([, key = '']) => key),
      ...[...text.matchAll(ofCount)].map(([, noun = '']) => `count.${noun}`),
    ]),
  );
}

/** Templates that were copied from an earlier version do not say that another one had a fault. */
/** What reports do not have of the company's own workbook template; one that cannot be read is a fault. */
async function notKept(
  own: readonly OwnFile[],
  folders: readonly string[],
): Promise<readonly TemplateFault[]> {
  if (!own.some(({ name }) => name === artefactNames.workbook)) return [];
  const { workbookTemplateWarnings } = await import('../renderers/xlsx/template/template-warnings.js');
  try {
    return await workbookTemplateWarnings(openTemplates(folders));
  } catch (error) {
    if (error instanceof TemplateFailure) return [];
    throw error;
  }
}

function silentAboutFaults(own: readonly OwnFile[]): readonly TemplateFault[] {
  const telling = new Set(['report.html.hbs', 'mail.html.hbs', 'mail.txt.hbs']);
  return own
    .filter(({ name, text }) => telling.has(name) && !text.includes('templateFaults'))
    .map(({ name }) => ({
      file: name,
      place: null,
      words: 'it does not show templateFaults, so nobody reads in it that another template had a fault',
    }));
}
