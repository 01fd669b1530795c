import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { nearestWord } from '../base/nearest-word.js';
import { TemplateFailure, type TemplateFault } from '../model/template-fault.js';
import { openTemplates } from '../renderers/templates/template-files.js';
import type { DocumentTemplates } from './document-renderers.js';
import type { KindTemplates } from './wirable-kind.js';
import { shippedTemplates } from './wire-theme.js';

/** A file of a company's own. */
export interface OwnTemplate {
  readonly name: string;
  readonly text: string;
}

/** In the order of their names; files that no report is made with are left out. */
export async function ownTemplates(folders: readonly string[]): Promise<readonly OwnTemplate[]> {
  const files: OwnTemplate[] = [];
  for (const folder of folders.filter((each) => each !== shippedTemplates)) {
    for (const name of (await readdir(folder, { recursive: true })).sort()) {
      if (!/\.(?:hbs|css|js|ya?ml|xlsx)$/.test(name)) continue;
      const text = await readFile(join(folder, name), 'latin1').catch(() => '');
      files.push({ name: name.replaceAll('\\', '/'), text });
    }
  }
  return files;
}

/** Keys of messages that own templates show. What a workbook shows is compressed: it may show any. */
export async function messageKeysIn(own: readonly OwnTemplate[]): Promise<ReadonlySet<string>> {
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

/** What works, and yet is not what its author may expect. @param kinds templates of the kinds of report that are looked at */
export async function templateWarnings(
  own: readonly OwnTemplate[],
  folders: readonly string[],
  kinds: readonly KindTemplates[],
): Promise<readonly TemplateFault[]> {
  const silent = [...silentAboutFaults(own, kinds), ...withoutCheckpoint(own, kinds)];
  return [...(await unused(own)), ...silent, ...(await notKept(own, folders, kinds))];
}

/** What reports do not have of the company's own workbook template; one that cannot be read is a fault. */
async function notKept(
  own: readonly OwnTemplate[],
  folders: readonly string[],
  kinds: readonly KindTemplates[],
): Promise<readonly TemplateFault[]> {
  const workbooks = new Set(documentsOf(kinds).map(({ workbook }) => workbook));
  const names = own.map(({ name }) => name).filter((name) => workbooks.has(name));
  if (names.length === 0) return [];
  const { workbookTemplateWarnings } = await import('../renderers/xlsx/template/template-warnings.js');
  try {
    const files = openTemplates(folders);
    return (await Promise.all(names.map((name) => workbookTemplateWarnings(files, name)))).flat();
  } catch (error) {
    if (error instanceof TemplateFailure) return [];
    throw error;
  }
}

/** Files that had another name in an earlier version. */
const newNames: ReadonlyMap<string, string> = new Map([
  ['tenancy-changes.css', 'counted-day.css'],
  ['tenancy-changes.js', 'counted-day.js'],
]);

/** A name that is slightly wrong is no template: the shipped one is used, and nobody would know. */
async function unused(own: readonly OwnTemplate[]): Promise<readonly TemplateFault[]> {
  const shipped = (await readdir(shippedTemplates)).filter((name) => name !== 'messages');
  return own
    .filter(({ name }) => !shipped.includes(name) && !/^messages\/[^/]+\/[^/]+\.yaml$/.test(name))
    .map(({ name }) => {
      const now = newNames.get(name);
      if (now !== undefined) return { file: name, place: null, words: `is called ${now} now: rename it` };
      const nearest = nearestWord(name.slice(name.lastIndexOf('/') + 1).toLowerCase(), shipped);
      const meant = nearest === null ? '' : `; did you mean ${nearest}?`;
      return { file: name, place: null, words: `nothing is made with a file of this name${meant}` };
    });
}

/** Mails of templates that were copied from an earlier version print no checkpoint of the archive; those of periods have none. */
function withoutCheckpoint(
  own: readonly OwnTemplate[],
  kinds: readonly KindTemplates[],
): readonly TemplateFault[] {
  const mails = new Set(kinds.flatMap(({ day: { mail } }) => [mail.html, mail.text]));
  return own
    .filter(({ name, text }) => mails.has(name) && !text.includes('checkpoint'))
    .map(({ name }) => ({
      file: name,
      place: null,
      words: 'it does not show checkpoint, so its mails cannot show later that the archive was rolled back',
    }));
}

/** Templates that were copied from an earlier version do not say that another one had a fault. */
function silentAboutFaults(
  own: readonly OwnTemplate[],
  kinds: readonly KindTemplates[],
): readonly TemplateFault[] {
  const telling = new Set(
    documentsOf(kinds).flatMap(({ page, mail }) => [page.template, mail.html, mail.text]),
  );
  return own
    .filter(({ name, text }) => telling.has(name) && !text.includes('templateFaults'))
    .map(({ name }) => ({
      file: name,
      place: null,
      words: 'it does not show templateFaults, so nobody reads in it that another template had a fault',
    }));
}

/** Those of days, and those of periods. */
function documentsOf(kinds: readonly KindTemplates[]): readonly DocumentTemplates[] {
  return kinds.flatMap(({ day, period }) => (period === null ? [day] : [day, period]));
}
