/** What no terminal, card or message shows as itself: controls but the line feed, and what turns the direction of text. */
const unseen = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** Text of events and servers: harmless, several lines, at most so many characters. */
export function messageText(text: string, maxChars: number): string {
  const plain = text
    .slice(0, 4 * maxChars)
    .toWellFormed()
    .replace(unseen, (character) => (character === '\n' ? '\n' : ' '));
  const characters = [...plain];
  return characters.length <= maxChars ? plain : `${characters.slice(0, maxChars - 1).join('')}…`;
}

/** The same on one line. */
export function messageLine(text: string, maxChars: number): string {
  return messageText(text.replace(/\s+/gu, ' ').trim(), maxChars);
}

/** An address that may become a link. */
export function isWebAddress(text: string): boolean {
  return /^https:\/\/[^\s<>|"\\]{1,2000}$/u.test(text) && URL.canParse(text);
}
