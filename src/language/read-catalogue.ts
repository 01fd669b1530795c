import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { explainError, systemErrorCode } from '../errors.js';
import { decodeText } from '../files/decode-text.js';
import { type ReadYaml, readYaml } from '../files/read-yaml.js';
import { readRegularFile } from '../files/regular-file.js';
import { reasonWords } from '../model/reasons/reason-words.js';
import type { TemplateFault } from '../model/template-fault.js';
import { type CompiledMessage, compiledMessages } from './compiled-messages.js';

/** One message where it is written. */
export interface WrittenMessage {
  /** `page.title`: `title` under `page`. */
  readonly key: string;
  readonly text: string;
  /** In the folder of templates: `messages/en/page.yaml`. */
  readonly file: string;
  /** Line of its key; null: not known. Looked up when it is asked for. */
  readonly line: () => number | null;
}

/** A fault of one message. */
export interface MessageFault extends TemplateFault {
  readonly key: string;
}

/** The messages of one language in one folder of templates. */
export interface Catalogue {
  /** In the order of their files. */
  readonly messages: readonly WrittenMessage[];
  /** Files that cannot be read, and values that are no text. */
  readonly faults: readonly TemplateFault[];
  /** What YAML reads in another way than people do: a key that is there twice. */
  readonly surprises: readonly MessageFault[];
  /** Files without a message. */
  readonly empty: readonly string[];
}

/** Reads every .yaml file in `messages/<tag>/`. A folder that does not exist has no messages. */
export async function readCatalogue(folder: string, tag: string): Promise<Catalogue> {
  const into: Collected = { messages: [], faults: [], surprises: [], empty: [] };
  const directory = join(folder, 'messages', tag);
  const names = await namesIn(directory, `messages/${tag}`, into.faults);
  for (const name of names.filter((each) => each.endsWith('.yaml')).sort()) {
    await addFile(`messages/${tag}/${name}`, join(directory, name), into);
  }
  return into;
}

/** The messages of a text. @param file for faults and places */
export function messagesIn(text: string, file: string): Catalogue {
  const into = { messages: [], faults: [], surprises: [], empty: [] };
  addText(text, file, into);
  return into;
}

interface Collected {
  readonly messages: WrittenMessage[];
  readonly faults: TemplateFault[];
  readonly surprises: MessageFault[];
  readonly empty: string[];
}

async function addFile(file: string, path: string, into: Collected): Promise<void> {
  let text: string;
  try {
    text = decodeText(await readRegularFile(path));
  } catch (error) {
    const isNothing = systemErrorCode(error) === 'ENOENT';
    const words = isNothing ? reasonWords('messageLinkToNothing') : explainError(error);
    into.faults.push({ file, place: null, words });
    return;
  }
  const compiled = compiledMessages(text);
  if (compiled === null) addText(text, file, into);
  else for (const message of compiled) into.messages.push(placedLater(message, text, file));
}

/** The text of a file with messages. */
function addText(text: string, file: string, into: Collected): void {
  const read = readYaml(text);
  const [fault] = read.faults;
  if (fault !== undefined) {
    into.faults.push({ file, place: String(fault.line), words: fault.words });
    return;
  }
  if (read.content === null) into.empty.push(file);
  addMessages(read, file, into);
  for (const { path: keys, line, words } of read.surprises) {
    const key = keys.join('.');
    into.surprises.push({ file, place: String(line), words: `${key}: ${words}`, key });
  }
}

/** Of a text that was compiled, a line is looked up when somebody asks for it: hardly ever. */
function placedLater({ key, text }: CompiledMessage, whole: string, file: string): WrittenMessage {
  const line = (): number | null => {
    const { messages } = messagesIn(whole, file);
    return messages.find((message) => message.key === key && message.text === text)?.line() ?? null;
  };
  return { key, text, file, line };
}

function addMessages({ content, lineOf }: ReadYaml, file: string, { messages, faults }: Collected): void {
  const add = (value: unknown, names: readonly string[]): void => {
    const line = (): number | null => lineOf(names);
    const key = names.join('.');
    if (typeof value === 'string' && key !== '') {
      messages.push({ key, text: value, file, line });
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [name, branch] of Object.entries(value)) add(branch, [...names, name]);
    } else {
      const words = key === '' ? reasonWords('messagesNone') : `${key}: ${reasonWords('messageNoText')}`;
      faults.push({ file, place: String(line() ?? 1), words });
    }
  };
  if (content !== null) add(content, []);
}

/** What is no folder, `languageFolders` tells. */
async function namesIn(directory: string, file: string, faults: TemplateFault[]): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code !== 'ENOENT' && code !== 'ENOTDIR')
      faults.push({ file, place: null, words: explainError(error) });
    return [];
  }
}
