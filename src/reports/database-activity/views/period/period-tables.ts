import { numberCell, textCell } from '../../../../renderers/view/counted-period/counted-cells.js';
import type {
  CountedCell,
  CountedRow,
  CountedTable,
} from '../../../../renderers/view/counted-period/counted-period.js';
import { shortText } from '../../../../renderers/view/view-parts.js';
import type { Tone, Wording } from '../../../../renderers/view/wording.js';
import type { ActivityCounts, ActivityRow } from '../../model/activity-report.js';
import type { ActivityPeriod } from '../../period/period-report.js';
import { userWords } from '../activity-words.js';
import { activityRowName } from '../page/activity-page.js';

const columns: readonly (readonly [name: keyof ActivityCounts, tone: Tone | null])[] = [
  ['records', null],
  ['succeeded', null],
  ['failed', 'warn'],
  ['unknown', 'unknown'],
  ['failedLogins', 'warn'],
  ['privileged', 'warn'],
  ['grants', null],
  ['drops', 'warn'],
];

/** Everything that is counted: by target, user, operation and day. */
export function periodTables(report: ActivityPeriod, wording: Wording): readonly CountedTable[] {
  return [
    ...(['targets', 'users', 'operations'] as const).map((name) =>
      tableOf(name, wording, {
        heads: columns.map(([head]) => head),
        rows: report[name].map((row) => ({
          name: periodRowName(name, row, wording),
          sub: null,
          cells: cellsOf(row, wording),
        })),
      }),
    ),
    dayTable(report, wording),
  ];
}

/** The database tells nobody where a user has no name. */
export function periodRowName(
  table: 'targets' | 'users' | 'operations',
  row: ActivityRow,
  wording: Wording,
): string {
  const isNobody = table === 'users' && row.others === 0 && row.name === '';
  return isNobody ? userWords(null, wording) : activityRowName(row, wording);
}

/** Of a day without a report nobody knows anything: it has no zero. */
function dayTable({ days }: ActivityPeriod, wording: Wording): CountedTable {
  const { text, language } = wording;
  const heads = [...columns.map(([name]) => name), 'auditingOff', 'withoutData'];
  const table = tableOf('days', wording, {
    heads,
    rows: days.map(({ date, state, reason, totals, withoutData }) => ({
      name: language.date(date),
      sub: reason === null ? null : shortText(reason),
      cells: [
        textCell(text(`period.dayState.${state}`), stateTone(state)),
        ...(totals === null || withoutData === null
          ? heads.map((): CountedCell => ({ words: '?', isNumber: true, tone: null }))
          : [
              ...cellsOf(totals, wording),
              numberCell(totals.auditingOff, wording, 'bad'),
              numberCell(withoutData, wording, 'bad'),
            ]),
      ],
    })),
  });
  const [date, ...counts] = table.columns;
  const state = { words: text('period.column.state'), isNumber: false };
  return { ...table, columns: [...(date === undefined ? [] : [date]), state, ...counts] };
}

function stateTone(state: ActivityPeriod['days'][number]['state']): Tone | null {
  return state === 'COMPLETE' ? null : state === 'MISSING' ? 'unknown' : 'warn';
}

function cellsOf(counts: ActivityCounts, wording: Wording): readonly CountedCell[] {
  return columns.map(([name, tone]) => numberCell(counts[name], wording, tone));
}

function tableOf(
  name: string,
  { text }: Wording,
  { heads, rows }: { readonly heads: readonly string[]; readonly rows: readonly CountedRow[] },
): CountedTable {
  return {
    id: name,
    title: text(`activity.period.table.${name}`),
    intro: name === 'days' ? text('activity.period.daysIntro') : null,
    columns: [
      { words: text(`activity.head.${name}`), isNumber: false },
      ...heads.map((head) => ({ words: text(`activity.head.${head}`), isNumber: true })),
    ],
    rows,
    none: text('activity.page.none'),
    total: rows.length,
    tone: 'quiet',
  };
}
