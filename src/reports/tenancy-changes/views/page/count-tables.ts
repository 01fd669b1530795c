import { shortText } from '../../../../renderers/view/view-parts.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import type { ChangeRow, TenancyReport } from '../../model/tenancy-report.js';

/** Most rows of a table on the page; report.json and the workbook have more. */
const mostShown = 25;

export interface CountTable {
  readonly id: string;
  readonly title: string;
  readonly intro: string;
  readonly head: string;
  readonly rows: readonly CountRow[];
  readonly more: string | null;
}

interface CountRow {
  readonly name: string;
  readonly id: string;
  readonly cells: readonly { readonly words: string; readonly isZero: boolean }[];
}

/** The names of the numbers of a row, in their order. */
export const countNames = [
  'changes',
  'created',
  'updated',
  'deleted',
  'refused',
  'failed',
  'backupRelevant',
] as const;

export function countTables(report: TenancyReport, wording: Wording): readonly CountTable[] {
  return (['services', 'compartments', 'principals'] as const).map((table) => {
    const rows = report[table];
    const rest = rows.length - mostShown;
    return {
      id: table,
      title: wording.text(`tenancy.page.${table}`),
      intro: wording.text('tenancy.page.countsIntro'),
      head: wording.text(`tenancy.head.${table}`),
      rows: rows.slice(0, mostShown).map((row) => countRow(row, wording)),
      more: rest <= 0 ? null : wording.text('tenancy.page.more', { number: rest }),
    };
  });
}

function countRow(row: ChangeRow, wording: Wording): CountRow {
  return {
    name: rowName(row, wording),
    id: row.name === null ? '' : shortText(row.id ?? '', 200),
    cells: rowNumbersOf(row).map((number) => ({
      words: wording.language.integer(number),
      isZero: number === 0,
    })),
  };
}

/** The last row is of all others. */
export function rowName({ name, id, others }: ChangeRow, { text }: Wording): string {
  if (others > 0) return text('tenancy.page.others', { number: others });
  return shortText(name ?? id ?? text('tenancy.notTold'), 160) || text('tenancy.notTold');
}

/** In the order of `countNames`: what was created, updated and deleted are changes that succeeded. */
export function rowNumbersOf({ changes, done, byResult, backupRelevant }: ChangeRow): readonly number[] {
  const { created, updated, deleted } = done;
  return [changes, created, updated, deleted, byResult.refused, byResult.failed, backupRelevant];
}
