import type { BackfillDay, BackfillRequest } from '../backfill/run-backfill.js';
import { count } from '../base/english.js';
import type { Deliveries } from '../day/delivery/deliver-report.js';
import { dateRanges } from '../base/date-ranges.js';
import { terminalText } from '../base/terminal-text.js';
import { failedRoutes, sendAgainLines } from './delivery-lines.js';
import { exitCodeOf, exitCodeOfDeliveries, isDelivered } from './exit-codes.js';

/** How many days had each result. */
export interface BackfillTally {
  readonly days: number;
  readonly made: number;
  readonly revised: number;
  readonly unchanged: number;
  /** The archive has a COMPLETE report, and this time a source could not be read completely. */
  readonly kept: number;
  readonly there: number;
  /** Of those that are there, how many were delivered now. */
  readonly delivered: number;
  readonly noEvents: number;
  /** Those that are there, too. */
  readonly incomplete: number;
  /** Not delivered to everybody, or not yet. */
  readonly undelivered: number;
  /** Not reached, because the backfill was stopped or a day failed. */
  readonly left: number;
}

const shownDays = 20;
const longestReason = 300;

/** A line for each month, then the days that need attention. */
export function summariseBackfill(
  plan: string,
  { from, to, shard, config }: Pick<BackfillRequest, 'from' | 'to' | 'shard'> & { readonly config?: string },
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
    ...incompleteLines(days),
    ...notableLines(days),
    ...unsignedLines(days),
    ...adviceLines(tally),
    ...undeliveredAdvice(days, config),
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
    made: committed.length - revised,
    revised,
    unchanged: results.length - committed.length - kept,
    kept,
    there: daysOfKind('there'),
    delivered: days.filter((day) => day.kind === 'there' && day.isDelivered).length,
    noEvents: daysOfKind('no-events'),
    incomplete: days.filter(isIncomplete).length,
    undelivered: days.filter((day) => isUndelivered(day)).length,
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
  ['delivered', ({ delivered }) => delivered],
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
  const lines = notable
    .slice(0, shownDays)
    .flatMap((day) => [`  ${day.date}  ${notableWords(day)}`, ...routeLines(day)]);
  const more = notable.length - shownDays;
  return more > 0 ? [...lines, `  and ${count(more, 'more day')}; --json lists all`] : lines;
}

/** A day whose events may have expired at the source counts as an incomplete one: nothing is known about it. */
export function exitCodeOfDay(day: BackfillDay): number {
  switch (day.kind) {
    case 'made':
      return exitCodeOf(day.result);
    case 'no-events':
      return 3;
    case 'newer':
      return 4;
    case 'there':
      return exitCodeOfDeliveries(day.deliveries) || (isIncomplete(day) ? 3 : 0);
  }
}

/** All of them, also those that are not shown one by one. */
function incompleteLines(days: readonly BackfillDay[]): readonly string[] {
  const dates = days.filter(isIncomplete).map(({ date }) => date);
  return dates.length === 0 ? [] : [`  INCOMPLETE  ${dateRanges(dates, Infinity)}`];
}

/** All of them. */
function unsignedLines(days: readonly BackfillDay[]): readonly string[] {
  const dates = days.filter((day) => unsignedReason(day) !== null).map(({ date }) => date);
  if (dates.length === 0) return [];
  return [
    `  NOT SIGNED  ${dateRanges(dates, Infinity)}`,
    '  -> The same command signs them, once the key can be used.',
  ];
}

/** null: it is signed, or is not to be. */
function unsignedReason(day: BackfillDay): string | null {
  if (day.kind !== 'made' || day.result.signature?.kind !== 'unsigned') return null;
  return terminalText(day.result.signature.reason, longestReason);
}

function isIncomplete(day: BackfillDay): boolean {
  if (day.kind === 'made') return day.result.report.status === 'INCOMPLETE';
  return day.kind === 'there' && day.status === 'INCOMPLETE';
}

function deliveriesOf(day: BackfillDay): Deliveries | null {
  if (day.kind === 'made') return day.result;
  return day.kind === 'there' ? day.deliveries : null;
}

function isUndelivered(day: BackfillDay): boolean {
  const deliveries = deliveriesOf(day);
  return deliveries !== null && !isDelivered(deliveries);
}

function notableWords(day: BackfillDay): string {
  if (day.kind === 'no-events') return `not written: ${day.words}`;
  if (day.kind === 'newer') return `left as it is: ${day.words}`;
  const { location } = day.kind === 'made' ? day.result : day;
  const what = isIncomplete(day) ? `INCOMPLETE: ${reasonOf(day) ?? 'no reason was recorded'}` : '';
  if (!isUndelivered(day)) {
    const templates = faultyTemplates(day);
    const reason = unsignedReason(day);
    const unsigned = reason === null ? '' : `archived and not signed: ${reason}`;
    const known = [what, templates, logFaults(day), unsigned].filter((words) => words !== '').join('; ');
    return day.kind === 'made' ? known : `there, ${known}`;
  }
  const isOwed = deliveriesOf(day)?.isOwed === true;
  const undelivered = isOwed
    ? `archived at ${location}, not delivered yet${unreadableWords(day)}`
    : `archived at ${location}, not delivered to everybody`;
  return what === '' ? undelivered : `${undelivered}; ${what}`;
}

/** Why it may have been delivered all the same. */
function unreadableWords(day: BackfillDay): string {
  const [first] = day.kind === 'there' ? day.unreadable : [];
  return first === undefined ? '' : ` as far as can be read (${first})`;
}

/** Templates of the company's own that could not be used. */
function faultyTemplates(day: BackfillDay): string {
  const faults = deliveriesOf(day)?.templateFaults ?? [];
  const files = [...new Set(faults.map(({ file }) => file))].sort();
  return files.length === 0 ? '' : `shipped templates instead of ${files.join(', ')}`;
}

/** What is wrong with the log of the plan. */
function logFaults(day: BackfillDay): string {
  return terminalText((deliveriesOf(day)?.logFaults?.faults ?? []).join('; '));
}

function reasonOf(day: BackfillDay): string | null | undefined {
  if (day.kind === 'made') return day.result.report.statusReasons[0];
  return day.kind === 'there' ? day.reason : null;
}

/** Each route of the day that failed, with its reason. */
function routeLines(day: BackfillDay): readonly string[] {
  const deliveries = deliveriesOf(day);
  return deliveries === null ? [] : failedRoutes(deliveries).map((words) => `              ${words}`);
}

function undeliveredAdvice(days: readonly BackfillDay[], config?: string): readonly string[] {
  const undelivered = days.filter(isUndelivered);
  const [first] = undelivered;
  const deliveries = first && deliveriesOf(first);
  if (first === undefined || !deliveries) return [];
  const isOwed = undelivered.some((day) => deliveriesOf(day)?.isOwed === true);
  const all = isOwed ? ['  -> The same command with --mail delivers what was not delivered yet.'] : [];
  const ranges = dateRanges(
    undelivered.map(({ date }) => date),
    Infinity,
  );
  const lines = sendAgainLines(deliveries, first.date, config);
  return [`  UNDELIVERED ${ranges}`, ...all, ...lines, ...(undelivered.length > 1 ? moreDays : [])];
}

const moreDays = ['     The same for each of the other days.'];

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
