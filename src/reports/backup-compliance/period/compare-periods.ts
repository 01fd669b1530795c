import { sha256Hex } from '../../../base/digest.js';
import type { Language } from '../../../model/language.js';
import type { RevisionChange } from '../../../model/manifest.js';
import type { PeriodAttainment, PeriodReport } from './period-report.js';

/** See PeriodKind.countsDigest. Targets are part of it: whether they were reached is what a committee reads. */
export function countsDigest(report: PeriodReport): string {
  const { totals, days, policies, owners, slices, resources, period } = report;
  return sha256Hex(
    JSON.stringify([
      period.label,
      days.map(({ date, state, counts }) => [date, state, ...Object.values(counts)]),
      [...numbersOf(totals), totals.target],
      policies.map((row) => [row.policy, ...numbersOf(row), row.target]),
      owners.map((row) => [row.owner, ...numbersOf(row), row.target]),
      slices.map((row) => [row.slice, ...numbersOf(row)]),
      resources.map((row) => [row.resourceId, ...numbersOf(row)]),
    ]),
  );
}

function numbersOf({
  met,
  failed,
  missed,
  unknown,
  waived,
  longestGapDays,
  worstRecoveryPointAgeSeconds,
  withoutRecoveryPoint,
  recoveries,
  meanDaysToRecover,
}: PeriodAttainment): readonly (number | null)[] {
  return [
    met,
    failed,
    missed,
    unknown,
    waived,
    longestGapDays,
    worstRecoveryPointAgeSeconds,
    withoutRecoveryPoint,
    recoveries,
    meanDaysToRecover,
  ];
}

/** See PeriodKind.changesSince: days whose report is another one, teams, and then resources. */
export function periodChanges(
  before: PeriodReport,
  report: PeriodReport,
  language: Language,
): readonly RevisionChange[] {
  const owners = rowChanges(before.owners, report.owners, ({ owner }) => owner ?? '');
  const resources = rowChanges(before.resources, report.resources, ({ resourceId }) => resourceId);
  return [
    ...dayChanges(before, report, language),
    ...owners.map(({ row, was }): RevisionChange => {
      const subject = row.owner ?? language.text('period.nobody');
      return { kind: 'other', subject, words: shareWords(was, row, language) };
    }),
    ...resources.map(({ row, was }): RevisionChange => {
      return { kind: 'resource', subject: row.resourceName, words: shareWords(was, row, language) };
    }),
  ];
}

function dayChanges(
  before: PeriodReport,
  { days }: PeriodReport,
  language: Language,
): readonly RevisionChange[] {
  const earlier = new Map(before.days.map((day) => [day.date, day]));
  return days.flatMap((day): RevisionChange[] => {
    const was = earlier.get(day.date);
    if (was === undefined || was.manifestSha256 === day.manifestSha256) return [];
    const words = `${dayWords(was, language)} → ${dayWords(day, language)}`;
    return [{ kind: 'status', subject: language.date(day.date), words }];
  });
}

function dayWords({ state, revision }: PeriodReport['days'][number], language: Language): string {
  const words = language.text(`period.dayState.${state}`);
  return revision === null ? words : `${words} (r${revision})`;
}

interface ChangedRow<Row> {
  readonly row: Row;
  /** undefined: the report before had none. */
  readonly was: Row | undefined;
}

function rowChanges<Row extends PeriodAttainment>(
  before: readonly Row[],
  after: readonly Row[],
  keyOf: (row: Row) => string,
): readonly ChangedRow<Row>[] {
  const earlier = new Map(before.map((row) => [keyOf(row), row]));
  return after
    .map((row) => ({ row, was: earlier.get(keyOf(row)) }))
    .filter(({ row, was }) => was?.met !== row.met || was.expected !== row.expected);
}

/** `118 of 120 → 119 of 120` */
function shareWords(was: PeriodAttainment | undefined, now: PeriodAttainment, { text }: Language): string {
  const words = ({ met, expected }: PeriodAttainment): string => text('period.ofExpected', { met, expected });
  return `${was === undefined ? '–' : words(was)} → ${words(now)}`;
}
