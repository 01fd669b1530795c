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
    const words = `${key}: it is there twice: ${earlier.file}:${earlier.line() ?? '?'} has it as well: keep one`;
    return [{ file, place: line === null ? null : String(line), words, key }];
  });
}
