import type { DayCoverage } from '../model/day-coverage.js';
import { type DayMark, besideOf, besides, dayMarks, markOfDay } from './day-marks.js';

export interface CalendarLook {
  readonly columns: number;
  readonly isColoured: boolean;
}

const cellWidth = 2;
const indent = '  ';
const labelWidth = '2026-11-19'.length + 2;
const mostDays = 31;
/** What does not fit is broken after whole weeks of the month. */
const week = 7;

/** A row a month, or several on a narrow terminal: a letter a day, and behind it what is besides. */
export function calendarLines(days: readonly DayCoverage[], look: CalendarLook): readonly string[] {
  const room = Math.floor((look.columns - indent.length - labelWidth) / cellWidth);
  const perRow = room >= mostDays ? mostDays : Math.max(week, room - (room % week));
  const head = perRow === mostDays ? [headLine()] : [];
  return [...head, ...months(days).flatMap((month) => monthLines(month, perRow, look))];
}

/** What the letters mean that occur in the days. */
export function legendLines(days: readonly DayCoverage[], look: CalendarLook): readonly string[] {
  const used = new Set(days.map((day) => markOfDay(day).letter));
  const besideDays = new Set(days.map(besideOf));
  const entries = [
    ...dayMarks
      .filter(({ letter }) => used.has(letter))
      .map((mark) => ({ text: `${mark.letter} ${mark.words}`, mark })),
    ...[
      { beside: besides.revised, words: 'revised' },
      { beside: besides.unsigned, words: 'unsigned' },
      { beside: besides.both, words: 'revised and unsigned' },
    ]
      .filter(({ beside }) => besideDays.has(beside))
      .map(({ beside, words }) => ({ text: `${beside} ${words}`, mark: null })),
  ];
  return wrapped(entries, look);
}

/** A day of each week, so that a date is found. */
function headLine(): string {
  let line = '';
  for (const day of [1, 8, 15, 22, 29]) line = `${line.padEnd((day - 1) * cellWidth)}${day}`;
  return `${indent}${' '.repeat(labelWidth)}${line}`;
}

/** The days of each month, by their position in it. */
function months(days: readonly DayCoverage[]): readonly (readonly (DayCoverage | null)[])[] {
  const byMonth = new Map<string, (DayCoverage | null)[]>();
  for (const day of days) {
    const month = day.date.slice(0, 7);
    const cells = byMonth.get(month) ?? [];
    byMonth.set(month, cells);
    const position = Number(day.date.slice(8)) - 1;
    while (cells.length < position) cells.push(null);
    cells.push(day);
  }
  return [...byMonth.values()];
}

function monthLines(
  cells: readonly (DayCoverage | null)[],
  perRow: number,
  look: CalendarLook,
): readonly string[] {
  const month = cells.find((day) => day !== null)?.date.slice(0, 7) ?? '';
  const lines: string[] = [];
  for (let start = 0; start < cells.length; start += perRow) {
    const row = cells.slice(start, start + perRow);
    if (row.every((day) => day === null)) continue;
    const first = String(start + 1).padStart(2, '0');
    const label = perRow === mostDays ? month : `${month}-${first}`;
    const text = row.map((day) => (day === null ? ' '.repeat(cellWidth) : cellOf(day, look))).join('');
    lines.push(`${indent}${label.padEnd(labelWidth)}${text}`.trimEnd());
  }
  return lines;
}

function cellOf(day: DayCoverage, look: CalendarLook): string {
  const mark = markOfDay(day);
  return `${coloured(mark.letter, mark, look)}${besideOf(day)}`;
}

/** SGR codes of ECMA-48. */
const codes = { green: 32, yellow: 33, red: 31, magenta: 35, plain: 0 } as const;

function coloured(text: string, { colour }: DayMark, { isColoured }: CalendarLook): string {
  return isColoured ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text;
}

interface LegendEntry {
  readonly text: string;
  readonly mark: DayMark | null;
}

function wrapped(entries: readonly LegendEntry[], look: CalendarLook): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let width = 0;
  for (const { text, mark } of entries) {
    if (width > 0 && width + 3 + text.length > look.columns) {
      lines.push(line);
      [line, width] = ['', 0];
    }
    const shown = mark === null ? text : `${coloured(text.slice(0, 1), mark, look)}${text.slice(1)}`;
    line += width === 0 ? `${indent}${shown}` : `   ${shown}`;
    width += width === 0 ? indent.length + text.length : 3 + text.length;
  }
  return line === '' ? lines : [...lines, line];
}
