import type { Severity } from '../../model/severity.js';
import type { InterchangeDay } from '../interchange-day.js';
import type { ClaimState } from '../claims.js';
import { oneLineOf } from '../plain.js';
import { stableId } from '../stable-id.js';
import type { Judgement } from './judgement.js';
import { type Activity, type ComplianceFinding, activities } from './types.js';

const product = 'oci-backup-reporter';

const activityNames: Readonly<Record<Activity, string>> = {
  create: 'Create',
  update: 'Update',
  close: 'Close',
};

/** UNKNOWN is a warning: the check gave no result. */
const complianceOf: Readonly<Record<ClaimState, readonly [id: number, caption: string]>> = {
  pass: [1, 'Pass'],
  unknown: [2, 'Warning'],
  fail: [3, 'Fail'],
};

const severityOf: Readonly<Record<Severity, readonly [id: number, caption: string]>> = {
  low: [2, 'Low'],
  medium: [3, 'Medium'],
  high: [4, 'High'],
  critical: [5, 'Critical'],
};

/** What is no more to be judged is neither good nor bad. */
const notJudged = [99, 'Not judged'] as const;

/**
 * One event of the class Compliance Finding.
 *
 * @param isJudged whether the day says it; else it was bad before and is not judged any more
 */
export function complianceEvent(
  day: InterchangeDay,
  judgement: Judgement,
  activity: Activity,
  isJudged = true,
): ComplianceFinding {
  const { plan, date, cutOffMs } = day;
  const { state, waiver, control, title } = judgement;
  const reported = day.state === 'reported' ? day : null;
  const isBad = isJudged && state !== 'pass';
  const [complianceId, complianceStatus] = isJudged ? complianceOf[state] : notJudged;
  const [severityId, severity] = isBad ? severityOf[judgement.severity] : ([1, 'Informational'] as const);
  const [statusId, status] = statusOf(activity, isBad, waiver !== null);
  const reasons = isJudged ? judgement.reasons : ['The report of this day does not judge it any more.'];
  const detail = [...reasons, ...(isBad && waiver !== null ? [waiver] : [])];
  return {
    activity_id: activities[activity],
    activity_name: activityNames[activity],
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2003,
    class_name: 'Compliance Finding',
    type_uid: 2003 * 100 + activities[activity],
    type_name: `Compliance Finding: ${activityNames[activity]}`,
    time: cutOffMs,
    severity_id: severityId,
    severity,
    status_id: statusId,
    status,
    status_detail: detail.join(' '),
    message: `${date} ${complianceStatus}: ${title}`,
    metadata: {
      version: '1.8.0',
      uid: stableId('event', plan, date, reported?.manifestSha256 ?? day.state, judgement.findingId),
      product: {
        name: product,
        vendor_name: product,
        ...(reported === null
          ? {}
          : { version: oneLineOf(reported.report.tool.version), lang: reported.report.language }),
      },
      log_name: plan,
      ...(reported === null ? {} : { original_time: reported.report.generatedAt }),
    },
    finding_info: { uid: judgement.findingId, title, types: ['Backup compliance'] },
    compliance: {
      control,
      standards: judgement.standards,
      ...(judgement.requirements.length === 0 ? {} : { requirements: judgement.requirements }),
      status_id: complianceId,
      status: complianceStatus,
      status_details: reasons,
    },
    resources: [judgement.resource],
  };
}

/** Where the finding is in its life: what a waiver holds for is suppressed, and stays bad. */
function statusOf(
  activity: Activity,
  isBad: boolean,
  isWaived: boolean,
): readonly [id: number, caption: string] {
  if (!isBad) return [4, 'Resolved'];
  if (isWaived) return [3, 'Suppressed'];
  return activity === 'create' ? [1, 'New'] : [2, 'In Progress'];
}
