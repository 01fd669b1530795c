import { numberCell, textCell } from '../../../../renderers/view/counted-period/counted-cells.js';
import type {
  CountedCell,
  CountedRow,
  CountedTable,
} from '../../../../renderers/view/counted-period/counted-period.js';
import { shortText } from '../../../../renderers/view/view-parts.js';
import type { Tone, Wording } from '../../../../renderers/view/wording.js';
import type { ChangeCounts } from '../../model/tenancy-report.js';
import type { CountedTenancyDay, PeriodTotals, TenancyPeriod } from '../../period/period-report.js';
import { rowName } from '../page/count-tables.js';

interface CountColumn<Counts> {
  /** Key of its head. */
  readonly name: string;
  readonly tone: Tone | null;
  readonly of: (counts: Counts) => number;
}

/** What is counted of each row: what was created, updated and deleted are changes that succeeded. */
const rowColumns: readonly CountColumn<ChangeCounts>[] = [
  { name: 'changes', tone: null, of: ({ changes }) => changes },
  { name: 'created', tone: null, of: ({ done }) => done.created },
  { name: 'updated', tone: null, of: ({ done }) => done.updated },
  { name: 'deleted', tone: null, of: ({ done }) => done.deleted },
  { name: 'succeeded', tone: null, of: ({ byResult }) => byResult.succeeded },
  { name: 'refused', tone: 'warn', of: ({ byResult }) => byResult.refused },
  { name: 'failed', tone: 'warn', of: ({ byResult }) => byResult.failed },
  { name: 'unknown', tone: 'unknown', of: ({ byResult }) => byResult.unknown },
  { name: 'backupRelevant', tone: 'warn', of: ({ backupRelevant }) => backupRelevant },
];

const dayColumns: readonly CountColumn<PeriodTotals>[] = [
  ...rowColumns,
  { name: 'removedProtection', tone: 'bad', of: ({ removedProtection }) => removedProtection },
  { name: 'unknownVerb', tone: 'unknown', of: ({ unknownVerb }) => unknownVerb },
  { name: 'reads', tone: null, of: ({ reads }) => reads },
];

/** Everything that is counted: by action, service, compartment, principal and day. */
export function periodCountTables(report: TenancyPeriod, wording: Wording): readonly CountedTable[] {
  return [
    actionTable(report, wording),
    ...(['services', 'compartments', 'principals'] as const).map((name) => rowTable(name, report, wording)),
    dayTable(report, wording),
  ];
}

/** By what changes were to do, whatever came of it; and how many of each succeeded. */
function actionTable({ totals }: TenancyPeriod, wording: Wording): CountedTable {
  const actions = ['created', 'updated', 'deleted', 'other'] as const;
  return tableOf('actions', wording, {
    columns: ['changes', 'succeeded'],
    rows: actions.map((action) => ({
      name: wording.text(`tenancy.action.${action}`),
      sub: null,
      cells: [numberCell(totals.byAction[action], wording), numberCell(totals.done[action], wording)],
    })),
  });
}

function rowTable(
  table: 'services' | 'compartments' | 'principals',
  report: TenancyPeriod,
  wording: Wording,
): CountedTable {
  return tableOf(table, wording, {
    columns: rowColumns.map(({ name }) => name),
    rows: report[table].map((row) => ({
      name: rowName(row, wording),
      sub: row.name === null || row.id === null ? null : shortText(row.id, 200),
      cells: cellsOf(row, rowColumns, wording),
    })),
  });
}

/** Of a day without a report nobody knows anything: it has no zero. */
function dayTable({ days }: TenancyPeriod, wording: Wording): CountedTable {
  const { text, language } = wording;
  const table = tableOf('days', wording, {
    columns: dayColumns.map(({ name }) => name),
    rows: days.map((day) => ({
      name: language.date(day.date),
      sub: day.reason === null ? null : shortText(day.reason),
      cells: [
        textCell(text(`period.dayState.${day.state}`), stateTone(day)),
        ...(day.totals === null
          ? dayColumns.map((): CountedCell => ({ words: '?', isNumber: true, tone: null }))
          : cellsOf(day.totals, dayColumns, wording)),
      ],
    })),
  });
  const [date, ...counts] = table.columns;
  const state = { words: text('period.column.state'), isNumber: false };
  return { ...table, columns: [...(date === undefined ? [] : [date]), state, ...counts] };
}

function stateTone({ state }: CountedTenancyDay): Tone | null {
  return state === 'COMPLETE' ? null : state === 'MISSING' ? 'unknown' : 'warn';
}

function cellsOf<Counts>(
  counts: Counts,
  columns: readonly CountColumn<Counts>[],
  wording: Wording,
): readonly CountedCell[] {
  return columns.map(({ of, tone }) => numberCell(of(counts), wording, tone));
}

function tableOf(
  name: string,
  { text }: Wording,
  { columns, rows }: { readonly columns: readonly string[]; readonly rows: readonly CountedRow[] },
): CountedTable {
  return {
    id: name,
    title: text(`tenancy.period.table.${name}`),
    intro: name === 'days' ? text('tenancy.period.daysIntro') : null,
    columns: [
      { words: text(`tenancy.head.${name}`), isNumber: false },
      ...columns.map((column) => ({ words: text(`tenancy.head.${column}`), isNumber: true })),
    ],
    rows,
    none: text('tenancy.page.none'),
    total: rows.length,
    tone: 'quiet',
  };
}
