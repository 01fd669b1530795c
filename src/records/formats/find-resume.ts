import { byte } from './scan-value.js';

export interface ResumeQuery {
  /** Reading resumes only at a line that is not indented further than what is damaged. */
  readonly column: number;
  /** A list that may end here, too. */
  readonly isInList: boolean;
}

/** `at`: where reading may resume. null: nowhere yet, and the bytes before `seen` need not be looked at again. */
export interface Resume {
  readonly at: number | null;
  readonly seen: number;
}

/** Finds the next line that begins a value, or the next record separator (RFC 7464), behind damage. */
export function findResume(bytes: Buffer, { column, isInList }: ResumeQuery): Resume {
  const separator = bytes.indexOf(byte.recordSeparator);
  const end = separator < 0 ? bytes.length : separator;
  for (let newline = bytes.indexOf(byte.newline); newline >= 0;) {
    if (newline >= end) break;
    const line = newline + 1;
    let at = line;
    while (bytes[at] === byte.space || bytes[at] === byte.tab) at += 1;
    const char = bytes[at];
    // The line's first word may come with the next chunk.
    if (char === undefined) return { at: null, seen: newline };
    const indent = at - line;
    const isBegin = (char === byte.openObject || char === byte.openList) && indent <= column;
    const isListEnd = isInList && char === byte.closeList && (indent < column || column === 0);
    if (isBegin || isListEnd) return { at: line, seen: line };
    newline = bytes.indexOf(byte.newline, line);
  }
  return separator < 0 ? { at: null, seen: bytes.length } : { at: separator, seen: separator };
}

/** The next end of a line or record separator. */
export function findLineEnd(bytes: Buffer): number {
  const newline = bytes.indexOf(byte.newline);
  const line = newline < 0 ? bytes : bytes.subarray(0, newline);
  const separator = line.indexOf(byte.recordSeparator);
  return separator < 0 ? newline : separator;
}
