import type { ReportHead } from '../../src/model/report-head.js';
import { numberField, textField } from '../../src/renderers/xlsx/binding/field.js';
import { type ReportLists, createList, listItem } from '../../src/renderers/xlsx/binding/report-lists.js';

/** A report that counts lines, and judges nothing. */
export interface CountingReport extends ReportHead {
  readonly lines: readonly { readonly word: string; readonly times: number }[];
}

/* What the thread of the workbook loads for this kind. */
export function createReportLists(): ReportLists<CountingReport> {
  const line = listItem<CountingReport['lines'][number]>('line', {
    word: textField((row) => row.word, 'workbook.yes'),
    times: numberField((row) => row.times, 'workbook.yes'),
  });
  return {
    globals: [listItem<CountingReport>('report', { plan: textField((report) => report.plan) })],
    lists: [createList('lines', [line], ({ report }) => report.lines)],
  };
}
