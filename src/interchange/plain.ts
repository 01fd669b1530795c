import { plainLine } from '../base/text-safety.js';

/** Untrusted text on one line, with nothing around it: whatever is invisible becomes visible. */
export function oneLineOf(text: string): string {
  return plainLine(text).trim();
}

/** What Markdown, HTML and OSCAL's insertions could take for more than text. An underscore within a word is none. */
const markup = /[\\`*[\]<>{}~^$&]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

/** Untrusted text for a field that programs show as Markdown. */
export function asMarkup(text: string): string {
  return oneLineOf(text).replace(markup, String.raw`\$&`);
}
