import { fileURLToPath } from 'node:url';
import { loadLanguage } from '../../src/language/load-language.js';
import { packageRoot } from '../../src/package-root.js';
import { type Theme, noBranding, openTheme } from '../../src/renderers/theme.js';

export const templatesFolder = fileURLToPath(new URL('templates', packageRoot));

/** The shipped templates in a language, with a company's own folders before them. */
export async function makeTheme(tag: string, ...own: readonly string[]): Promise<Theme> {
  const folders = [templatesFolder, ...own];
  return openTheme({ folders, language: await loadLanguage(tag, folders), branding: noBranding });
}

export const englishTheme: Theme = await makeTheme('en');

/** The shipped messages, but templates of one folder alone. */
export function themeOf(folder: URL): Theme {
  return openTheme({ ...englishTheme.data, folders: [fileURLToPath(folder)] });
}
