import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure, explainError, systemErrorCode } from '../errors.js';
import { decodeText } from '../files/decode-text.js';
import { type ReadYaml, readYaml } from '../files/read-yaml.js';
import { readRegularFile } from '../files/regular-file.js';
import type { TemplateFault } from '../model/template-fault.js';

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

/** The messages of one language in one folder of templates. */
export interface Catalogue {
  /** In the order of their files. */
  readonly messages: readonly WrittenMessage[];
  /** Files that cannot be read, and values that are no text. */
  readonly faults: readonly TemplateFault[];
  /** What YAML reads in another way than people do: a key that is there twice. */
  readonly surprises: readonly TemplateFault[];
}

/** Reads every .yaml file in `messages/<tag>/`. A folder that does not exist has no messages. */
export async function readCatalogue(folder: string, tag: string): Promise<Catalogue> {
  const into = { messages: [], faults: [], surprises: [] };
  const directory = join(folder, 'messages', tag);
  for (const name of (await namesIn(directory)).filter((each) => each.endsWith('.yaml')).sort()) {
    await addFile(`messages/${tag}/${name}`, join(directory, name), into);
  }
  return into;
}

/** The languages that a folder of templates has messages of. */
export async function tagsIn(folder: string): Promise<readonly string[]> {
  return (await namesIn(join(folder, 'messages'))).sort();
}

interface Collected {
  readonly messages: WrittenMessage[];
  readonly faults: TemplateFault[];
  readonly surprises: TemplateFault[];
}

async function addFile(file: string, path: string, into: Collected): Promise<void> {
  const read = await readText(path);
  if (typeof read === 'string') {
    into.faults.push({ file, place: null, words: read });
    return;
  }
  const [fault] = read.faults;
  if (fault !== undefined) {
    into.faults.push({ file, place: String(fault.line), words: fault.words });
    return;
  }
  addMessages(read, file, into);
  for (const { path: keys, line, words } of read.surprises) {
    into.surprises.push({ file, place: String(line), words: `${keys.join('.')}: ${words}` });
  }
}

/** What the text says, or why there is none. */
async function readText(path: string): Promise<ReadYaml | string> {
  try {
    return readYaml(decodeText(await readRegularFile(path)));
  } catch (error) {
    return explainError(error);
  }
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
      const place = line();
      const where = key === '' ? 'the file' : key;
      const words = `${where}: this is no text, and no names with texts below them; put a number in quotes`;
      faults.push({ file, place: place === null ? null : String(place), words });
    }
  };
  if (content !== null) add(content, []);
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw new Failure('usage', `messages ${directory}: ${explainError(error)}`, { cause: error });
  }
}
