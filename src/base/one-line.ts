import { shorten } from './shorten.js';

/** Controls, invisible format characters, lone surrogates, and every kind of space or line break. */
const gaps = /[\p{Cc}\p{Cf}\p{Cs}\p{Z}]+/gu;

/**
 * Untrusted text (from a server, an error, a file) on one line of a log or an error message: each run of spaces, line
 * breaks and invisible characters becomes one space, and at most `maxChars` code points are kept.
 */
export function oneLine(text: string, maxChars = 300): string {
  return shorten(text.replaceAll(gaps, ' ').trim(), maxChars);
}
