import { nearestWord } from '../base/nearest-word.js';
import type { Language } from '../model/language.js';
import { reasonWords } from '../model/reasons/reason-words.js';
import { type Message, compileMessage } from './compile-message.js';

/** Messages by key, in ICU MessageFormat (unicode-org.github.io/icu: "Formatting Messages"). */
export type Messages = Readonly<Record<string, string>>;

/** Returns the message of a key with its values filled in. Throws TypeError for a key that no language has. */
export type MessageText = Language['text'];

/** Compiles each message on first use: a report uses only a part of the catalogue. */
export function createMessageText(catalogue: {
  readonly tag: string;
  readonly messages: Messages;
  readonly fallback: Messages;
}): MessageText {
  const compiled = new Map<string, Message>();
  return (key, values = {}) => {
    let message = compiled.get(key);
    if (message === undefined) compiled.set(key, (message = compile(key, catalogue)));
    return message(values);
  };
}

function compile(key: string, { tag, messages, fallback }: Parameters<typeof createMessageText>[0]): Message {
  const own = Object.hasOwn(messages, key) ? messages[key] : undefined;
  const written = own ?? (Object.hasOwn(fallback, key) ? fallback[key] : undefined);
  if (written === undefined)
    throw new TypeError(unknownMessage(key, [...Object.keys(fallback), ...Object.keys(messages)]));
  return compileMessage(written, own === undefined ? 'en' : tag);
}

function unknownMessage(key: string, known: readonly string[]): string {
  const meant = nearestWord(key, known);
  if (meant === null) return reasonWords('messageUnknown', { key });
  return reasonWords('messageUnknownMeant', { key, meant });
}
