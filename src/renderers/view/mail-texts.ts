import { plainLine } from '../../base/text-safety.js';
import type { Wording } from './wording.js';

/** Characters of one text. A digest is read on a phone. */
export const nameChars = 120;
export const textChars = 240;

/** Texts of events, harmless in one line of a mail. */
export type MailTexts = ReturnType<typeof mailTexts>;

/** @param timezone of the report day, IANA */
export function mailTexts(wording: Wording, timezone: string) {
  /** At most so many code points, with the length of the whole where it was cut. */
  const short = (text: string, maxChars: number): string => {
    if (text.length <= maxChars) return plainLine(text);
    const characters = [...text];
    if (characters.length <= maxChars) return plainLine(text);
    const start = plainLine(characters.slice(0, maxChars).join(''));
    return wording.text('mail.clipped', { text: start, number: characters.length });
  };
  return {
    name: (text: string): string => short(text, nameChars),
    sentence: (text: string): string => short(text, textChars),
    short,
    /** An ISO instant in the zone of the report day. */
    time: (iso: string): string => short(wording.time(iso, timezone), nameChars),
    /** A civil date. */
    day: (date: string): string => short(wording.language.date(date), nameChars),
  };
}
