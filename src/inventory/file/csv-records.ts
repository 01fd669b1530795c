/** A record of a CSV text, or why a part of it is none; `line` counts from 1 and is where the record begins. */
export type CsvRecord =
  | { readonly line: number; readonly fields: readonly string[] }
  | { readonly line: number; readonly fault: string };

const blanks = /[ \t]*/y;
const plainField = /[^,"\r\n]*/y;

/**
 * The records of a text as RFC 4180 has them: fields between commas, in quotes where they hold a comma, a quote or a line
 * break. Blanks around fields are left out, and so are empty lines. A quote that is never closed is told where it was
 * opened, and reading goes on with the line after it, so that all faults of a file are told at once.
 */
export function* csvRecords(text: string): Generator<CsvRecord> {
  const starts = lineStarts(text);
  for (let line = 1; line <= starts.length;) {
    const read = readRecord(text, starts[line - 1] ?? 0, line);
    const { record, nextLine } = read;
    line = Math.max(nextLine, line + 1);
    const isEmpty = 'fields' in record && record.fields.length === 1 && record.fields[0] === '';
    if (!isEmpty) yield record;
  }
}

interface ReadRecord {
  readonly record: CsvRecord;
  readonly nextLine: number;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + end.length);
  return starts;
}

function readRecord(text: string, start: number, line: number): ReadRecord {
  const fields: string[] = [];
  let at = start;
  let lineNow = line;
  // Where a field began that goes over several lines: if anything is wrong further on, its quote was never closed.
  let openLine: number | null = null;
  for (;;) {
    at = after(blanks, text, at);
    const isQuoted = text[at] === '"';
    const field = isQuoted ? readQuoted(text, at) : readPlain(text, at);
    if (field === null) return unclosed(openLine ?? lineNow);
    const next = isQuoted ? after(blanks, text, field.end) : field.end;
    if (field.lineBreaks > 0) openLine ??= lineNow;
    if (!isFieldEnd(text[next])) return openLine === null ? strayQuote(lineNow) : unclosed(openLine);
    fields.push(field.value.trim());
    lineNow += field.lineBreaks;
    at = next;
    if (text[at] !== ',') break;
    at += 1;
  }
  return { record: { line, fields }, nextLine: lineNow + 1 };
}

function unclosed(line: number): ReadRecord {
  return { record: { line, fault: 'Quote not closed: the one that opens on this line' }, nextLine: line + 1 };
}

function strayQuote(line: number): ReadRecord {
  const fault = 'a field with a quote in it must stand in quotes, and the quote in it be written twice';
  return { record: { line, fault }, nextLine: line + 1 };
}

interface Field {
  readonly value: string;
  readonly end: number;
  readonly lineBreaks: number;
}

function readPlain(text: string, from: number): Field {
  const end = after(plainField, text, from);
  return { value: text.slice(from, end), end, lineBreaks: 0 };
}

/** The text up to the closing quote; null: there is none. */
function readQuoted(text: string, open: number): Field | null {
  let value = '';
  let at = open + 1;
  for (;;) {
    const close = text.indexOf('"', at);
    if (close < 0) return null;
    value += text.slice(at, close);
    at = close + 1;
    if (text[at] !== '"') break;
    value += '"';
    at += 1;
  }
  return { value, end: at, lineBreaks: value.match(/\r\n|\r|\n/g)?.length ?? 0 };
}

function isFieldEnd(letter: string | undefined): boolean {
  return letter === undefined || letter === ',' || letter === '\r' || letter === '\n';
}

/** Where the text goes on after what matches; the pattern is sticky. */
function after(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}
