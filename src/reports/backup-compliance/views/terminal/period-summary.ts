import { count, durationInWords } from '../../../../base/english.js';
import { shownPercent } from '../../../../base/shown-percent.js';
import { terminalText } from '../../../../base/terminal-text.js';
import type { PeriodAttainment, PeriodReport } from '../../period/period-report.js';

const shownTeams = 10;
const shownReasons = 5;

/** A period in a few lines of English, for a person at a terminal. */
export function periodSummary(report: PeriodReport): readonly string[] {
  const { totals, period, plan, status, days, statusReasons, owners, revisedDays } = report;
  const state = (wanted: string): number => days.filter((each) => each.state === wanted).length;
  return [
    `${status}  ${plan}  ${period.label} (${period.timezone}, ${count(days.length, 'day')})`,
    `  attainment ${attainmentWords(totals)}${targetWords(totals)}`,
    `  expected   ${totals.expected} = ${totals.met} met + ${totals.failed} failed + ${totals.missed} missed + ${totals.unknown} unknown; ${totals.waived} of them waived`,
    `  days       ${state('COMPLETE')} complete, ${state('INCOMPLETE')} incomplete, ${state('MISSING')} missing, ${revisedDays} revised`,
    `  worst      longest gap ${count(totals.longestGapDays, 'day')}, oldest recovery point ${ageWords(totals)}`,
    ...owners
      .slice(0, shownTeams)
      .map(
        (row) =>
          `  team       ${terminalText(row.owner ?? 'nobody')}: ${attainmentWords(row)}${targetWords(row)}`,
      ),
    ...statusReasons.slice(0, shownReasons).map((words) => `  reason     ${terminalText(words)}`),
  ];
}

/** The output of `period --json`, except what happened to the revision. */
export function periodAnswer(report: PeriodReport): object {
  const { plan, period, status, statusReasons, totals, policies, owners, slices, revisedDays } = report;
  const days = report.days.map(({ date, state, revision, reason }) => ({ date, state, revision, reason }));
  return { plan, period, status, statusReasons, totals, policies, owners, slices, revisedDays, days };
}

/** `118 of 120 (98.33%)` */
function attainmentWords({ met, expected, attainmentPercent }: PeriodAttainment): string {
  if (attainmentPercent === null) return 'nothing was expected';
  const { value, places } = shownPercent(attainmentPercent);
  return `${met} of ${expected} (${value.toFixed(places)}%)`;
}

function targetWords({
  target,
  targetState,
}: Pick<PeriodReport['totals'], 'target' | 'targetState'>): string {
  if (target === null || targetState === null) return '';
  return `, target ${target}% ${targetState}`;
}

function ageWords({ worstRecoveryPointAgeSeconds: seconds }: PeriodAttainment): string {
  return seconds === null ? 'not known' : durationInWords(seconds * 1000);
}
