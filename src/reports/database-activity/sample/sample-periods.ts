import type { SampleDocument } from '../../sample-document.js';
import { samplePeriodOf } from '../../sample/sample-period.js';
import { many } from '../../sample/sample-values.js';
import * as revisions from '../../sample/sample-revisions.js';
import type { ActivityReport } from '../model/activity-report.js';
import { countActivityPeriod } from '../period/count-period.js';
import type { ActivityPeriod } from '../period/period-report.js';
import { eventsOfEverySort, manyEvents, routineEvents } from './sample-events.js';
import { activityReportOf, livelyDatabases, quietDatabases, wellCollected } from './sample-reports.js';

/** Months that do not exist, counted of sample days as an archive's are. */
export function activitySamplePeriods(): readonly SampleDocument<ActivityPeriod>[] {
  const { attached, firstRevision, laterRevision, notAttached, published } = revisions;
  const lively = activityReportOf(eventsOfEverySort(), livelyDatabases(3));
  const routine = activityReportOf(routineEvents(), wellCollected);
  return [
    {
      name: 'everything',
      report: periodOf([lively, ...many(29, () => routine)], ['2026-11-03', '2026-11-19']),
      lines: [],
      fillsWorkbook: true,
      ...laterRevision(2),
      ...attached,
    },
    {
      name: 'nothing',
      report: periodOf([activityReportOf([], quietDatabases)], []),
      lines: [],
      fillsWorkbook: true,
      ...firstRevision,
      ...notAttached,
    },
    {
      name: 'more than is shown',
      report: periodOf([activityReportOf(manyEvents(), livelyDatabases(45, 180))], []),
      lines: [],
      ...laterRevision(120, 30),
      ...published,
      ...notAttached,
    },
    { name: 'routine', report: periodOf([routine], []), lines: [], ...firstRevision, ...attached },
  ];
}

/** Every day is one of these reports, in turn. @param missing dates without a report */
function periodOf(reports: readonly ActivityReport[], missing: readonly string[]): ActivityPeriod {
  return samplePeriodOf(countActivityPeriod(), reports, { kind: 'database-activity', missing });
}
