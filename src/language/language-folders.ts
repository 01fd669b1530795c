import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { explainError, systemErrorCode } from '../errors.js';
import type { TemplateFault } from '../model/template-fault.js';
import { reasonWords } from '../model/reasons/reason-words.js';

export interface LanguageFolders {
  /** BCP 47 tags, in their order. */
  readonly tags: readonly string[];
  /** What nothing is read of, because it is in no folder of a language. */
  readonly faults: readonly TemplateFault[];
}

/** What people call a language: `en`, `pt-BR`, and `de_DE`, which is none. */
const looksLikeTag = /^[a-z]{2,3}(?:[-_][a-z\d]+)*$/i;

/** The languages that a folder of templates has messages of. A folder without messages has none. */
export async function languageFolders(folder: string): Promise<LanguageFolders> {
  const directory = join(folder, 'messages');
  const tags: string[] = [];
  const faults: TemplateFault[] = [];
  let names: readonly string[] = [];
  try {
    names = (await readdir(directory)).filter((name) => !name.startsWith('.')).sort();
  } catch (error) {
    const words = folderFault(error);
    if (words !== null) faults.push({ file: 'messages', place: null, words });
  }
  for (const name of names) {
    const words = await faultOf(name, directory);
    if (words === null) continue;
    if (words === 'a language') tags.push(name);
    else faults.push({ file: `messages/${name}`, place: null, words });
  }
  return { tags, faults };
}

/** Of the folder of all messages; null: there is none. */
function folderFault(error: unknown): string | null {
  const code = systemErrorCode(error);
  if (code === 'ENOENT') return null;
  if (code !== 'ENOTDIR') return reasonWords('itCannotBeRead', { why: explainError(error) });
  return reasonWords('messagesAreFile', { example: 'messages/en' });
}

/** null: it has no part in messages. */
async function faultOf(name: string, directory: string): Promise<string | null> {
  const isMeant = looksLikeTag.test(name) || /\.ya?ml$/i.test(name);
  let isFolder: boolean;
  try {
    isFolder = (await stat(join(directory, name))).isDirectory();
  } catch (error) {
    return isMeant ? reasonWords('itCannotBeRead', { why: explainError(error) }) : null;
  }
  if (isFolder) return isTag(name) ? 'a language' : noTag(name);
  if (!isMeant) return null;
  if (looksLikeTag.test(name))
    return reasonWords('languageIsFile', { example: `messages/${name}/ours.yaml` });
  return reasonWords('messagesInNoLanguage', { example: `messages/en/${name}` });
}

function isTag(name: string): boolean {
  try {
    return Intl.getCanonicalLocales(name).length > 0;
  } catch {
    return false;
  }
}

function noTag(name: string): string {
  const meant = name.replaceAll('_', '-');
  return reasonWords('folderIsNoLanguage', { example: isTag(meant) ? meant : 'pt-BR' });
}
