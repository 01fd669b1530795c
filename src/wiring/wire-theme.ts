import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LoadedConfiguration } from '../config/load.js';
import type { Configuration } from '../config/schema.js';
import { Failure, explainError } from '../errors.js';
import { loadLanguage } from '../language/load-language.js';
import { TemplateFailure } from '../model/template-fault.js';
import { packageRoot } from '../package-root.js';
import { type Theme, openTheme } from '../renderers/theme.js';
import { readLogo } from './read-logo.js';

type ThemeKeys = Pick<Configuration, 'language' | 'templates' | 'branding' | 'consoleUrl'>;

/**
 * Loads the templates, language and branding of the plan's reports.
 *
 * @throws Failure('usage') for templates, a logo or a language that cannot be used
 */
export async function loadTheme(
  { language, templates, branding, consoleUrl }: ThemeKeys,
  directory: string,
): Promise<Theme> {
  const folders = templateFolders({ templates }, directory);
  await Promise.all(folders.map(mustBeFolder));
  const { company, logo, accent, footer } = branding;
  return openTheme({
    folders,
    language: await loadLanguage(language, folders),
    branding: {
      company: company ?? null,
      logo: logo === undefined ? null : await readLogo(resolve(directory, logo)),
      accent: accent ?? null,
      footer: footer ?? null,
    },
    ...(consoleUrl !== undefined && { consoleUrl }),
  });
}

/**
 * The same for who edits templates: a fault is thrown, and the shipped template is not used in its place.
 *
 * @throws Failure('usage') also for messages that cannot be used
 */
export async function loadOwnTheme(...configured: Parameters<typeof loadTheme>): Promise<Theme> {
  const theme = await loadTheme(...configured);
  const [first, ...others] = theme.data.language.faults ?? [];
  if (first === undefined) return { ...theme, shipped: null };
  const path = join(theme.data.folders.at(-1) ?? '', first.file);
  throw new TemplateFailure(path, [first, ...others], {
    hints: ['`backup-report templates check` names every fault of templates and messages.'],
  });
}

/**
 * The look of pages about an archive: that of its plan, or the shipped one in the language of its reports, else in English.
 *
 * @param loaded null: there is no configuration
 * @param language of the newest report; null: not known
 */
export async function loadArchiveTheme(
  loaded: LoadedConfiguration | null,
  language: string | null,
): Promise<Theme> {
  if (loaded !== null) return loadTheme(loaded.configuration, loaded.directory);
  const shipped = (tag: string): Promise<Theme> => loadTheme({ language: tag, branding: {} }, '.');
  if (language === null) return shipped('en');
  return shipped(language).catch(() => shipped('en'));
}

/** The template folders of a plan: the one that ships with the tool, then the company's own. */
export function templateFolders(
  { templates }: Pick<Configuration, 'templates'>,
  directory: string,
): readonly string[] {
  return templates === undefined ? [shippedTemplates] : [shippedTemplates, resolve(directory, templates)];
}

/** The folder of templates that ships with the tool. */
export const shippedTemplates = fileURLToPath(new URL('templates', packageRoot));

/** A misspelt folder must not silently fall back to the shipped templates. */
async function mustBeFolder(folder: string): Promise<void> {
  try {
    await readdir(folder);
  } catch (error) {
    throw new Failure('usage', `templates: cannot read the folder ${folder}: ${explainError(error)}`, {
      cause: error,
      hints: ['`backup-report init --templates FOLDER` makes one, docs/templates.md says what may be in it.'],
    });
  }
}
