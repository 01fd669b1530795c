import { shorten } from '../base/shorten.js';
import { terminalText } from '../base/terminal-text.js';
import type { ExplainedItem } from '../day/explain/explain-files.js';

const indent = '  ';
const gap = '  ';
/** One damaged field must not make every line longer than this; where nothing is cut, it runs on. */
const maxWidest = 100;
/** Narrower, a column says nothing. */
const minResult = 24;

type ColumnName = 'place' | 'disposition' | 'envelope' | 'time' | 'type' | 'subject';

interface Column {
  readonly name: ColumnName;
  readonly text: (item: ExplainedItem) => string;
  /** Whether the end says more than the beginning, where it is cut. */
  readonly keepsEnd: (text: string) => boolean;
  /** It is never cut to less, but left out. */
  readonly min: number;
  /** Widest text until now. */
  widest: number;
}

/** Columns that give way on a narrow terminal, the first one first: what a record became says most. */
const givingWay: readonly ColumnName[] = ['envelope', 'type', 'time', 'subject'];

/** One line an item, in columns that are as wide as their texts, or as the terminal allows. The result comes last. */
export class ItemTable {
  readonly #width: number | null;
  readonly #columns: readonly Column[] = newColumns();
  #widestResult = 0;
  #widths: ReadonlyMap<ColumnName, number> | null = null;

  /** @param width of the terminal; null: nothing is cut */
  constructor(width: number | null) {
    this.#width = width;
  }

  /** To be called for every item, before any line is made. */
  measure(item: ExplainedItem): void {
    for (const column of this.#columns) {
      column.widest = Math.max(column.widest, Math.min(lengthOf(column.text(item)), maxWidest));
    }
    this.#widestResult = Math.max(this.#widestResult, lengthOf(resultOf(item, false)));
  }

  line(item: ExplainedItem): string {
    const widths = this.#fitted();
    const cells = this.#columns.flatMap(({ name, text, keepsEnd }) => {
      const width = widths.get(name) ?? 0;
      const cell = text(item);
      if (width === 0) return [];
      if (this.#width === null) return [padded(cell, width)];
      return [padded(keepsEnd(cell) ? ending(cell, width) : shorten(cell, width), width)];
    });
    // Of what could not even be understood, there is only the reason: it follows at once.
    const shown = cells.slice(2).every((cell) => cell.trim() === '') ? cells.slice(0, 2) : cells;
    const result = resultOf(item, this.#isHidden('type'));
    const line = `${indent}${[...shown, result].join(gap)}`.trimEnd();
    return this.#width === null ? line : shorten(line, this.#width);
  }

  /** Names of columns that have no room. */
  hidden(): readonly string[] {
    return this.#columns.filter(({ name }) => this.#isHidden(name)).map(({ name }) => name);
  }

  #isHidden(name: ColumnName): boolean {
    const column = this.#columns.find((each) => each.name === name);
    return column !== undefined && column.widest > 0 && (this.#fitted().get(name) ?? 0) === 0;
  }

  /** The width of each column; 0: it is left out. */
  #fitted(): ReadonlyMap<ColumnName, number> {
    this.#widths ??= this.#fit();
    return this.#widths;
  }

  #fit(): ReadonlyMap<ColumnName, number> {
    const widths = new Map(this.#columns.map(({ name, widest }) => [name, widest]));
    if (this.#width === null) return widths;
    const room = this.#width - indent.length;
    const wanted = Math.min(this.#widestResult, Math.max(minResult, Math.floor(this.#width / 3)));
    const excess = (): number => widthOf(widths) + wanted - room;
    // All are cut before one is left out.
    for (const name of givingWay) this.#narrow(widths, name, excess());
    for (const name of givingWay) {
      if (excess() <= 0) break;
      widths.set(name, 0);
      this.#widen(widths, -excess());
    }
    return widths;
  }

  #narrow(widths: Map<ColumnName, number>, name: ColumnName, by: number): void {
    const width = widths.get(name) ?? 0;
    const min = Math.min(width, this.#column(name).min);
    if (by > 0) widths.set(name, Math.max(min, width - by));
  }

  /** What a column that was left out gives back goes to those that were cut. */
  #widen(widths: Map<ColumnName, number>, room: number): void {
    let left = room;
    for (const name of givingWay.toReversed()) {
      const width = widths.get(name) ?? 0;
      if (left <= 0 || width === 0) continue;
      const more = Math.min(left, this.#column(name).widest - width);
      widths.set(name, width + more);
      left -= more;
    }
  }

  #column(name: ColumnName): Column {
    const found = this.#columns.find((column) => column.name === name);
    if (found === undefined) throw new Error(`no column ${name}`);
    return found;
  }
}

function newColumns(): Column[] {
  return [
    { name: 'place', text: placeOf, keepsEnd: always, min: 1, widest: 0 },
    { name: 'disposition', text: ({ disposition }) => disposition, keepsEnd: never, min: 1, widest: 0 },
    { name: 'envelope', text: ({ envelope }) => whole(envelope), keepsEnd: always, min: 14, widest: 0 },
    { name: 'time', text: timeOf, keepsEnd: never, min: 20, widest: 0 },
    { name: 'type', text: typeOf, keepsEnd: always, min: 24, widest: 0 },
    { name: 'subject', text: subjectOf, keepsEnd: isId, min: 12, widest: 0 },
  ];
}

function timeOf({ time }: ExplainedItem): string {
  return whole(time).replace(/\.\d+Z$/, 'Z');
}

function subjectOf({ subject }: ExplainedItem): string {
  return whole(subject?.name ?? null);
}

function isId(text: string): boolean {
  return text.startsWith('ocid1.');
}

function always(): boolean {
  return true;
}

function never(): boolean {
  return false;
}

/** The last characters; the first is `…` where text was cut. */
function ending(text: string, width: number): string {
  const characters = Array.from(text);
  return characters.length <= width ? text : `…${characters.slice(1 - width).join('')}`;
}

function widthOf(widths: ReadonlyMap<ColumnName, number>): number {
  let sum = 0;
  for (const width of widths.values()) if (width > 0) sum += width + gap.length;
  return sum;
}

/** `:17` of `events/a.ndjson:17`: the name stands above. */
function placeOf({ place, file }: ExplainedItem): string {
  const within = place.startsWith(file) ? place.slice(file.length) : place;
  return whole(within);
}

function typeOf({ eventType }: ExplainedItem): string {
  return whole(eventType).replace(/^com\.oraclecloud\./i, '');
}

/** @param namesType where no column has the type of an ignored record, it stands here */
function resultOf(item: ExplainedItem, namesType: boolean): string {
  const result = whole(item.reason ?? item.became);
  const type = namesType && item.became === null ? typeOf(item) : '';
  if (type === '') return result;
  return item.disposition === 'ignored' ? `${type}: ${result}` : `${result}: ${type}`;
}

function whole(text: string | null): string {
  return terminalText(text ?? '', Infinity);
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - lengthOf(text)));
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}
