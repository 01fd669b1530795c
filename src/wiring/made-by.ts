import { readdir } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { LoadedConfiguration } from '../config/load.js';
import { readRegularFile } from '../files/regular-file.js';
import type { Redaction } from '../records/redaction.js';
import type { Theme } from '../renderers/theme.js';
import type { MadeByFile } from '../reports/report-kind.js';
import { shippedTemplates } from './wire-theme.js';

/**
 * What a plan's reports are made with besides events and inventory, for the archive: the configuration without secrets, the
 * settings that a replay goes by, the logo, and the company's own templates and messages. What ships with the tool is not in it.
 */
export async function madeByOf(
  { archivable, settings }: Pick<LoadedConfiguration, 'archivable' | 'settings'>,
  { data }: Pick<Theme, 'data'>,
  redaction: Redaction,
): Promise<readonly MadeByFile[]> {
  const jsonFile = (name: string, content: unknown): MadeByFile => {
    const text = JSON.stringify(redaction.configuration(content), null, 1);
    return { name, bytes: Buffer.from(`${text}\n`), mediaType: 'application/json' };
  };
  const { logo } = data.branding;
  const own = data.folders.filter((folder) => folder !== shippedTemplates);
  return [
    jsonFile('configuration', archivable),
    jsonFile('settings', settings),
    ...(logo === null
      ? []
      : [{ name: 'logo', bytes: Buffer.from(logo.base64, 'base64'), mediaType: logo.mediaType }]),
    ...(await Promise.all(own.map(templatesIn))).flat(),
  ];
}

/** What a template folder may have: anything else in it is not read by a report. */
const mediaTypes: Readonly<Record<string, string>> = {
  '.hbs': 'text/plain',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.yaml': 'application/yaml',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

async function templatesIn(folder: string): Promise<readonly MadeByFile[]> {
  const files: MadeByFile[] = [];
  for (const path of await pathsIn(folder)) {
    const mediaType = mediaTypes[extname(path)];
    if (mediaType === undefined) continue;
    const name = `templates/${relative(folder, path).split(sep).join('/')}`;
    const bytes = await readRegularFile(path).catch(() => null);
    // What cannot be read cannot be used either: whoever renders with it says so.
    if (bytes !== null) files.push({ name, bytes, mediaType });
  }
  return files;
}

/** Templates lie in the folder itself, messages in messages/<language>/. Links are followed, as a report does. */
async function pathsIn(folder: string): Promise<readonly string[]> {
  const messages = join(folder, 'messages');
  const languages = (await namesIn(messages)).map((tag) => join(messages, tag));
  const folders = [folder, ...languages];
  const paths: string[] = [];
  for (const each of folders) paths.push(...(await namesIn(each)).map((name) => join(each, name)));
  return paths;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}
