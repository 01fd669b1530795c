import { terminalText } from '../../../../base/terminal-text.js';
import { activityVerdict } from '../../model/standing.js';
import type { ActivityReport } from '../../model/activity-report.js';

const shownFindings = 3;

/** `ATTENTION, INCOMPLETE` */
function verdictWords(report: ActivityReport): string {
  const verdict = activityVerdict(report);
  return report.status !== 'COMPLETE' && verdict !== 'INCOMPLETE' ? `${verdict}, INCOMPLETE` : verdict;
}

/** The day in a few lines of English, for a person at a terminal. */
export function activitySummary(report: ActivityReport): readonly string[] {
  const { totals, reportDay, plan, findings } = report;
  const { records, succeeded, failed, unknown, failedLogins, privileged, drops, auditingOff } = totals;
  const more = findings.length - shownFindings;
  return [
    `${verdictWords(report)}  ${plan}  ${reportDay.date} (${reportDay.timezone}, ${reportDay.hours} h)`,
    `  events     ${records} = ${succeeded} succeeded + ${failed} failed + ${unknown} unknown`,
    `  look at    ${failedLogins} failed logins, ${privileged} privileged, ${drops} drops, ${auditingOff} took auditing away`,
    `  targets    ${totals.targets}, ${totals.withoutData} of them without data`,
    ...(totals.late > 0 ? [`  late       ${totals.late} of earlier days`] : []),
    ...findings.slice(0, shownFindings).map(({ words }) => `  finding    ${terminalText(words)}`),
    ...(more > 0 ? [`  finding    and ${more} more, all in the report`] : []),
  ];
}

/** `REVIEW                     412 events of 3 targets, 2 failed logins` */
export function activityVerdictLine(report: ActivityReport): string {
  const { records, targets, failedLogins, withoutData } = report.totals;
  const without = withoutData > 0 ? `, ${withoutData} without data` : '';
  const words = `${records} events of ${targets} targets${without}, ${failedLogins} failed logins`;
  return `${verdictWords(report).padEnd(26)} ${words}`;
}

/** The output of `run --json`, except what happened to the revision. */
export function activityAnswer(report: ActivityReport): object {
  const { kind, plan, status, statusReasons, totals, findings } = report;
  const verdict = activityVerdict(report);
  return { kind, plan, date: report.reportDay.date, status, statusReasons, verdict, totals, findings };
}
