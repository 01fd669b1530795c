import { isUtf8 } from 'node:buffer';
import type { SourceRecord } from '../../ports/event-source.js';
import { byte } from './scan-value.js';

/** A longer line is read the long way. */
const maxPlainBytes = 16 * 1024 * 1024;

export interface PlainLines {
  readonly name: string;
  /** Number of the first line. */
  readonly line: number;
  /** About so many bytes are looked at. */
  readonly window: number;
  /** No bytes follow. */
  readonly isEnd: boolean;
}

/**
 * The short way through NDJSON: whole blocks are decoded at once. It takes only lines that `isPlainLine` takes, and
 * leaves all else to the long way.
 *
 * @param bytes begin with a line
 * @param records are added to
 * @returns how many bytes were read: whole lines
 */
export function readPlainLines(bytes: Buffer, options: PlainLines, records: SourceRecord[]): number {
  const end = blockEnd(bytes, options.window);
  const block = bytes.subarray(0, Math.max(end, 0));
  if (end < 0 || !isUtf8(block)) return 0;
  const text = block.toString('utf8');
  const mayHoldSeveral = holdsSeveral(text);
  let line = options.line;
  let at = 0;
  let stop = -1;
  /** A line that is a record, unless the next one continues it. */
  let held: { readonly text: string; readonly line: number; readonly at: number } | null = null;
  for (const raw of text.split('\n')) {
    const row = withoutReturn(raw);
    if (row !== '') {
      const first = row.charCodeAt(0);
      if (held !== null && continues(first)) break;
      if (held !== null) records.push(recordOf(held, options.name));
      held = null;
      stop = at;
      if (
        !isWholeObject(row, first) ||
        raw.length > maxPlainBytes / 4 ||
        (mayHoldSeveral && holdsSeveral(row))
      )
        break;
      held = { text: row, line, at };
    }
    at += raw.length + 1;
    line += 1;
    stop = -1;
  }
  const next = bytes[end + 1];
  if (held !== null && stop < 0 && at > text.length) {
    if (next === undefined ? options.isEnd : !continues(next)) {
      records.push(recordOf(held, options.name));
      return end + 1;
    }
  }
  if (held !== null) stop = held.at;
  if (stop < 0) return end + 1;
  return text.length === block.length ? stop : Buffer.byteLength(text.slice(0, stop));
}

/**
 * Whether the first line is a record as it stands, with whatever is wrong in it: it reaches from `{` to `}`, and the
 * next line with something on it does not begin with what only the inside of a value can have. null: more bytes are
 * needed to know.
 */
export function isPlainLine(bytes: Buffer, isEnd: boolean): boolean | null {
  const newline = bytes.indexOf(byte.newline);
  if (newline < 0) return isEnd || bytes.length > maxPlainBytes ? false : null;
  const row = withoutReturn(bytes.toString('latin1', 0, Math.min(newline, maxPlainBytes + 1)));
  if (row.length > maxPlainBytes || !isWholeObject(row, row.charCodeAt(0)) || holdsSeveral(row)) return false;
  for (let at = newline; at < bytes.length; at += 1) {
    const char = bytes[at] ?? 0;
    if (char === byte.newline) continue;
    const isEmptyLine = char === byte.return && bytes[at + 1] === byte.newline;
    if (char === byte.return && at + 1 === bytes.length && !isEnd) return null;
    if (!isEmptyLine) return !continues(char);
  }
  return isEnd ? true : null;
}

function withoutReturn(row: string): string {
  return row.endsWith('\r') ? row.slice(0, -1) : row;
}

function recordOf(held: { readonly text: string; readonly line: number }, name: string): SourceRecord {
  return { kind: 'text', text: held.text, place: `${name}:${held.line}` };
}

/** The last newline of the window, where its first line looks as if it were one object. */
function blockEnd(bytes: Buffer, window: number): number {
  const first = bytes.indexOf(byte.newline);
  if (first < 0) return -1;
  const last = bytes[first - 1] === byte.return ? bytes[first - 2] : bytes[first - 1];
  if (last !== byte.closeObject) return -1;
  return Math.max(first, bytes.lastIndexOf(byte.newline, window));
}

function isWholeObject(row: string, first: number): boolean {
  return first === byte.openObject && row.charCodeAt(row.length - 1) === byte.closeObject;
}

/** Whether there may be more than one value on a line. Plain searches are much faster here than an expression. */
function holdsSeveral(text: string): boolean {
  return ['}{', '} ', '}\t', '\r', '\u001E'].some((mark) => text.includes(mark));
}

/** No record begins so: it is the inside of a value, or indented. */
function continues(char: number): boolean {
  return char <= byte.space || char === byte.comma || char === byte.closeList || char === byte.closeObject;
}
