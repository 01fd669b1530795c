import { timeWords } from '../../../renderers/view/view-parts.js';
import type { DailyReport } from '../model/daily-report.js';
import type { BackupWording } from './backup-wording.js';
import { compliantPercent } from './compliant-share.js';

type Known = Pick<DailyReport, 'previousReport' | 'inventory' | 'knownSince' | 'reportDay' | 'findings'>;

/** What a reader must know before any number: what a cold start cannot know, and that late records may still come. */
export function faceNotes(report: Known, wording: BackupWording): readonly string[] {
  const { knownSince, reportDay, findings } = report;
  const since = timeWords(knownSince, reportDay.timezone, '', wording);
  const notes = findings.filter(({ kind }) => kind === 'not-settled').map(({ words }) => words);
  if (isColdStart(report)) {
    const key = isObserved(report) ? 'wording.coldStart.observed' : 'wording.coldStart.listed';
    notes.unshift(wording.text(key, { since }));
  }
  return notes;
}

/** The report goes on from none: nothing is known of the time before. */
export function isColdStart({ previousReport }: Pick<DailyReport, 'previousReport'>): boolean {
  return previousReport === null;
}

/**
 * The share of compliant resources: `99.9%`. A cold start that knows only what it has observed gives counts: a share of
 * resources that it does not know would look like a share of all.
 */
export function shareWords(
  report: Pick<DailyReport, 'previousReport' | 'inventory' | 'totals'>,
  wording: BackupWording,
): string {
  const { compliant, expected, notApplicable, compliancePercent } = report.totals;
  if (compliancePercent === null || !isColdStart(report) || !isObserved(report)) {
    return wording.percent(compliantPercent(report.totals));
  }
  return wording.text('wording.coldStart.share', { compliant, judged: expected - notApplicable });
}

function isObserved({ inventory }: Pick<DailyReport, 'inventory'>): boolean {
  return inventory.type === 'observed';
}
