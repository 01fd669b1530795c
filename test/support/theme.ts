import { fileURLToPath } from 'node:url';
import { loadLanguage } from '../../src/language/load-language.js';
import { packageRoot } from '../../src/package-root.js';
import { type Look, noBranding, openLook } from '../../src/renderers/theme.js';

export const templatesFolder = fileURLToPath(new URL('templates', packageRoot));

/** The shipped templates in a language, with a company's own folders before them. */
export async function makeLook(tag: string, ...own: readonly string[]): Promise<Look> {
  const folders = [templatesFolder, ...own];
  return openLook({ folders, language: await loadLanguage(tag, folders), branding: noBranding });
}

export const englishLook: Look = await makeLook('en');

/** The shipped messages, but templates of one folder alone. */
export function lookOf(folder: URL): Look {
  return openLook({ ...englishLook.data, folders: [fileURLToPath(folder)] });
}
