import { shorten } from '../base/shorten.js';

/** Characters that no terminal, card or message displays: controls except line feed, and marks of text direction. */
const unseen = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** Sanitised text for a card or a message: several lines, at most `maxChars` characters. */
export function messageText(text: string, maxChars: number): string {
  const plain = text
    .slice(0, 4 * maxChars)
    .toWellFormed()
    .replace(unseen, (character) => (character === '\n' ? '\n' : ' '));
  return shorten(plain, maxChars);
}

/** The same on one line. Unlike oneLine it keeps joiners (in some scripts and emoji), because people read it. */
export function messageLine(text: string, maxChars: number): string {
  return messageText(text.replace(/\s+/gu, ' ').trim(), maxChars);
}

/** A URL that may become a link. */
export function isWebAddress(text: string): boolean {
  return /^https:\/\/[^\s<>|"\\]{1,2000}$/u.test(text) && URL.canParse(text);
}
