import { isUtf8 } from 'node:buffer';
import type { SourceRecord } from '../../ports/event-source.js';
import { compactJson, isSpace } from './compact-json.js';
import type { FileResult } from './file-result.js';
import { findLineEnd, findResume } from './find-resume.js';
import { HeldText } from './held-text.js';
import { isPlainLine, readPlainLines } from './read-plain-lines.js';
import { ValueScan, byte } from './scan-value.js';
import { UnreadablePart, unreadableRecord } from './unreadable-record.js';
import { isWithinValue, isListContent, nextOnLine } from './value-begins.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

/** Longest text that is no object and no list. Streaming allows 1 MB a message. */
const maxLineBytes = 16 * 1024 * 1024;
/** A longer value would not fit into one JavaScript string. The elements of a list are values of their own. */
const maxValueBytes = 256 * 1024 * 1024;
/** Limits of the block that is decoded at once. */
const minWindow = 4 * 1024;
const maxWindow = 4 * 1024 * 1024;
/** Damage may make bytes be looked at again so many times in all, beside the first allowance. */
const againFactor = 4;
const againBytes = 16 * 1024 * 1024;

const cutOffFault = reasonWords('textCutOff');
const openListFault = reasonWords('listOpen');

/** A list on the top level, whose elements are records. */
interface OpenList {
  readonly place: string;
  index: number;
  /** Nothing was between its brackets so far. */
  isEmpty: boolean;
  /** The last thing was a comma, or the list's beginning. */
  expectsValue: boolean;
  /** A missing comma was told. */
  hasGap: boolean;
}

/** Damage that is passed over until reading can resume. */
interface Skip {
  readonly part: UnreadablePart;
  readonly column: number;
  readonly until: 'line end' | 'value';
  readonly reason: (bytes: number) => string;
}

/**
 * Splits text into JSON values, one record each: objects on lines of their own or over several lines, one after
 * another with or without anything between them, elements of lists, and sequences of RFC 7464. A line that is neither
 * object nor list is one record. Damage is one unreadable record, up to the next line that begins a value.
 */
export class ValueSplitter {
  readonly #name: string;
  readonly #result: FileResult;
  readonly #held = new HeldText();
  #records: SourceRecord[] = [];
  #scan: ValueScan | null = null;
  #list: OpenList | null = null;
  #skip: Skip | null = null;
  #hasRecords = false;
  /** How its records stand in the text, in the order of finding. */
  readonly #layouts = new Set<string>();
  #window = maxWindow;
  #again = 0;

  constructor(name: string, result: FileResult) {
    this.#name = name;
    this.#result = result;
  }

  /** The records that this chunk completes. */
  push(chunk: Buffer): SourceRecord[] {
    this.#held.append(chunk);
    return this.#run(false);
  }

  /** The last records. Text that ends too early is a fault. */
  end(): SourceRecord[] {
    const records = this.#run(true);
    if (this.#list !== null) this.#result.fault ??= openListFault;
    if (this.#layouts.size === 0 && this.#held.used > 0) this.#layouts.add('text');
    if (this.#layouts.size > 0) this.#result.format.push([...this.#layouts].join(' and '));
    return records;
  }

  #run(isEnd: boolean): SourceRecord[] {
    let goesOn = true;
    while (goesOn) {
      const view = this.#held.view();
      if (this.#skip !== null) goesOn = this.#skipOn(view, this.#skip, isEnd);
      else if (this.#scan !== null) goesOn = this.#scanOn(view, this.#scan, isEnd);
      else goesOn = this.#begin(view, isEnd);
    }
    const records = this.#records;
    this.#records = [];
    if (records.length > 0) this.#hasRecords = true;
    return records;
  }

  /** Between two values. Returns false where more bytes are needed. */
  #begin(view: Buffer, isEnd: boolean): boolean {
    let spaces = 0;
    while (spaces < view.length && isSpace(view[spaces] ?? 0)) spaces += 1;
    this.#held.use(spaces);
    const rest = view.subarray(spaces);
    const first = rest[0];
    if (first === undefined) return false;
    if (first === 0xef && this.#held.column === 0) {
      if (rest.length < 3 && !isEnd) return false;
      if (rest[1] === 0xbb && rest[2] === 0xbf) {
        this.#held.use(3);
        this.#held.column = 0;
        return true;
      }
    }
    if (first === byte.recordSeparator) {
      this.#layouts.add('JSON sequence');
      this.#held.use(1);
      if (this.#list !== null) this.#stray(Buffer.alloc(0), reasonWords('listBeforeOpen'));
      this.#list = null;
      return true;
    }
    return this.#list === null ? this.#beginRecord(rest, isEnd) : this.#beginElement(rest, this.#list);
  }

  #beginRecord(view: Buffer, isEnd: boolean): boolean {
    const first = view[0] ?? 0;
    if (first === byte.openObject) {
      if (this.#held.column === 0 && this.#plainLines(view, isEnd)) return true;
      const isPlain = this.#held.column === 0 ? isPlainLine(view, isEnd) : false;
      if (isPlain === true) return this.#textLine(view, isEnd);
      if (isPlain === false) this.#scan = new ValueScan(this.#held.column);
      return isPlain === false;
    }
    if (first === byte.openList) {
      const next = nextOnLine(view);
      if (next === undefined && !isEnd) return false;
      if (next === undefined || isListContent(next)) {
        const place = this.#hasRecords || this.#records.length > 0 ? this.#place() : this.#name;
        this.#layouts.add('JSON list');
        this.#list = { place, index: 0, isEmpty: true, expectsValue: true, hasGap: false };
        this.#held.use(1);
        return true;
      }
    }
    if (first === byte.comma) {
      this.#stray(view.subarray(0, 1), reasonWords('strayComma'));
      this.#held.use(1);
      return true;
    }
    if (isWithinValue(first) || (first === byte.quote && this.#held.column > 0)) {
      this.#startSkip(() => reasonWords('beginningMissing'), 'value');
      return true;
    }
    return this.#textLine(view, isEnd);
  }

  #beginElement(view: Buffer, list: OpenList): boolean {
    const first = view[0] ?? 0;
    // It may stand where a record should be: whether it is all of its file, the reader knows.
    if (first === byte.closeList && list.isEmpty)
      this.#records.push({ kind: 'text', text: '[]', place: list.place });
    list.isEmpty = false;
    if (first === byte.comma || first === byte.closeList) {
      if (list.expectsValue && (first === byte.comma || list.index > 0))
        this.#stray(view.subarray(0, 1), reasonWords('elementMissing'));
      list.expectsValue = true;
      if (first === byte.closeList) this.#list = null;
      this.#held.use(1);
    } else if (isWithinValue(first)) {
      this.#startSkip(() => reasonWords('noElement'), 'value');
    } else {
      if (!list.expectsValue && !list.hasGap) {
        list.hasGap = true;
        this.#stray(Buffer.alloc(0), reasonWords('commaMissing'));
      }
      this.#scan = new ValueScan(this.#held.column);
    }
    return true;
  }

  /** Takes lines of one object each; false where there are none. */
  #plainLines(view: Buffer, isEnd: boolean): boolean {
    const options = { name: this.#name, line: this.#held.line, window: this.#window, isEnd };
    const used = readPlainLines(view, options, this.#records);
    this.#window = used > this.#window / 2 ? Math.min(this.#window * 4, maxWindow) : minWindow;
    this.#held.use(used);
    if (used > 0) this.#layouts.add('JSON lines');
    return used > 0;
  }

  /** A line that is neither object nor list. */
  #textLine(view: Buffer, isEnd: boolean): boolean {
    const found = findLineEnd(view);
    const end = found < 0 ? view.length : found;
    if (end > maxLineBytes) {
      this.#startSkip((bytes) => reasonWords('lineTooLong', { bytes, most: maxLineBytes }), 'line end');
      return true;
    }
    if (found < 0 && !isEnd) return false;
    const line = view.subarray(0, view[end - 1] === byte.return ? end - 1 : end);
    this.#layouts.add(view[0] === byte.openObject ? 'JSON lines' : 'other lines');
    if (found < 0 && this.#result.fault !== null) {
      this.#stray(line, reasonWords('lineCutOff'));
    } else {
      this.#emit(line, this.#place());
    }
    this.#held.use(end);
    return true;
  }

  #scanOn(view: Buffer, scan: ValueScan, isEnd: boolean): boolean {
    const end = scan.run(view);
    if (scan.at > maxValueBytes) {
      this.#startSkip((bytes) => reasonWords('valueTooLong', { bytes, most: maxValueBytes }), 'value');
      this.#moveToSkip(maxValueBytes);
      return true;
    }
    if (end.kind === 'whole' || (isEnd && end.kind === 'open' && scan.isScalar)) {
      const list = this.#list;
      if (list === null) this.#layouts.add(layoutOf(view.subarray(0, scan.at)));
      this.#emit(view.subarray(0, scan.at), list === null ? this.#place() : `${list.place}[${list.index}]`);
      if (list !== null) {
        list.index += 1;
        list.expectsValue = false;
      }
      this.#held.use(scan.at);
      this.#scan = null;
      return true;
    }
    if (end.kind === 'open' && !isEnd) return false;
    this.#damage(view, scan, end.kind === 'damaged' ? end.reason : null);
    return true;
  }

  /** @param reason null: the text ends within the value */
  #damage(view: Buffer, scan: ValueScan, reason: string | null): void {
    this.#scan = null;
    const looked = reason === null ? view : view.subarray(0, scan.at + 1);
    const resume = findResume(looked, { column: this.#held.column, isInList: this.#list !== null });
    this.#again += scan.at;
    if (resume.at !== null && this.#again <= againBytes + againFactor * this.#held.used) {
      this.#stray(view.subarray(0, resume.at), reason ?? reasonWords('notClosed'));
      if (this.#list !== null) this.#list.expectsValue = true;
      this.#held.use(resume.at);
    } else if (reason === null) {
      const what = view.includes(byte.newline) ? 'record' : 'line';
      this.#stray(view, reasonWords(`${what}CutOff`));
      this.#result.fault ??= cutOffFault;
      this.#held.use(view.length);
    } else {
      this.#startSkip(() => reason, 'value');
      this.#moveToSkip(scan.at);
    }
  }

  #startSkip(reason: Skip['reason'], until: Skip['until']): void {
    this.#scan = null;
    this.#skip = { part: new UnreadablePart(this.#place()), column: this.#held.column, until, reason };
  }

  #moveToSkip(bytes: number): void {
    this.#skip?.part.add(this.#held.view().subarray(0, bytes));
    this.#held.use(bytes);
  }

  #skipOn(view: Buffer, skip: Skip, isEnd: boolean): boolean {
    let at: number | null;
    let seen = view.length;
    if (skip.until === 'line end') {
      const end = findLineEnd(view);
      at = end < 0 ? null : end;
    } else {
      ({ at, seen } = findResume(view, { column: skip.column, isInList: this.#list !== null }));
    }
    this.#moveToSkip(at ?? (isEnd ? view.length : seen));
    if (at === null && !isEnd) return false;
    this.#records.push(skip.part.record(skip.reason(skip.part.bytes)));
    if (this.#list !== null) this.#list.expectsValue = true;
    this.#skip = null;
    return true;
  }

  #emit(bytes: Buffer, place: string): void {
    const hasLines = bytes.includes(byte.newline) || bytes.includes(byte.return);
    if (!isUtf8(bytes)) {
      this.#stray(bytes, reasonWords(hasLines ? 'recordNotUtf8' : 'lineNotUtf8'));
    } else {
      const line = hasLines ? compactJson(bytes) : bytes;
      this.#records.push({ kind: 'text', text: line.toString('utf8'), place });
    }
  }

  #stray(bytes: Buffer, reason: string): void {
    this.#records.push(unreadableRecord(bytes, reason, this.#place()));
  }

  #place(): string {
    return `${this.#name}:${this.#held.line}`;
  }
}

function layoutOf(value: Buffer): string {
  return value.includes(byte.newline) || value.includes(byte.return) ? 'JSON of several lines' : 'JSON lines';
}
