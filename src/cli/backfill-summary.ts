import type { BackfillDay, BackfillRequest } from '../backfill/run-backfill.js';
import { count } from '../base/english.js';
import { exitCodeOf } from './exit-codes.js';

/** How many days had each result. */
export interface BackfillTally {
  readonly days: number;
  readonly made: number;
  readonly revised: number;
  readonly unchanged: number;
  /** The archive has a COMPLETE report, and this time a source could not be read completely. */
  readonly kept: number;
  readonly there: number;
  readonly noEvents: number;
  readonly incomplete: number;
  readonly undelivered: number;
  /** Not reached, because the backfill was stopped or a day failed. */
  readonly left: number;
}

const shownDays = 20;

/** A line for each month, then the days that need attention. */
export function summariseBackfill(
  plan: string,
  { from, to, shard }: Pick<BackfillRequest, 'from' | 'to' | 'shard'>,
  tally: BackfillTally,
  days: readonly BackfillDay[],
): string {
  const part = shard.of === 1 ? '' : `, shard ${shard.index}/${shard.of}`;
  const months = [...new Set(days.map(({ date }) => date.slice(0, 7)))].sort();
  const rows = [
    ['month', ...tallyColumns.map(([heading]) => heading)],
    ...months.map((month) => {
      const own = days.filter(({ date }) => date.startsWith(month));
      return tallyRow(month, tallyOf(own, own.length));
    }),
    tallyRow('in all', tally),
  ];
  return [
    `backfill  ${plan}  ${from} to ${to}${part}`,
    ...table(rows),
    ...notableLines(days),
    ...adviceLines(tally),
  ].join('\n');
}

export function tallyOf(days: readonly BackfillDay[], all: number): BackfillTally {
  const results = days.flatMap((day) => (day.kind === 'made' ? [day.result] : []));
  const daysOfKind = (kind: BackfillDay['kind']): number => days.filter((day) => day.kind === kind).length;
  const kept = results.filter(({ kind }) => kind === 'kept').length;
  const committed = results.filter(({ kind }) => kind === 'committed');
  const revised = committed.filter(({ revision }) => revision > 1).length;
  return {
    days: all,
    made: committed.length - revised + daysOfKind('undelivered'),
    revised,
    unchanged: results.length - committed.length - kept,
    kept,
    there: daysOfKind('there'),
    noEvents: daysOfKind('no-events'),
    incomplete: results.filter(({ report }) => report.status === 'INCOMPLETE').length,
    undelivered: days.filter((day) => exitCodeOfDay(day) === 4).length,
    left: all - days.length,
  };
}

const tallyColumns: readonly (readonly [heading: string, value: (tally: BackfillTally) => number])[] = [
  ['days', ({ days }) => days],
  ['made', ({ made }) => made],
  ['revised', ({ revised }) => revised],
  ['unchanged', ({ unchanged }) => unchanged],
  ['kept', ({ kept }) => kept],
  ['there', ({ there }) => there],
  ['no events', ({ noEvents }) => noEvents],
  ['incomplete', ({ incomplete }) => incomplete],
  ['undelivered', ({ undelivered }) => undelivered],
];

function tallyRow(label: string, tally: BackfillTally): readonly string[] {
  return [label, ...tallyColumns.map(([, value]) => String(value(tally)))];
}

/** The first column is left-aligned, numbers are right-aligned. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_cell, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) => {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    return `  ${cells.join('  ')}`;
  });
}

function notableLines(days: readonly BackfillDay[]): readonly string[] {
  const notable = days.filter((day) => exitCodeOfDay(day) !== 0);
  const lines = notable.slice(0, shownDays).map((day) => `  ${day.date}  ${notableWords(day)}`);
  const more = notable.length - shownDays;
  return more > 0 ? [...lines, `  and ${count(more, 'more day')}; --json lists all`] : lines;
}

/** A day whose events may have expired at the source counts as an incomplete one: nothing is known about it. */
export function exitCodeOfDay(day: BackfillDay): number {
  switch (day.kind) {
    case 'made':
      return exitCodeOf(day.result);
    case 'undelivered':
      return 4;
    case 'no-events':
      return 3;
    case 'there':
      return 0;
  }
}

function notableWords(day: BackfillDay): string {
  if (day.kind === 'no-events') return `not written: ${day.words}`;
  if (day.kind === 'undelivered') return `archived, not delivered: ${day.words}`;
  if (day.kind === 'there') return 'has a report';
  const { report } = day.result;
  return exitCodeOfDay(day) === 4
    ? 'archived; a recipient was refused'
    : `INCOMPLETE: ${report.statusReasons[0] ?? 'no reason was recorded'}`;
}

function adviceLines({ noEvents, incomplete, left }: BackfillTally): readonly string[] {
  const lines: string[] = [];
  if (noEvents > 0) {
    lines.push(
      '  -> Days without events were not written. --write-empty writes them, as days on which nothing was seen.',
    );
  }
  if (incomplete > 0) lines.push('  -> --revise reads INCOMPLETE days again.');
  if (left > 0) {
    lines.push(`  -> ${count(left, 'day is', 'days are')} left: run the same command again to resume.`);
  }
  return lines;
}
