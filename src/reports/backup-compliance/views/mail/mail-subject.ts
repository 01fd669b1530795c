import type { DailyReport } from '../../model/daily-report.js';
import { isException } from '../../model/verdict.js';
import type { BackupWording } from '../backup-wording.js';
import { worstSentence } from '../causes/worst-sentence.js';
import { type Count, counted, standingCounts } from './mail-counts.js';
import type { MailWording } from './mail-wording.js';

/** The part in brackets: `NON-COMPLIANT`, `INCOMPLETE, NON-COMPLIANT`, … */
export function subjectLabel(report: DailyReport, { reportVerdict, text }: BackupWording): string {
  const verdict = reportVerdict(report).words;
  const incomplete = text('reportVerdict.INCOMPLETE');
  return report.status === 'INCOMPLETE' && verdict !== incomplete ? `${incomplete}, ${verdict}` : verdict;
}

/**
 * `3 failed, 1 missed of 412`, `3 failed, 2 accepted for now of 412`; without a bad outcome, `405 of 412 compliant` and
 * the state of the others. Waived resources are counted only as waived. A phone shows little more than this.
 */
export function subjectSummary(report: DailyReport, wording: BackupWording): string {
  const { text } = wording;
  const { expected, compliant, notApplicable, compliancePercent } = report.totals;
  if (expected === 0) return text('mail.summary.nothingSeen');
  if (compliancePercent === null) return text('mail.summary.nothingDue', { expected });
  const { exceptions, byOutcome, byVerdict, waived } = standingCounts(report);
  const bad = counted(wording, byOutcome);
  const waivedWords = counted(wording, [['waived', waived]]);
  if (bad.length > 0 || (exceptions === 0 && waived > 0)) {
    return text('mail.summary.bad', { counts: [...bad, ...waivedWords].join(', '), expected });
  }
  return [
    text('mail.summary.compliant', { compliant, expected }),
    ...counted(wording, [...byVerdict, ['notApplicable', notApplicable]]),
    ...waivedWords,
  ].join(', ');
}

/** The preview text that a mailbox shows after the subject: the worst by name, with its cause. */
export function preheader(report: DailyReport, { wording, texts }: MailWording): string {
  const { text } = wording;
  const { followUp, totals, statusReasons } = report;
  const { compliant, expected } = totals;
  const worst = worstSentence(report.resources.filter(isException), wording, texts.short);
  const isDue = totals.compliancePercent !== null || expected === 0;
  const standing = text(isDue ? 'mail.summary.compliant' : 'mail.summary.nothingDue', {
    compliant,
    expected,
  });
  const parts = [standing];
  if (report.status === 'INCOMPLETE') {
    parts.push(text('mail.preheader.reasons', { number: statusReasons.length }));
  }
  if (followUp.comparedWith !== null) {
    const { newlyBad, resolved } = followUp;
    const changes: readonly Count[] = [
      ['newlyBad', newlyBad.length],
      ['resolved', resolved.length],
    ];
    parts.push(...counted(wording, changes));
  }
  return `${worst} ${parts.join('; ')}.`.trim();
}
