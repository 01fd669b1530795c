import { plainLine } from '../../base/text-safety.js';
import type { Wording } from './wording.js';

/** Most characters of one text. A digest is read on a phone. */
const nameChars = 120;
const sentenceChars = 240;

/** Texts from events, sanitised for one line of a mail. */
export interface MailTexts {
  readonly name: (text: string) => string;
  readonly sentence: (text: string) => string;
  /** At most so many code points; if it was cut, with the full length. */
  readonly short: (text: string, maxChars: number) => string;
  /** An ISO instant in the zone of the report day. */
  readonly time: (iso: string) => string;
  /** A civil date. */
  readonly day: (date: string) => string;
}

/** @param timezone of the report day, IANA */
export function mailTexts(wording: Wording, timezone: string): MailTexts {
  return {
    name: (text) => mailName(text, wording),
    sentence: (text) => mailSentence(text, wording),
    short: (text, maxChars) => shortened(text, maxChars, wording),
    time: (iso) => mailName(wording.time(iso, timezone), wording),
    day: (date) => mailName(wording.language.date(date), wording),
  };
}

/** A name as shown in a mail. */
export function mailName(text: string, wording: Wording): string {
  return shortened(text, nameChars, wording);
}

/** A sentence as shown in a mail. */
export function mailSentence(text: string, wording: Wording): string {
  return shortened(text, sentenceChars, wording);
}

function shortened(text: string, maxChars: number, wording: Wording): string {
  if (text.length <= maxChars) return plainLine(text);
  const characters = [...text];
  if (characters.length <= maxChars) return plainLine(text);
  const start = plainLine(characters.slice(0, maxChars).join(''));
  return wording.text('mail.clipped', { text: start, number: characters.length });
}
