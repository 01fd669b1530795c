import { terminalText } from '../../../../base/terminal-text.js';
import { enoughDays } from '../../memory/principals.js';
import { verdictOf } from '../../model/standing.js';
import type { TenancyReport } from '../../model/tenancy-report.js';

const shownFindings = 3;

/** `ATTENTION, INCOMPLETE` */
function verdictWords(report: TenancyReport): string {
  const verdict = verdictOf(report);
  const isHalf = report.status !== 'COMPLETE' && verdict !== 'INCOMPLETE';
  return isHalf ? `${verdict}, INCOMPLETE` : verdict;
}

/** The day in a few lines of English, for a person at a terminal. */
export function changesSummary(report: TenancyReport): readonly string[] {
  const { totals, reportDay, plan } = report;
  const { byResult, done } = totals;
  return [
    `${verdictWords(report)}  ${plan}  ${reportDay.date} (${reportDay.timezone}, ${reportDay.hours} h)`,
    `  changes    ${totals.changes} = ${byResult.succeeded} succeeded + ${byResult.refused} refused + ${byResult.failed} failed + ${byResult.unknown} unknown`,
    `  done       ${done.created} created, ${done.updated} updated, ${done.deleted} deleted, ${done.other} other`,
    `  backups    ${totals.backupRelevant} touch backups, ${totals.removedProtection} took a backup or a protection away`,
    ...(totals.running > 0 ? [`  running    ${totals.running} at the cut-off`] : []),
    ...(totals.unknownVerb > 0 ? [`  unknown    ${totals.unknownVerb} without a verb`] : []),
    `  reads      ${totals.reads}, left out`,
    firstSeenLine(report),
    ...findingLines(report),
  ];
}

function firstSeenLine({ firstSeen, totals }: TenancyReport): string {
  if (totals.firstSeen === null) {
    return `  first seen not known yet: ${firstSeen.knownDays} of ${enoughDays} days`;
  }
  return `  first seen ${totals.firstSeen} principals, in ${firstSeen.knownDays} days that are known`;
}

/** `ATTENTION                  412 changes, 2 of them took protection away` */
export function changesVerdictLine(report: TenancyReport): string {
  const { changes, removedProtection, backupRelevant } = report.totals;
  const bearing =
    removedProtection > 0
      ? `, ${removedProtection} took protection away`
      : backupRelevant > 0
        ? `, ${backupRelevant} touch backups`
        : '';
  return `${verdictWords(report).padEnd(26)} ${changes} changes${bearing}`;
}

/** The output of `run --json`, except what happened to the revision. */
export function changesAnswer(report: TenancyReport): object {
  const { kind, plan, status, statusReasons, totals, findings } = report;
  const verdict = verdictOf(report);
  return { kind, plan, date: report.reportDay.date, status, statusReasons, verdict, totals, findings };
}

function findingLines({ findings }: TenancyReport): readonly string[] {
  const lines = findings.slice(0, shownFindings).map(({ words }) => `  finding    ${terminalText(words)}`);
  const more = findings.length - shownFindings;
  return more > 0 ? [...lines, `  finding    and ${more} more, all in the report`] : lines;
}
