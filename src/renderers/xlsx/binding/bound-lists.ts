import type { ListItem, ReportLists, RowBatches, WorkbookFacts } from './report-lists.js';

/** The lists of one report: from here on nothing depends on the kind of report. */
export interface BoundLists {
  /** Their fields read the report. */
  readonly globals: readonly ListItem[];
  readonly lists: readonly BoundList[];
  /** The value that global fields read. */
  readonly report: unknown;
}

export interface BoundList {
  readonly name: string;
  readonly items: readonly ListItem[];
  readonly count: (facts: WorkbookFacts) => number;
  /** null: the jobs, which are streamed once. */
  readonly batches: ((facts: WorkbookFacts) => RowBatches) | null;
  /** Of jobs: makes the row of one. */
  readonly complete: (job: unknown) => unknown;
}

export function bindLists<R>({ globals, lists }: ReportLists<R>, report: R): BoundLists {
  return {
    globals,
    report,
    lists: lists.map(({ name, items, count, batches, complete }) => ({
      name,
      items,
      count: (facts) => count({ ...facts, report }),
      batches: batches === null ? null : (facts) => batches({ ...facts, report }),
      complete: complete?.(report) ?? ((job) => job),
    })),
  };
}
