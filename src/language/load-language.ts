import { Failure } from '../errors.js';
import type { TemplateFault } from '../model/template-fault.js';
import type { LanguageData } from './create-language.js';
import { givenTwice } from './given-twice.js';
import { languageFolders } from './language-folders.js';
import { messageFault, placeholdersOf } from './message-fault.js';
import type { Messages } from './message-text.js';
import { type Catalogue, readCatalogue } from './read-catalogue.js';

const englishTag = 'en';

/**
 * Reads the message catalogue of a language: every .yaml file in `messages/<tag>/` of the folders; a later folder
 * overrides single messages of an earlier one. `page.title` is `title` under `page`.
 *
 * A message of a company's own that cannot be used leaves the shipped one in place, and so does a file that cannot be
 * read or a key that is there twice: `faults` of the result names them.
 *
 * @param folders of templates, the shipped one first
 * @throws Failure('usage') that names the available languages, or a shipped file that cannot be read
 */
export async function loadLanguage(tag: string, folders: readonly string[]): Promise<LanguageData> {
  const [shipped = '', ...own] = folders;
  const english = await readShipped(shipped, englishTag);
  const base = tag === englishTag ? english : await readShipped(shipped, tag);
  const faults = (await Promise.all(own.map(languageFolders))).flatMap((each) => [...each.faults]);
  const overridden = async (of: string, shippedMessages: Messages): Promise<Messages> => {
    const messages: Record<string, string> = { ...shippedMessages };
    for (const folder of own)
      override(messages, { tag: of, ...(await readCatalogue(folder, of)) }, [english, base], faults);
    return messages;
  };
  const messages = await overridden(tag, base);
  if (Object.keys(messages).length === 0 && faults.length === 0) throw await noMessages(tag, folders);
  const fallback = tag === englishTag ? messages : await overridden(englishTag, english);
  return { tag, messages, fallback, ...(faults.length === 0 ? {} : { faults }) };
}

/** A shipped file that cannot be read is damage of the installation. */
async function readShipped(folder: string, tag: string): Promise<Messages> {
  const { messages, faults } = await readCatalogue(folder, tag);
  const [fault] = faults;
  if (fault !== undefined) {
    throw new Failure(
      'usage',
      `messages ${folder}/${fault.file}: ${fault.words} (line ${fault.place ?? '?'})`,
      {
        hints: ['Install the tool again: this file comes with it.'],
      },
    );
  }
  return Object.fromEntries(messages.map(({ key, text }) => [key, text]));
}

/** Takes over those that can be used. */
function override(
  into: Record<string, string>,
  { tag, messages, faults: unreadable, surprises }: Catalogue & { readonly tag: string },
  shipped: readonly Messages[],
  faults: TemplateFault[],
): void {
  faults.push(...unreadable);
  const doubtful = [...surprises, ...givenTwice(messages)];
  for (const { file, place, words } of doubtful) faults.push({ file, place, words });
  const isDoubtful = (key: string): boolean =>
    doubtful.some((each) => key === each.key || key.startsWith(`${each.key}.`));
  for (const { key, text, file, line } of messages) {
    if (isDoubtful(key)) continue;
    const given = shipped.flatMap((each) =>
      Object.hasOwn(each, key) ? [placeholdersOf(each[key] ?? '', tag)] : [],
    );
    const words = messageFault(text, tag, given);
    if (words === null) into[key] = text;
    else faults.push({ file, place: placeOf(line()), words: `${key}: ${words}` });
  }
}

function placeOf(line: number | null): string | null {
  return line === null ? null : String(line);
}

async function noMessages(tag: string, folders: readonly string[]): Promise<Failure> {
  const known = new Set((await Promise.all(folders.map(languageFolders))).flatMap(({ tags }) => tags));
  return new Failure('usage', `language: there are no messages for ${tag}`, {
    hints: [
      `Languages here: ${[...known].sort().join(', ')}.`,
      `Another one is a folder messages/${tag}/ in your templates, with the messages of messages/en/ translated.`,
    ],
  });
}
