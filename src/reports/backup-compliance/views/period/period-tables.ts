import { shortText, timeWords } from '../../../../renderers/view/view-parts.js';
import type { Tone, Wording } from '../../../../renderers/view/wording.js';
import type { PeriodAttainment, PeriodReport } from '../../period/period-report.js';
import {
  ageWords,
  ofExpected,
  teamWords,
  percentWords,
  recoverWords,
  partWords,
  targetLabel,
} from './period-words.js';

/** A cell of a table: text, with a colour where it says how something stands. */
export interface PeriodCell {
  readonly words: string;
  readonly isNumber: boolean;
  /** null: it is plain text. */
  readonly tone: Tone | null;
}

export interface PeriodTable {
  readonly id: string;
  readonly title: string;
  readonly intro: string | null;
  readonly columns: readonly { readonly words: string; readonly isNumber: boolean }[];
  readonly rows: readonly {
    readonly name: string;
    readonly sub: string | null;
    readonly cells: readonly PeriodCell[];
  }[];
  /** What is said where there is no row. */
  readonly none: string;
  /** null: every row is shown. */
  readonly more: string | null;
}

/** How many rows of each; the workbook has all. */
const most = { teams: 12, worst: 8, waivers: 6, details: 200 } as const;

/** The first page: what a committee reads. */
export function committeeTables(report: PeriodReport, wording: Wording): readonly PeriodTable[] {
  return [teamTable(report, wording), worstTable(report, wording), waiverTable(report, wording)];
}

/** After it: everything by policy, part and resource, and what was changed. */
export function detailTables(report: PeriodReport, wording: Wording): readonly PeriodTable[] {
  const { policies, slices, resources } = report;
  return [
    attainmentTable('policies', policies, wording, (row) => ({ name: shortText(row.policy), target: row })),
    ...(slices.length === 0
      ? []
      : [attainmentTable('slices', slices, wording, (row) => ({ name: partWords(row.slice, wording) }))]),
    attainmentTable('resources', resources, wording, (row) => ({
      name: shortText(row.resourceName),
      sub: wording.text('period.page.resourceSub', {
        type: shortText(row.resourceType),
        owner: teamWords(row.owner, wording),
      }),
    })),
    restoreTable(report, wording),
    changeTable(report, wording),
    movedTable('came', report.came, wording),
    movedTable('left', report.left, wording),
  ];
}

function teamTable({ owners }: PeriodReport, wording: Wording): PeriodTable {
  return tableOf('owners', wording, {
    all: owners,
    cap: most.teams,
    columns: ['attained', 'target', '#attainment', '#failed', '#missed', '#unknown', '#waived'],
    row: (row) => ({
      name: teamWords(row.owner, wording),
      cells: [
        plain(percentWords(row, wording)),
        targetCell(row, wording),
        number(ofExpected(row, wording)),
        ...countCells(row, wording),
      ],
    }),
  });
}

function worstTable({ resources }: PeriodReport, wording: Wording): PeriodTable {
  const notMet = resources.filter(({ met, expected }) => met < expected);
  return tableOf('worst', wording, {
    all: notMet,
    cap: most.worst,
    columns: ['owner', '#attainment', '#failed', '#missed', '#unknown', '#waived', '#gap'],
    row: (row) => ({
      name: shortText(row.resourceName),
      sub: shortText(row.policy),
      cells: [
        plain(teamWords(row.owner, wording)),
        number(ofExpected(row, wording)),
        ...countCells(row, wording),
        number(wording.language.count('day', row.longestGapDays)),
      ],
    }),
  });
}

function waiverTable({ waivers }: PeriodReport, wording: Wording): PeriodTable {
  const { language, text } = wording;
  return tableOf('waivers', wording, {
    all: waivers,
    cap: most.waivers,
    columns: ['reason', 'approvedBy', '#expires', '#resources', 'state'],
    row: ({ match, reason, ticket, approvedBy, expires, resources, isInForce, lastDay }) => ({
      name: shortText(match),
      sub: ticket === null ? null : shortText(ticket),
      cells: [
        plain(shortText(reason)),
        plain(shortText(approvedBy)),
        number(language.date(expires)),
        number(language.integer(resources)),
        isInForce
          ? { words: text('period.page.inForce'), isNumber: false, tone: 'info' }
          : {
              words: text('period.page.until', { date: language.date(lastDay) }),
              isNumber: false,
              tone: 'quiet',
            },
      ],
    }),
  });
}

const attainmentColumns = [
  '#attained',
  '#attainment',
  '#failed',
  '#missed',
  '#unknown',
  '#waived',
  '#gap',
  '#age',
  '#recover',
];

function attainmentTable<Row extends PeriodAttainment>(
  id: string,
  rows: readonly Row[],
  wording: Wording,
  nameOf: (row: Row) => {
    readonly name: string;
    readonly sub?: string;
    readonly target?: Pick<PeriodReport['totals'], 'target' | 'targetState'>;
  },
): PeriodTable {
  const hasTarget = rows.some((row) => nameOf(row).target !== undefined);
  return tableOf(id, wording, {
    all: rows,
    cap: most.details,
    columns: hasTarget ? [...attainmentColumns, 'target'] : attainmentColumns,
    row: (row) => {
      const { name, sub, target } = nameOf(row);
      const cells = [
        number(percentWords(row, wording)),
        number(ofExpected(row, wording)),
        ...countCells(row, wording),
        number(wording.language.count('day', row.longestGapDays)),
        number(ageWords(row, wording)),
        number(recoverWords(row, wording)),
        ...(target === undefined ? [] : [targetCell(target, wording)]),
      ];
      return { name, cells, ...(sub !== undefined && { sub }) };
    },
  });
}

function restoreTable({ restores, period }: PeriodReport, wording: Wording): PeriodTable {
  return tableOf('restores', wording, {
    all: restores,
    cap: most.details,
    columns: ['#time'],
    row: ({ resourceName, resourceType, time }) => ({
      name: shortText(resourceName),
      sub: shortText(resourceType),
      cells: [number(timeWords(time, period.timezone, '', wording))],
    }),
  });
}

function changeTable({ changes, changesTotal, period }: PeriodReport, wording: Wording): PeriodTable {
  const table = tableOf('changes', wording, {
    all: changes,
    cap: most.details,
    columns: ['#time', 'what', 'who'],
    row: ({ resourceName, kind, time, what, principal }) => ({
      name: shortText(resourceName),
      sub: wording.text(`change.${kind}`),
      cells: [
        number(timeWords(time, period.timezone, '', wording)),
        plain(shortText(what)),
        plain(principal === null ? '–' : shortText(principal)),
      ],
    }),
  });
  const rest = changesTotal - Math.min(changes.length, most.details);
  return { ...table, more: rest <= 0 ? null : wording.text('period.page.more', { number: rest }) };
}

function movedTable(id: 'came' | 'left', rows: PeriodReport['came'], wording: Wording): PeriodTable {
  return tableOf(id, wording, {
    all: rows,
    cap: most.details,
    columns: ['#date'],
    row: ({ resourceName, resourceType, date }) => ({
      name: shortText(resourceName),
      sub: shortText(resourceType),
      cells: [number(wording.language.date(date))],
    }),
  });
}

interface TableParts<Row> {
  readonly all: readonly Row[];
  readonly cap: number;
  /** Keys of `period.column`; # before those of numbers. */
  readonly columns: readonly string[];
  readonly row: (row: Row) => {
    readonly name: string;
    readonly sub?: string | null;
    readonly cells: readonly PeriodCell[];
  };
}

function tableOf<Row>(
  id: string,
  { text }: Wording,
  { all, cap, columns, row }: TableParts<Row>,
): PeriodTable {
  const rest = all.length - cap;
  return {
    id,
    title: text(`period.table.${id}.title`),
    intro: text(`period.table.${id}.intro`),
    columns: [
      text(`period.table.${id}.name`),
      ...columns.map((key) => text(`period.column.${key.replace('#', '')}`)),
    ].map((words, index) => ({ words, isNumber: columns[index - 1]?.startsWith('#') === true })),
    rows: all.slice(0, cap).map((each) => ({ sub: null, ...row(each) })),
    none: text(`period.table.${id}.none`),
    more: rest <= 0 ? null : text('period.page.more', { number: rest }),
  };
}

function countCells(row: PeriodAttainment, wording: Wording): readonly PeriodCell[] {
  const cell = (count: number, tone: Tone): PeriodCell => ({
    words: wording.language.integer(count),
    isNumber: true,
    tone: count === 0 ? null : tone,
  });
  return [
    cell(row.failed, 'bad'),
    cell(row.missed, 'bad'),
    cell(row.unknown, 'unknown'),
    cell(row.waived, 'info'),
  ];
}

function targetCell(
  row: Pick<PeriodReport['totals'], 'target' | 'targetState'>,
  wording: Wording,
): PeriodCell {
  const label = targetLabel(row, wording);
  if (label === null) return plain(wording.text('period.target.none'));
  return { words: label.words, isNumber: false, tone: label.tone };
}

function plain(words: string): PeriodCell {
  return { words, isNumber: false, tone: null };
}

function number(words: string): PeriodCell {
  return { words, isNumber: true, tone: null };
}
