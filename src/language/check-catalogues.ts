import { nearestWord } from '../base/nearest-word.js';
import type { TemplateFault } from '../model/template-fault.js';
import { messageFault, missingPlaceholders, placeholdersOf } from './message-fault.js';
import { type WrittenMessage, readCatalogue, tagsIn } from './read-catalogue.js';

export interface CatalogueFindings {
  /** The languages that there are. */
  readonly tags: readonly string[];
  readonly faults: readonly TemplateFault[];
  /** What a reader can live with: a placeholder that is left out. */
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
  const tags = [...new Set((await Promise.all(folders.map(tagsIn))).flat())].sort();
  const english = textsOf((await readCatalogue(shipped, 'en')).messages);
  const faults: TemplateFault[] = [];
  const warnings: TemplateFault[] = [];
  for (const folder of own) {
    for (const tag of tags) {
      const catalogue = await readCatalogue(folder, tag);
      faults.push(...catalogue.faults, ...catalogue.surprises, ...twice(catalogue.messages));
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

function missing(message: WrittenMessage, tag: string, given: string): readonly TemplateFault[] {
  const names = missingPlaceholders(placeholdersOf(message.text, tag), placeholdersOf(given, 'en'));
  if (names.length === 0) return [];
  return [placedAt(message, `it leaves out ${names.map((name) => `{${name}}`).join(', ')}`)];
}

function unused(message: WrittenMessage, known: readonly string[]): TemplateFault {
  const nearest = nearestWord(message.key, known);
  const meant = nearest === null ? '' : `; did you mean "${nearest}"?`;
  return placedAt(message, `no template and no sentence of the tool shows this message${meant}`);
}

/** Within one language of one folder each key has one text: of two, nobody knows which is shown. */
function twice(messages: readonly WrittenMessage[]): readonly TemplateFault[] {
  const first = new Map<string, WrittenMessage>();
  return messages.flatMap((message) => {
    const earlier = first.get(message.key);
    first.set(message.key, message);
    if (earlier === undefined) return [];
    return [placedAt(message, `it is there twice: ${earlier.file}:${earlier.line() ?? '?'} has it as well`)];
  });
}

function placedAt(message: WrittenMessage, words: string): TemplateFault {
  const { file, key } = message;
  const line = message.line();
  return { file, place: line === null ? null : String(line), words: `${key}: ${words}` };
}

function textsOf(messages: readonly WrittenMessage[]): ReadonlyMap<string, string> {
  return new Map(messages.map(({ key, text }) => [key, text]));
}
