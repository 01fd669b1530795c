import { createRequire } from 'node:module';
import { compiledName, readCompiled } from '../files/compiled-files.js';

/** A message as a file of messages says it. */
export interface CompiledMessage {
  readonly key: string;
  readonly text: string;
}

/** The messages of a text without a fault, in its order, as they were read when the tool was built; null: they were not. */
export function compiledMessages(text: string): readonly CompiledMessage[] | null {
  const read = readCompiled(compiledMessagesName(text));
  return isMessages(read) ? read : null;
}

/** Name of the file that holds the messages of a text. */
export function compiledMessagesName(text: string): string {
  const { version }: { readonly version: string } = createRequire(import.meta.url)('yaml/package.json');
  return compiledName('messages', ['yaml', version, text]);
}

function isMessages(read: unknown): read is readonly CompiledMessage[] {
  return Array.isArray(read) && read.every(isMessage);
}

function isMessage(read: unknown): read is CompiledMessage {
  if (typeof read !== 'object' || read === null || !('key' in read) || !('text' in read)) return false;
  return typeof read.key === 'string' && typeof read.text === 'string';
}
