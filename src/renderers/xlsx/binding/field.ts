/**
 * What a field holds, and so what a cell with only this field becomes: text; a spreadsheet date in the report's zone; a
 * date; a duration as a fraction of a day; a number; a percentage as a fraction; TRUE or FALSE; a link.
 */
export type FieldKind = 'text' | 'time' | 'date' | 'duration' | 'number' | 'percent' | 'boolean' | 'link';

/** Text that links somewhere: `#'Jobs'!A1` or a web address. */
export interface Link {
  readonly target: string;
  readonly words: string;
}

/**
 * A value by its kind: times ISO 8601 UTC, dates `2026-11-19`, durations in seconds, percentages as fractions. null:
 * none. Words may replace a date, percentage or number that does not exist.
 */
export type FieldValue = string | number | boolean | Link | null;

export interface Field<T> {
  readonly kind: FieldKind;
  readonly value: (row: T) => FieldValue;
  /** Key of the message that explains it, if it is not `workbook.means.<item>.<field>`. */
  readonly meaning?: string;
}

/** The fields of one kind of item by name; names are the same in every language. */
export type Fields<T> = Readonly<Record<string, Field<T>>>;

export function textField<T>(value: (row: T) => string | null, meaning?: string): Field<T> {
  return { kind: 'text', value, ...(meaning === undefined ? {} : { meaning }) };
}

export function timeField<T>(value: (row: T) => string | null): Field<T> {
  return { kind: 'time', value };
}

export function dateField<T>(value: (row: T) => string | null): Field<T> {
  return { kind: 'date', value };
}

/** @param value in seconds */
export function durationField<T>(value: (row: T) => number | null): Field<T> {
  return { kind: 'duration', value };
}

export function numberField<T>(value: (row: T) => number | null, meaning?: string): Field<T> {
  return { kind: 'number', value, ...(meaning === undefined ? {} : { meaning }) };
}

/** @param value a fraction, or words if there is none */
export function percentField<T>(value: (row: T) => number | string | null): Field<T> {
  return { kind: 'percent', value };
}

export function booleanField<T>(value: (row: T) => boolean | null): Field<T> {
  return { kind: 'boolean', value };
}

export function linkField<T>(value: (row: T) => Link | null): Field<T> {
  return { kind: 'link', value };
}
