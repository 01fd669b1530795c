import { notOneSpace } from './single-spaces.js';

/**
 * What is left of a message without what differs from one resource to the next: its own names, words in quotes, and
 * every word that has a digit (numbers, times, OCIDs, paths, hosts). Two messages of equal shape say the same.
 *
 * @param names of the resource that it is about
 */
export function messageShape(message: string, names: readonly string[]): string {
  let text = ` ${message.slice(0, readChars).toLowerCase()} `;
  for (const name of names) {
    const own = name.toLowerCase();
    if (own.trim() !== '') text = withoutName(text, own);
  }
  return text
    .replace(/"[^"]*"|'[^']*'|`[^`]*`/g, '#')
    .replace(wordWithDigit, '#')
    .replace(/#(?:[\s:.,]*#)+/g, '#')
    .replace(notOneSpace, ' ')
    .trim();
}

/** From where a word begins: within one, it would be tried again at each letter. */
const wordWithDigit = /(?<![^\s,;()[\]{}=])[^\s,;()[\]{}=\d#]*[\d#][^\s,;()[\]{}=]*/g;

const readChars = 2000;
const partOfWord = /[\p{L}\p{N}_]/u;

/** Only where the name is a word: `crm` is not in `scrmble`. */
function withoutName(text: string, name: string): string {
  const parts = text.split(name);
  return parts.reduce((done, part) => {
    const inWord = partOfWord.test(done.slice(-1)) || partOfWord.test(part.slice(0, 1));
    return `${done}${inWord ? name : '#'}${part}`;
  });
}
