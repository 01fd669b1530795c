import type { DayRecollection, ReportKind } from '../report-kind.js';
import { activityPeriods } from './activity-periods.js';
import { activityAudit } from './audit-report.js';
import { concludeActivity } from './conclude-day.js';
import { activityRevisionChanges } from './document/changes-since.js';
import { activityDigest, activityDigestVersion } from './document/content-digest.js';
import { readActivityReport } from './document/read-report.js';
import { type ReadActivity, openActivityReading } from './events/open-reading.js';
import { openActivityExplanation } from './explain/explain-records.js';
import { explainTarget } from './explain/explain-target.js';
import { activityFile } from './model/activity.js';
import type { ActivityOptions } from './model/activity-options.js';
import type { ActivityReport } from './model/activity-report.js';
import { activitySampleDays } from './sample/sample-days.js';
import { activityStanding, hasFailingActivity, isWithoutActivity } from './model/standing.js';
import { activityAnswer, activitySummary, activityVerdictLine } from './views/terminal/summary.js';

/** What reading its reports back from an archive needs. */
export const archivedDatabaseActivity = {
  name: 'database-activity',
  linesFile: activityFile,
  readReport: readActivityReport,
  sampleDays: activitySampleDays,
  contentDigest: activityDigest,
  contentDigestVersion: activityDigestVersion,
  audit: activityAudit,
} satisfies Partial<ReportKind<ActivityReport>>;

/** What was done in databases on the day, by Data Safe's audit events: failed logins and privileged changes first. */
export function createDatabaseActivity(
  options: ActivityOptions,
): ReportKind<ActivityReport, DayRecollection, ReadActivity> {
  return {
    ...archivedDatabaseActivity,
    lookbackDays: 0,
    openReading: openActivityReading,
    // What happened is of its day alone; what was collected later revises that day.
    memory: null,
    conclude: (input) => concludeActivity(input, options),
    changesSince: activityRevisionChanges,
    partsOf: async () => [],
    standingOf: activityStanding,
    expectsRecords: isWithoutActivity,
    diagnoseEventTypes: () => ({
      state: 'ok',
      words: 'events are counted by target, and trails tell of which targets there are none',
      advice: null,
    }),
    openExplanation: openActivityExplanation,
    explainSubject: explainTarget,
    verdictLineOf: activityVerdictLine,
    summaryOf: activitySummary,
    answerOf: activityAnswer,
    hasFailing: hasFailingActivity,
    periods: activityPeriods,
  };
}
