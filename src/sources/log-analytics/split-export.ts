import type { Row } from './query-answer.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

/** What every row has that the queries of this source ask for, by display name or internal name. */
const rowKeys: ReadonlySet<string> = new Set(['Time', 'time', 'Original Log Content', 'mbody']);

const recordSeparator = '\u001e';

interface Frame {
  readonly kind: '{' | '[';
  /** Where it begins in the text that is kept. */
  start: number;
  /** Whether it may be a row: at the top, or in a list. */
  readonly mayBeRow: boolean;
  isRow: boolean;
  /** Whether it is a wrapper of rows. */
  hasRows: boolean;
  /** Whether the next string is a key. */
  expectsKey: boolean;
}

/**
 * Finds the rows in the text of an export while it comes, whatever of the forms that Oracle does not document it has:
 * a list, an object with a list, or a row per line. Keeps no more than the row that is being read.
 */
export class ExportSplitter {
  #text = '';
  #position = 0;
  readonly #stack: Frame[] = [];
  #rows: Row[] = [];

  /** How much text is kept for the rows to come. */
  get pendingChars(): number {
    return this.#text.length;
  }

  /**
   * @returns the rows that have ended in this part of the text
   * @throws SyntaxError if it is no JSON
   */
  add(text: string): readonly Row[] {
    this.#text += text;
    this.#rows = [];
    while (this.#position < this.#text.length && this.#step());
    this.#forget();
    return this.#rows;
  }

  /** @throws SyntaxError if the text ended within a value */
  end(): void {
    if (this.#stack.length > 0 || this.#position < this.#text.length)
      throw new SyntaxError(reasonWords('exportEndedEarly'));
  }

  /** false: more text is needed. */
  #step(): boolean {
    const character = this.#text[this.#position] ?? '';
    const frame = this.#stack.at(-1);
    if (character === '"' && frame !== undefined) return this.#string(frame);
    if (character === '{' || character === '[') this.#open(character, frame);
    else if (character === '}' || character === ']') this.#close(character, frame);
    else if (frame === undefined) refuseAtTop(character, this.#text.slice(this.#position));
    else if (character === ',') frame.expectsKey = frame.kind === '{';
    this.#position += 1;
    return true;
  }

  #open(kind: Frame['kind'], parent: Frame | undefined): void {
    const mayBeRow = kind === '{' && (parent === undefined || parent.kind === '[') && !this.#isInRow();
    const start = this.#position;
    this.#stack.push({ kind, start, mayBeRow, isRow: false, hasRows: false, expectsKey: kind === '{' });
  }

  #close(character: string, frame: Frame | undefined): void {
    if (frame === undefined || (frame.kind === '{') !== (character === '}')) {
      throw new SyntaxError(reasonWords('exportTooMany', { character }));
    }
    this.#stack.pop();
    if (!frame.isRow) return;
    this.#rows.push(JSON.parse(this.#text.slice(frame.start, this.#position + 1)));
    for (const outer of this.#stack) outer.hasRows = true;
  }

  #string(frame: Frame): boolean {
    const end = closingQuote(this.#text, this.#position + 1);
    if (end === -1) return false;
    if (frame.expectsKey && frame.mayBeRow && !frame.hasRows) {
      frame.isRow ||= rowKeys.has(this.#text.slice(this.#position + 1, end));
    }
    frame.expectsKey = false;
    this.#position = end + 1;
    return true;
  }

  #isInRow(): boolean {
    return this.#stack.some(({ isRow }) => isRow);
  }

  /** Drops the text that no row can need any more. */
  #forget(): void {
    const first = this.#stack.find(({ mayBeRow, hasRows }) => mayBeRow && !hasRows);
    const keptFrom = first?.start ?? this.#position;
    this.#text = this.#text.slice(keptFrom);
    this.#position -= keptFrom;
    for (const frame of this.#stack) frame.start -= keptFrom;
  }
}

/** Between values there may be white space, commas and the record separators of RFC 7464. */
function refuseAtTop(character: string, rest: string): void {
  if (character.trim() === '' || character === ',' || character === recordSeparator) return;
  throw new SyntaxError(reasonWords('exportNoJson', { text: JSON.stringify(rest.slice(0, 100)) }));
}

/** Where the string ends that began before `from`; -1 if not yet. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (at - slashes - 1 >= from && text[at - slashes - 1] === '\\') slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}
