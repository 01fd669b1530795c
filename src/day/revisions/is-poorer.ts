import type { ReportHead } from '../../model/report-head.js';
import { evidenceType } from '../evidence/earlier-evidence.js';
import type { CommittedRevision } from './read-revisions.js';

/**
 * A COMPLETE report is not replaced by one that knows no more because a source failed today. Damage of the archive is
 * told by a revision, though.
 */
export function isPoorer(
  { manifest }: Pick<CommittedRevision, 'manifest'>,
  { report }: { readonly report: ReportHead },
): boolean {
  const isWhole = report.sources.every(({ complete, type }) => complete || type === evidenceType);
  const isDamaged = report.sources.some(({ complete, type }) => !complete && type === evidenceType);
  const usedBefore = manifest.controlTotals?.used ?? 0;
  return !isWhole && !isDamaged && manifest.status === 'COMPLETE' && report.controlTotals.used <= usedBefore;
}
