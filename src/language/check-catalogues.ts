import { nearestWord } from '../base/nearest-word.js';
import type { TemplateFault } from '../model/template-fault.js';
import { givenTwice } from './given-twice.js';
import { languageFolders } from './language-folders.js';
import { messageFault, missingPlaceholders, placeholdersOf } from './message-fault.js';
import { type WrittenMessage, readCatalogue } from './read-catalogue.js';

export interface CatalogueFindings {
  /** The languages that there are. */
  readonly tags: readonly string[];
  readonly faults: readonly TemplateFault[];
  /** What a reader can live with: a placeholder that is left out, a file without messages. */
  readonly warnings: readonly TemplateFault[];
}

/**
 * Checks the messages of a company's own in all languages: what cannot be parsed, asks for what it is not given, is there
 * twice, or is no message that anything shows.
 *
 * @param folders of templates, the shipped one first
 * @param used keys that the company's own templates show
 */
export async function checkCatalogues(
  folders: readonly string[],
  used: ReadonlySet<string>,
): Promise<CatalogueFindings> {
  const [shipped = '', ...own] = folders;
  const all = await Promise.all(folders.map(languageFolders));
  const tags = [...new Set(all.flatMap((each) => each.tags))].sort();
  const english = textsOf((await readCatalogue(shipped, 'en')).messages);
  const faults: TemplateFault[] = all.flatMap((each) => each.faults);
  const warnings: TemplateFault[] = [];
  for (const folder of own) {
    for (const tag of tags) {
      const catalogue = await readCatalogue(folder, tag);
      faults.push(...catalogue.faults, ...catalogue.surprises, ...givenTwice(catalogue.messages));
      warnings.push(...catalogue.empty.map(nothingIn));
      for (const message of catalogue.messages) {
        const { key, text } = message;
        const given = english.get(key);
        const fault = messageFault(text, tag, given === undefined ? [] : [placeholdersOf(given, 'en')]);
        if (fault !== null) faults.push(placedAt(message, fault));
        else if (given === undefined && !used.has(key)) faults.push(unused(message, [...english.keys()]));
        else if (given !== undefined) warnings.push(...missing(message, tag, given));
      }
    }
  }
  return { tags, faults, warnings };
}

function nothingIn(file: string): TemplateFault {
  return { file, place: null, words: 'there is no message in it: write one, or remove the file' };
}

function missing(message: WrittenMessage, tag: string, given: string): readonly TemplateFault[] {
  const names = missingPlaceholders(placeholdersOf(message.text, tag), placeholdersOf(given, 'en'));
  if (names.length === 0) return [];
  const left = names.map((name) => `{${name}}`).join(', ');
  return [placedAt(message, `it leaves out ${left}: what that says is missing where the message is shown`)];
}

function unused(message: WrittenMessage, known: readonly string[]): TemplateFault {
  const below = known.find((key) => key.startsWith(`${message.key}.`));
  if (below !== undefined)
    return placedAt(message, `it has names below it and no text of its own: write it like ${below}`);
  const nearest = nearestWord(message.key, known);
  const meant = nearest === null ? ': remove it' : `; did you mean "${nearest}"?`;
  return placedAt(message, `no template and no sentence of the tool shows this message${meant}`);
}

function placedAt(message: WrittenMessage, words: string): TemplateFault {
  const { file, key } = message;
  const line = message.line();
  return { file, place: line === null ? null : String(line), words: `${key}: ${words}` };
}

function textsOf(messages: readonly WrittenMessage[]): ReadonlyMap<string, string> {
  return new Map(messages.map(({ key, text }) => [key, text]));
}
