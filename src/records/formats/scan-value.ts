import { reasonWords } from '../../model/reasons/reason-words.js';

/** Why a value does not end as it should. */
export type ScanEnd =
  | { readonly kind: 'whole' }
  /** The bytes end within it. */
  | { readonly kind: 'open' }
  | { readonly kind: 'damaged'; readonly reason: string };

/** No event is nested so deeply. */
const maxDepth = 1_000_000;

const whole: ScanEnd = { kind: 'whole' };
const open: ScanEnd = { kind: 'open' };

export const byte = {
  tab: 0x09,
  newline: 0x0a,
  return: 0x0d,
  recordSeparator: 0x1e,
  space: 0x20,
  quote: 0x22,
  comma: 0x2c,
  colon: 0x3a,
  openList: 0x5b,
  backslash: 0x5c,
  closeList: 0x5d,
  openObject: 0x7b,
  closeObject: 0x7d,
} as const;

/**
 * Finds the end of one JSON value, over any number of calls. It is no parser: what is wrong within brackets that match
 * is left to the parser. But it knows that a value was cut off where another one begins on a line of its own, not
 * further right than this one began, at a place where none may stand.
 */
export class ValueScan {
  /** Bytes of the value that were looked at. */
  at = 0;
  readonly #column: number;
  readonly #open: number[] = [];
  #isInText = false;
  isScalar = false;
  /** A value may begin here. */
  #mayBegin = true;
  /** Bytes since the line began; null once there was more than white space. */
  #indent: number | null = null;

  /** @param column bytes before the value in its line */
  constructor(column: number) {
    this.#column = column;
  }

  /** @param bytes from the value's beginning on */
  run(bytes: Buffer): ScanEnd {
    while (this.at < bytes.length) {
      const end = this.#isInText ? this.#text(bytes) : this.#token(bytes[this.at] ?? 0);
      if (end !== null) return end;
    }
    return open;
  }

  /** From the current byte to behind the closing quote. */
  #text(bytes: Buffer): ScanEnd | null {
    let at = this.at;
    for (; at < bytes.length; at += 1) {
      const char = bytes[at] ?? 0;
      if (char === byte.backslash) {
        // What is escaped may come with the next chunk.
        if (at + 1 >= bytes.length) break;
        at += 1;
        if ((bytes[at] ?? 0) < byte.space) at -= 1;
      } else if (char === byte.quote) {
        this.at = at + 1;
        this.#isInText = false;
        this.#mayBegin = false;
        return this.#open.length === 0 ? whole : null;
      } else if (char === byte.newline || char === byte.recordSeparator) {
        this.at = at;
        return { kind: 'damaged', reason: reasonWords('textNotClosed') };
      }
    }
    this.at = at;
    return at < bytes.length ? open : null;
  }

  #token(char: number): ScanEnd | null {
    if (char <= byte.space) return this.#space(char);
    if (this.isScalar && isStructural(char)) return whole;
    const indent = this.#indent;
    this.#indent = null;
    if (char === byte.openObject || char === byte.openList) {
      if (!this.#mayBegin && indent !== null && indent <= this.#column)
        return { kind: 'damaged', reason: reasonWords('notClosedBeforeNext') };
      if (this.#open.length >= maxDepth) return { kind: 'damaged', reason: reasonWords('nestedTooMuch') };
      this.#open.push(char);
      this.#mayBegin = char === byte.openList;
    } else if (char === byte.closeObject || char === byte.closeList) {
      // The codes of a bracket and its partner differ by two.
      if (this.#open.at(-1) !== char - 2)
        return { kind: 'damaged', reason: reasonWords('bracketsUnmatched') };
      this.#open.pop();
      this.#mayBegin = false;
    } else if (char === byte.quote) {
      this.#isInText = true;
    } else if (char === byte.comma) {
      this.#mayBegin = this.#open.at(-1) === byte.openList;
    } else if (char === byte.colon) {
      this.#mayBegin = true;
    } else {
      this.isScalar = this.#open.length === 0;
      this.#mayBegin = false;
    }
    this.at += 1;
    return this.#open.length === 0 && !this.#isInText && !this.isScalar ? whole : null;
  }

  #space(char: number): ScanEnd | null {
    if (char === byte.recordSeparator && !this.isScalar)
      return { kind: 'damaged', reason: reasonWords('notClosedBeforeNext') };
    if (this.isScalar) return whole;
    if (char === byte.newline) this.#indent = 0;
    else if (this.#indent !== null) this.#indent += 1;
    this.at += 1;
    return null;
  }
}

function isStructural(char: number): boolean {
  return (
    char === byte.comma ||
    char === byte.closeList ||
    char === byte.closeObject ||
    char === byte.openObject ||
    char === byte.openList ||
    char === byte.quote ||
    char === byte.colon
  );
}
