import type { Branding } from '../../view/branding.js';
import type { Wording } from '../../view/wording.js';
import type { Field, Fields } from './field.js';
import type { ColumnFact, SheetFact } from './workbook-facts.js';

/** What a kind of report exports from the module that `ReportViews.workbookLists` names. */
export interface ListsModule<R> {
  createReportLists(wording: Wording, branding: Branding): ReportLists<R>;
}

/** What a template can show: items of the report as a whole, and lists. R is the report document. */
export interface ReportLists<R> {
  /** Their fields take the report. */
  readonly globals: readonly ListItem[];
  readonly lists: readonly ReportList<R>[];
}

/** A list that a row of the template can repeat for. */
export interface ReportList<R> {
  readonly name: string;
  /** Its own item first; then others that each row tells of, too. */
  readonly items: readonly ListItem[];
  /** How many rows it has. */
  readonly count: (source: ListSource<R>) => number;
  /** null: the jobs, which come as a stream and once. */
  readonly batches: ((source: ListSource<R>) => RowBatches) | null;
}

/** What the rows of all lists come from: the report, and the workbook itself. */
export interface ListSource<R> extends WorkbookFacts {
  readonly report: R;
}

/** What the workbook tells of itself. */
export interface WorkbookFacts {
  readonly sheets: readonly SheetFact[];
  readonly columns: readonly ColumnFact[];
}

export type RowBatches = Iterable<readonly unknown[]> | AsyncIterable<readonly unknown[]>;

/** The fields of one item, under its name: `resource` and `name` are `{{resource.name}}`. */
export interface ListItem {
  readonly name: string;
  readonly fields: Fields<unknown>;
}

export function createList<R>(
  name: string,
  items: readonly ListItem[],
  rows: (source: ListSource<R>) => readonly unknown[],
): ReportList<R> {
  return { name, items, count: (source) => rows(source).length, batches: (source) => [rows(source)] };
}

/** Rows of a list are what its fields take: the one place where the types of both meet. */
export function listItem<T>(name: string, fields: Fields<T>): ListItem {
  return { name, fields: fields as Fields<unknown> };
}

/** The same item where it is a part of each row. @param of gives that part */
export function itemWithin({ name, fields }: ListItem, of: (row: never) => unknown): ListItem {
  const within = Object.entries(fields).map(([key, field]): [string, Field<unknown>] => [
    key,
    { ...field, value: (row) => field.value(of(row as never)) },
  ]);
  return { name, fields: Object.fromEntries(within) };
}
