import type { DayResult } from '../pipeline.js';

const shownReasons = 10;

/** What a person at a terminal wants to know of the day, in a few lines. */
export function summarise({ report, revision, kind, location, delivery }: DayResult): string {
  const { totals, reportDay, jobTotals } = report;
  const outcomes = Object.entries(totals.byOutcome).filter(([, number]) => number > 0);
  const lines = [
    `${headline(report.status, totals.nonCompliant, totals.unknown, totals.expected)}  ${report.plan}  ${reportDay.date} (${reportDay.timezone}, ${reportDay.hours} h)`,
    `  resources  ${totals.expected} expected = ${totals.compliant} compliant + ${totals.nonCompliant} non-compliant + ${totals.unknown} unknown + ${totals.notApplicable} not applicable`,
    `  outcomes   ${outcomes.map(([outcome, number]) => `${number} ${words(outcome)}`).join(', ') || 'none'}`,
    `  jobs       ${jobTotals.total}`,
  ];
  for (const reason of report.statusReasons.slice(0, shownReasons)) lines.push(`  INCOMPLETE ${reason}`);
  const more = report.statusReasons.length - shownReasons;
  if (more > 0) lines.push(`  INCOMPLETE and ${more} reasons more, all in report.json`);
  lines.push(`  report     ${location} (revision ${revision}${kind === 'unchanged' ? ', unchanged' : ''})`);
  if (delivery !== null)
    lines.push(`  mail       ${delivery.kind}${delivery.location === null ? '' : `: ${delivery.location}`}`);
  return lines.join('\n');
}

/** Never green for what is not known. */
export function headline(status: string, nonCompliant: number, unknown: number, expected: number): string {
  const verdict =
    nonCompliant > 0 ? 'NON-COMPLIANT' : unknown > 0 || expected === 0 ? 'UNKNOWN' : 'COMPLIANT';
  if (status === 'COMPLETE') return verdict;
  return verdict === 'COMPLIANT' ? 'INCOMPLETE' : `INCOMPLETE, ${verdict}`;
}

function words(outcome: string): string {
  return outcome.toLowerCase().replaceAll('_', ' ');
}
