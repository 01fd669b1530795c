import type { DailyReport } from '../../model/daily-report.js';
import { type Outcome, isWaivedBad } from '../../model/verdict.js';
import type { BackupWording } from '../backup-wording.js';

/** The outcomes that a subject names, worst first. */
const badOutcomes: readonly Outcome[] = ['FAILED', 'MISSED', 'UNKNOWN', 'LATE'];

/** The part in brackets: `NON-COMPLIANT`, `INCOMPLETE, NON-COMPLIANT`, … */
export function subjectLabel(report: DailyReport, { reportVerdict, text }: BackupWording): string {
  const verdict = reportVerdict(report).words;
  const incomplete = text('reportVerdict.INCOMPLETE');
  return report.status === 'INCOMPLETE' && verdict !== incomplete ? `${incomplete}, ${verdict}` : verdict;
}

/**
 * `3 failed, 1 missed of 412`, `3 failed, 2 waived of 412`; without a bad outcome, `405 of 412 compliant` and the state
 * of the others. Waived resources are counted only as waived. A phone shows little more than this.
 */
export function subjectSummary(report: DailyReport, wording: BackupWording): string {
  const { text } = wording;
  const { expected, compliant, notApplicable } = report.totals;
  if (expected === 0) return text('mail.summary.nothingSeen');
  if (report.totals.compliancePercent === null) return text('mail.summary.nothingDue', { expected });
  const { outcomes, nonCompliant, unknown, waived } = unwaivedCounts(report);
  const bad = counted(wording, outcomes);
  const onlyWaived = nonCompliant + unknown === 0 && waived > 0;
  const waivedWords = counted(wording, [['waived', waived]]);
  if (bad.length > 0 || onlyWaived) {
    return text('mail.summary.bad', { counts: [...bad, ...waivedWords].join(', '), expected });
  }
  return [
    text('mail.summary.compliant', { compliant, expected }),
    ...counted(wording, [
      ['nonCompliant', nonCompliant],
      ['unknown', unknown],
      ['notApplicable', notApplicable],
    ]),
    ...waivedWords,
  ].join(', ');
}

/** The preview text that a mailbox shows after the subject. */
export function preheader(report: DailyReport, { text }: BackupWording): string {
  const { followUp, totals, incidents, statusReasons } = report;
  const { compliant, expected } = totals;
  const isDue = totals.compliancePercent !== null || expected === 0;
  const parts = [text(isDue ? 'mail.summary.compliant' : 'mail.summary.nothingDue', { compliant, expected })];
  if (report.status === 'INCOMPLETE') {
    parts.push(text('mail.preheader.reasons', { number: statusReasons.length }));
  }
  if (followUp.comparedWith !== null) {
    const { newlyBad, resolved } = followUp;
    parts.push(text('mail.preheader.changed', { newlyBad: newlyBad.length, resolved: resolved.length }));
  }
  const open = incidents.filter(({ state }) => state === 'open').length;
  parts.push(text('mail.preheader.incidents', { number: open }));
  return `${parts.join('; ')}.`;
}

/** The whole day in one sentence, under the verdict. */
export function mailHeadline({ totals }: DailyReport, wording: BackupWording): string {
  const { text } = wording;
  const { expected, compliant, waivedBad } = totals;
  if (expected === 0) return text('mail.headline.nothingSeen');
  if (totals.compliancePercent === null) return text('mail.headline.nothingDue', { expected });
  const counts = [
    text('mail.headline.compliant', { compliant, expected }),
    ...counted(wording, [
      ['nonCompliant', totals.nonCompliant],
      ['unknown', totals.unknown],
      ['notApplicable', totals.notApplicable],
    ]),
  ].join(', ');
  if (waivedBad === 0) return text('mail.headline.whole', { counts });
  return text('mail.headline.waived', { counts, waived: waivedBad });
}

/** `3 failed`, `1 missed`: only counts above zero. */
export function counted(
  { text }: BackupWording,
  counts: readonly (readonly [what: string, number: number])[],
): readonly string[] {
  return counts
    .filter(([, number]) => number > 0)
    .map(([what, number]) => text(`mail.counted.${what}`, { number }));
}

/** The report's counts without waived resources, and the number of those. */
function unwaivedCounts({ resources, totals }: DailyReport) {
  const waived = resources.filter((resource) => isWaivedBad(resource));
  const waivedOutcome = (outcome: Outcome): number =>
    waived.filter((resource) => resource.outcome === outcome).length;
  const unknown = waived.filter(({ compliance }) => compliance === 'UNKNOWN').length;
  return {
    outcomes: badOutcomes.map(
      (outcome) => [outcome, totals.byOutcome[outcome] - waivedOutcome(outcome)] as const,
    ),
    nonCompliant: totals.nonCompliant - (waived.length - unknown),
    unknown: totals.unknown - unknown,
    waived: waived.length,
  };
}
