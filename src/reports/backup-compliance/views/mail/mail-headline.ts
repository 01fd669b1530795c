import type { DailyReport } from '../../model/daily-report.js';
import { outcomes } from '../../model/verdict.js';
import type { BackupWording } from '../backup-wording.js';
import { type Count, counted, type StandingCounts, standingCounts } from './mail-counts.js';
import type { MailWording } from './mail-wording.js';

/** The day in words: what a person reads first. */
export interface HeadlineView {
  /** `2 of 48 resources need attention` */
  readonly headline: string;
  /** `2 failed, 1 accepted for now, 45 compliant.` */
  readonly totals: string;
  /** `3 new, 1 resolved since 2026-11-18.`; null where there is no day to compare with. */
  readonly changed: string | null;
  readonly nothingSeen: boolean;
}

export function headlineView(report: DailyReport, context: MailWording): HeadlineView {
  const { wording } = context;
  const counts = standingCounts(report);
  return {
    headline: headlineWords(report, counts, wording),
    totals: totalsWords(report, counts, wording),
    changed: changedWords(report, context),
    nothingSeen: report.totals.expected === 0,
  };
}

/** The same in one line, for a channel: `2 of 48 resources need attention. 2 failed, 1 accepted for now, 45 compliant.` */
export function headlineLine(report: DailyReport, wording: BackupWording): string {
  const counts = standingCounts(report);
  return `${headlineWords(report, counts, wording)}. ${totalsWords(report, counts, wording)}`;
}

/** Never well for what is missing: an INCOMPLETE day has seen no exception, which is not that there is none. */
function headlineWords(
  { totals, status }: DailyReport,
  { exceptions, waived }: StandingCounts,
  { text }: BackupWording,
): string {
  const { expected, compliant, compliancePercent } = totals;
  if (expected === 0) return text('mail.headline.nothingSeen');
  const isKnown = status === 'COMPLETE';
  if (exceptions > 0) {
    return text(isKnown ? 'mail.headline.exceptions' : 'mail.headline.atLeast', { exceptions, expected });
  }
  if (compliancePercent === null) return text('mail.headline.nothingDue', { expected });
  if (!isKnown) return text('mail.headline.noneSeen');
  if (waived > 0) return text('mail.headline.waived', { waived });
  if (compliant === expected) return text('mail.headline.allCompliant', { expected });
  return text('mail.headline.compliant', { compliant, others: expected - compliant });
}

/** Every resource once. Where all are compliant, what their backups came to. */
function totalsWords(
  { totals }: DailyReport,
  { byOutcome, byVerdict, waived }: StandingCounts,
  wording: BackupWording,
): string {
  const { text } = wording;
  const { expected, compliant, notApplicable, compliancePercent } = totals;
  if (expected === 0) return text('mail.headline.nothingGood');
  if (compliancePercent === null) return text('mail.headline.noProof');
  const whole: readonly Count[] = outcomes.map((outcome) => [outcome, totals.byOutcome[outcome]]);
  const parts: readonly Count[] = [
    ...(byOutcome.length > 0 ? byOutcome : byVerdict),
    ['waived', waived],
    ['compliant', compliant],
    ['notApplicable', notApplicable],
  ];
  return `${counted(wording, compliant === expected ? whole : parts).join(', ')}.`;
}

function changedWords({ followUp }: DailyReport, { wording, texts }: MailWording): string | null {
  const { comparedWith, newlyBad, resolved } = followUp;
  if (comparedWith === null) return null;
  const { text } = wording;
  const day = texts.day(comparedWith);
  const changes = counted(wording, [
    ['newlyBad', newlyBad.length],
    ['resolved', resolved.length],
  ]).join(', ');
  return changes === ''
    ? text('mail.headline.unchanged', { day })
    : text('mail.headline.changed', { changes, day });
}
