import { workbookText } from '../../../base/text-safety.js';
import { dayMs, secondMs } from '../../../base/time-units.js';
import type { Wording } from '../../view/wording.js';
import type { XmlValue } from '../writing/row-xml.js';
import type { FieldKind, FieldValue, Link } from './field.js';
import { calendarSerial, createWallClock } from './wall-clock.js';

const daySeconds = dayMs / secondMs;
/** `2026-11-19` */
const dateLength = 10;
/** Excel's limit for a string within a formula. */
const formulaTextLimit = 255;

/** How field values become cells, and words within a text. */
export interface CellValues {
  /** Creates the conversion for a cell that contains only a field of this kind. */
  readonly toCell: (kind: FieldKind) => (value: FieldValue) => XmlValue;
  /** As text in the report's language; empty if there is no value. */
  readonly toWords: (kind: FieldKind, value: FieldValue) => string;
}

/** @param zone of the report: spreadsheets know no time zones, so times are its local time */
export function createCellValues(wording: Wording, zone: string): CellValues {
  const clock = createWallClock(zone);
  const asTime = (value: FieldValue): XmlValue => {
    if (typeof value !== 'string') return null;
    // Of some facts only the day is known: it begins at midnight of the zone, whatever its offset.
    return value.length === dateLength ? asDate(value) : clock(value);
  };
  return {
    toCell: (kind) => {
      if (kind === 'time') return asTime;
      if (kind === 'date') return asDate;
      if (kind === 'duration') return asDuration;
      return asWritten;
    },
    toWords: (kind, value) => fieldWords(kind, value, wording, zone),
  };
}

/** Text from events never becomes a formula: a string is written as a string, however it begins. */
function asWritten(value: FieldValue): XmlValue {
  if (typeof value === 'string') return workbookText(value);
  return typeof value === 'object' && value !== null ? linkCell(value) : value;
}

/** A calendar date as a spreadsheet date; an invalid one as written. */
function asDate(value: FieldValue): XmlValue {
  return typeof value === 'string' ? (calendarSerial(value) ?? workbookText(value)) : null;
}

function asDuration(value: FieldValue): XmlValue {
  return typeof value === 'number' ? value / daySeconds : asWritten(value);
}

/** A link is a formula, whose strings are limited: one that is too long is shown as text. */
function linkCell({ target, words }: Link): XmlValue {
  const shown = workbookText(words);
  if (target.length > formulaTextLimit || shown.length > formulaTextLimit) return shown;
  return { formula: `HYPERLINK(${inFormula(target)},${inFormula(shown)})`, result: shown };
}

/** A string within a formula, with its quotes doubled. */
function inFormula(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function fieldWords(kind: FieldKind, value: FieldValue, wording: Wording, zone: string): string {
  const { language } = wording;
  if (value === null) return '';
  if (typeof value === 'object') return value.words;
  if (typeof value === 'boolean') return wording.text(value ? 'workbook.yes' : 'workbook.no');
  if (typeof value === 'number') {
    if (kind === 'duration') return wording.duration(value);
    return kind === 'percent' ? language.percent(value * 100) : language.integer(value);
  }
  if (kind === 'time') return wording.time(value, zone);
  return kind === 'date' ? language.date(value) : value;
}
