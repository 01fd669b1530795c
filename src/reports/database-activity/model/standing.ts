import type { FailingCounts } from '../../../model/failing-counts.js';
import type { ReportStanding } from '../../../model/report-head.js';
import type { ActivityReport } from './activity-report.js';

/**
 * What a reader has to do. ATTENTION: auditing was taken away. INCOMPLETE: nobody knows all. REVIEW: logins failed, something
 * privileged was done or something dropped, or something is not known. ROUTINE: none of these.
 */
export const activityVerdicts = ['ATTENTION', 'INCOMPLETE', 'REVIEW', 'ROUTINE'] as const;

export type ActivityVerdict = (typeof activityVerdicts)[number];

type Judged = Pick<ActivityReport, 'status' | 'totals' | 'targets'>;

export function activityVerdict(report: Judged): ActivityVerdict {
  if (report.totals.auditingOff > 0) return 'ATTENTION';
  if (report.status !== 'COMPLETE') return 'INCOMPLETE';
  const { failedLogins, privileged, drops } = report.totals;
  return failedLogins + privileged + drops > 0 || hasUnknownActivity(report) ? 'REVIEW' : 'ROUTINE';
}

/** Unknown is never green. */
function hasUnknownActivity({ totals, targets }: Pick<Judged, 'totals' | 'targets'>): boolean {
  const isOpen = targets.some(({ collection, excluded }) => collection !== 'collected' && excluded === null);
  return totals.unknown > 0 || totals.withoutData > 0 || isOpen;
}

export function activityStanding(report: ActivityReport): ReportStanding {
  const verdict = activityVerdict(report);
  const level = verdict === 'ATTENTION' ? 'bad' : verdict === 'ROUTINE' ? 'good' : 'warning';
  return { level, verdict, totals: report.totals };
}

/** A day without any event or trail proves nothing. */
export function isWithoutActivity({ totals }: Pick<ActivityReport, 'totals'>): boolean {
  return totals.records === 0 && totals.targets === 0;
}

/** Auditing that was taken away is critical, and fails. With `unknown` so does what is not known. */
export function hasFailingActivity(report: ActivityReport, { verdict, severities }: FailingCounts): boolean {
  if (!severities.has('critical')) return false;
  if (report.totals.auditingOff > 0) return true;
  return verdict === 'unknown' && (hasUnknownActivity(report) || isWithoutActivity(report));
}
