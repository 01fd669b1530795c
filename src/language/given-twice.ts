import { reasonWords } from '../model/reasons/reason-words.js';
import type { MessageFault, WrittenMessage } from './read-catalogue.js';

/** Within one language of one folder each key has one text: of two, nobody knows which is shown. */
export function givenTwice(messages: readonly WrittenMessage[]): readonly MessageFault[] {
  const first = new Map<string, WrittenMessage>();
  return messages.flatMap((message) => {
    const { file, key } = message;
    const earlier = first.get(key);
    first.set(key, message);
    if (earlier === undefined) return [];
    const line = message.line();
    const words = `${key}: ${reasonWords('messageTwice', { place: `${earlier.file}:${earlier.line() ?? '?'}` })}`;
    return [{ file, place: line === null ? null : String(line), words, key }];
  });
}
