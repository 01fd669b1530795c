import type { Branding } from '../../view/branding.js';
import type { Wording } from '../../view/wording.js';
import type { Field, Fields } from './field.js';
import type { ColumnFact, SheetFact } from './workbook-facts.js';

/** What a kind of report exports from the module that `ReportViews.workbookLists` names. */
export interface ListsModule<R> {
  createReportLists(wording: Wording, branding: Branding, edition: WorkbookEdition): ReportLists<R>;
}

/** What a workbook is called and belongs to. */
export interface WorkbookEdition {
  /** Name of its file in the archive, `report.xlsx`; null: not known. */
  readonly file: string | null;
  /** The revision of the day that it is a part of; null: not known. */
  readonly revision: number | null;
  /** sha-256 hex of the whole report's content, as in the manifest; null: not known. */
  readonly contentDigest: string | null;
}

/** What a template can show: items of the whole report, and lists. R is the report document. */
export interface ReportLists<R> {
  /** Their fields read the report. */
  readonly globals: readonly ListItem[];
  readonly lists: readonly ReportList<R>[];
}

/** A list for which a row of the template can repeat. */
export interface ReportList<R> {
  readonly name: string;
  /** Its own item first; then other items that each row includes. */
  readonly items: readonly ListItem[];
  /** How many rows it has. */
  readonly count: (source: ListSource<R>) => number;
  /** null: the jobs, which are streamed once. */
  readonly batches: ((source: ListSource<R>) => RowBatches) | null;
  /** Of jobs only: what the fields read instead of a job alone. */
  readonly complete?: (report: R) => (job: unknown) => unknown;
}

/** What the rows of all lists come from: the report, and the workbook itself. */
export interface ListSource<R> extends WorkbookFacts {
  readonly report: R;
}

/** Facts about the workbook itself. */
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

/** The rows of a list are what its fields read: the only place where both types meet. */
export function listItem<T>(name: string, fields: Fields<T>): ListItem {
  return { name, fields: fields as Fields<unknown> };
}

/** The same item as a part of each row. @param of returns that part */
export function itemWithin({ name, fields }: ListItem, of: (row: never) => unknown): ListItem {
  const within = Object.entries(fields).map(([key, field]): [string, Field<unknown>] => [
    key,
    { ...field, value: (row) => field.value(of(row as never)) },
  ]);
  return { name, fields: Object.fromEntries(within) };
}

/** The list with the meaning of each of its fields, by name: `<area>.means.<field>` of the messages. */
export function withMeanings<Report>(list: ReportList<Report>, area: string): ReportList<Report> {
  const items = list.items.map(({ name, fields }) => ({
    name,
    fields: Object.fromEntries(
      Object.entries(fields).map(([key, field]): [string, Field<unknown>] => [
        key,
        { ...field, meaning: `${area}.means.${key}` },
      ]),
    ),
  }));
  return { ...list, items };
}
