import type { SampleDocument } from '../../sample-document.js';
import * as revisions from '../../sample/sample-revisions.js';
import type { ActivityReport } from '../model/activity-report.js';
import { eventsOfEverySort, manyEvents, routineEvents } from './sample-events.js';
import { activityReportOf, livelyDatabases, quietDatabases, wellCollected } from './sample-reports.js';

/** Fewer than the day has, so that its page says so. */
const fewListed = { exceptions: 20, rows: 30, listed: 40 };

/** Days of databases that do not exist, on which templates are tried. Together they take every branch of the shipped ones. */
export function activitySampleDays(): readonly SampleDocument<ActivityReport>[] {
  const { attached, firstRevision, laterRevision, linked, notAttached, published } = revisions;
  return [
    {
      name: 'everything',
      report: activityReportOf(eventsOfEverySort(), livelyDatabases(3)),
      lines: eventsOfEverySort(),
      fillsWorkbook: true,
      ...laterRevision(2),
      ...attached,
    },
    {
      name: 'nothing',
      report: activityReportOf([], quietDatabases),
      lines: [],
      fillsWorkbook: true,
      ...firstRevision,
      ...notAttached,
    },
    {
      name: 'more than is shown',
      report: activityReportOf(manyEvents(), livelyDatabases(45, 180)),
      lines: manyEvents(),
      limits: fewListed,
      ...laterRevision(120, 30),
      ...published,
      ...linked,
    },
    {
      name: 'routine',
      report: activityReportOf(routineEvents(), wellCollected),
      lines: routineEvents(),
      ...firstRevision,
      ...attached,
    },
  ];
}
