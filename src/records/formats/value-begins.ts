import { isSpace } from './compact-json.js';
import { byte } from './scan-value.js';

/** The first byte behind a `[` that is no blank, if it is known; the newline where nothing else is on the line. */
export function nextOnLine(view: Buffer): number | undefined {
  for (let at = 1; at < view.length; at += 1) {
    const char = view[at] ?? 0;
    if (char !== byte.space && char !== byte.tab) return char;
  }
  return undefined;
}

/** Records can follow: what begins otherwise is `[2026-11-20 …] INFO`, or a list of numbers. */
export function isListContent(char: number): boolean {
  return (
    isSpace(char) ||
    char === byte.openObject ||
    char === byte.openList ||
    char === byte.closeList ||
    char === byte.quote
  );
}

/** What stands only within a value or a list. */
export function isWithinValue(char: number): boolean {
  return char === byte.closeObject || char === byte.closeList || char === byte.colon;
}
