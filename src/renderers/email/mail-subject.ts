import type { DailyReport } from '../../model/daily-report.js';
import type { Outcome } from '../../model/resource-compliance.js';
import { formatCount, formatInteger, outcomeLabels, reportVerdict } from '../labels.js';

/** The outcomes that a subject names, worst first. */
const badOutcomes: readonly Outcome[] = ['FAILED', 'MISSED', 'UNKNOWN', 'LATE'];

/** `NON-COMPLIANT`, `INCOMPLETE, NON-COMPLIANT`, …: what stands between the brackets. */
export function subjectLabel(report: DailyReport): string {
  const { words } = reportVerdict(report);
  return report.status === 'INCOMPLETE' && words !== 'INCOMPLETE' ? `INCOMPLETE, ${words}` : words;
}

/**
 * `3 failed, 1 missed of 412`; where no outcome is bad, `405 of 412 compliant` and what the others are. A phone
 * shows little more than this.
 */
export function subjectSummary(report: DailyReport): string {
  const { expected, byOutcome, compliant, nonCompliant, unknown, notApplicable } = report.totals;
  if (expected === 0) return 'nothing seen';
  const bad = badOutcomes
    .filter((outcome) => byOutcome[outcome] > 0)
    .map((outcome) => `${formatInteger(byOutcome[outcome])} ${outcomeLabels[outcome].words.toLowerCase()}`);
  if (bad.length > 0) return `${bad.join(', ')} of ${formatInteger(expected)}`;
  const parts = [`${formatInteger(compliant)} of ${formatInteger(expected)} compliant`];
  if (nonCompliant > 0) parts.push(`${formatInteger(nonCompliant)} non-compliant`);
  if (unknown > 0) parts.push(`${formatInteger(unknown)} unknown`);
  if (notApplicable > 0) parts.push(`${formatInteger(notApplicable)} not applicable`);
  return parts.join(', ');
}

/** What a mailbox shows after the subject. */
export function preheader(report: DailyReport): string {
  const open = report.incidents.filter((incident) => incident.state === 'open').length;
  const parts = [
    `${formatInteger(report.totals.compliant)} of ${formatInteger(report.totals.expected)} compliant`,
  ];
  if (report.status === 'INCOMPLETE')
    parts.push(formatCount(report.statusReasons.length, 'reason') + ' for incomplete');
  parts.push(formatCount(open, 'open incident'));
  return `${parts.join('; ')}.`;
}
