import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure, explainError, systemErrorCode } from '../errors.js';
import { decodeText } from '../files/decode-text.js';
import { issueWords } from '../files/issue-words.js';
import { readYaml } from '../files/read-yaml.js';
import { readRegularFile } from '../files/regular-file.js';
import type { LanguageData } from './create-language.js';
import type { Messages } from './message-text.js';

const english = 'en';

/** The content of a catalogue file: texts by name, nested to any depth. */
interface MessageTree {
  readonly [name: string]: string | MessageTree;
}

const messageTree: z.ZodType<MessageTree> = z.record(
  z.string(),
  z.union([z.string(), z.lazy(() => messageTree)]),
);

/**
 * Reads the message catalogue of a language: every .yaml file in `messages/<tag>/` of the folders; a later folder
 * overrides single messages of an earlier one. `page.title` is `title` under `page`.
 *
 * @param folders of templates, the shipped one first
 * @throws Failure('usage') that names the file, or the available languages
 */
export async function loadLanguage(tag: string, folders: readonly string[]): Promise<LanguageData> {
  const messages = await readMessages(tag, folders);
  if (Object.keys(messages).length === 0) {
    const known = new Set((await Promise.all(folders.map(tagsIn))).flat());
    throw new Failure('usage', `language: there are no messages for ${tag}`, {
      hints: [
        `Languages here: ${[...known].sort().join(', ')}.`,
        `Another one is a folder messages/${tag}/ in your templates, with the messages of messages/en/ translated.`,
      ],
    });
  }
  return { tag, messages, fallback: tag === english ? messages : await readMessages(english, folders) };
}

async function readMessages(tag: string, folders: readonly string[]): Promise<Messages> {
  const messages: Record<string, string> = {};
  for (const folder of folders) {
    const directory = join(folder, 'messages', tag);
    for (const name of (await namesIn(directory)).filter((each) => each.endsWith('.yaml')).sort()) {
      flatten(await readTree(join(directory, name)), '', messages);
    }
  }
  return messages;
}

async function readTree(path: string): Promise<MessageTree> {
  try {
    const { content, faults } = readYaml(decodeText(await readRegularFile(path)));
    const [fault] = faults;
    if (fault !== undefined) throw new Error(`${fault.words} (line ${fault.line})`);
    return messageTree.parse(content ?? {}, { error: issueWords });
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : explainError(error);
    throw new Failure('usage', `messages ${path}: ${why}`, { cause: error });
  }
}

function flatten(tree: MessageTree, prefix: string, into: Record<string, string>): void {
  for (const [name, value] of Object.entries(tree)) {
    if (typeof value === 'string') into[`${prefix}${name}`] = value;
    else flatten(value, `${prefix}${name}.`, into);
  }
}

async function tagsIn(folder: string): Promise<string[]> {
  return namesIn(join(folder, 'messages'));
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw new Failure('usage', `messages ${directory}: ${explainError(error)}`, { cause: error });
  }
}
