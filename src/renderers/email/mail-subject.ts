import type { DailyReport } from '../../model/daily-report.js';
import { verdictWords } from '../../model/report-verdict.js';
import type { Outcome } from '../../model/resource-compliance.js';
import { isWaivedBad } from '../html/resource-view.js';
import { formatCount, formatInteger, outcomeLabels } from '../labels.js';

/** The outcomes that a subject names, worst first. */
const badOutcomes: readonly Outcome[] = ['FAILED', 'MISSED', 'UNKNOWN', 'LATE'];

/** `NON-COMPLIANT`, `INCOMPLETE, NON-COMPLIANT`, …: what stands between the brackets. */
export function subjectLabel(report: DailyReport): string {
  return verdictWords(report);
}

/**
 * `3 failed, 1 missed of 412`, `3 failed, 2 waived of 412`; where no outcome is bad, `405 of 412 compliant` and what
 * the others are. Those that are waived are counted as that and as nothing else. A phone shows little more than this.
 */
export function subjectSummary(report: DailyReport): string {
  const { expected, compliant, notApplicable } = report.totals;
  if (expected === 0) return 'nothing seen';
  const { outcomes, nonCompliant, unknown, waived } = unwaivedCounts(report);
  const bad = outcomes.map(([outcome, count]) => counted(count, outcomeLabels[outcome].words.toLowerCase()));
  const onlyWaived = nonCompliant + unknown === 0 && waived.length > 0;
  if (bad.length > 0 || onlyWaived) return `${[...bad, ...waived].join(', ')} of ${formatInteger(expected)}`;
  const parts = [`${formatInteger(compliant)} of ${formatInteger(expected)} compliant`];
  if (nonCompliant > 0) parts.push(counted(nonCompliant, 'non-compliant'));
  if (unknown > 0) parts.push(counted(unknown, 'unknown'));
  if (notApplicable > 0) parts.push(counted(notApplicable, 'not applicable'));
  return [...parts, ...waived].join(', ');
}

/** What a mailbox shows after the subject. */
export function preheader(report: DailyReport): string {
  const { followUp, totals } = report;
  const open = report.incidents.filter((incident) => incident.state === 'open').length;
  const parts = [`${formatInteger(totals.compliant)} of ${formatInteger(totals.expected)} compliant`];
  if (report.status === 'INCOMPLETE')
    parts.push(formatCount(report.statusReasons.length, 'reason') + ' for incomplete');
  if (followUp.comparedWith !== null)
    parts.push(
      `${counted(followUp.newlyBad.length, 'new')}, ${counted(followUp.resolved.length, 'resolved')}`,
    );
  parts.push(formatCount(open, 'open incident'));
  return `${parts.join('; ')}.`;
}

/** The counts of the report without the resources that are waived, and those apart, in words where there are any. */
function unwaivedCounts({ resources, totals }: DailyReport) {
  const waived = resources.filter((resource) => isWaivedBad(resource));
  const without = (outcome: Outcome): number =>
    totals.byOutcome[outcome] - waived.filter((resource) => resource.outcome === outcome).length;
  const unknown = waived.filter(({ compliance }) => compliance === 'UNKNOWN').length;
  return {
    outcomes: badOutcomes
      .map((outcome) => [outcome, without(outcome)] as const)
      .filter(([, count]) => count > 0),
    nonCompliant: totals.nonCompliant - (waived.length - unknown),
    unknown: totals.unknown - unknown,
    waived: waived.length === 0 ? [] : [counted(waived.length, 'waived')],
  };
}

function counted(count: number, words: string): string {
  return `${formatInteger(count)} ${words}`;
}
