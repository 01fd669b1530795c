import type { SampleDocument } from '../../sample-document.js';
import type { DailyReport } from '../model/daily-report.js';
import { nothingDay, unreadDay } from './empty-days.js';
import { everythingDay } from './everything-day.js';
import { acceptedDay, allWellDay } from './good-days.js';
import { groupedDay } from './grouped-day.js';
import { largeDay, largeDayLimits } from './large-day.js';
import { sampleJobs } from './sample-jobs.js';
import * as revisions from '../../sample/sample-revisions.js';

/**
 * Days of an estate that does not exist, on which templates are tried. Together they take every branch of the shipped
 * templates: one with everything that a report can have, one with more of it than page and mail show, and small ones for what
 * those two cannot be.
 */
export function sampleDays(): readonly SampleDocument<DailyReport>[] {
  const { attached, notAttached, linked, linkedWithoutAddress } = revisions;
  const { firstRevision, laterRevision, published } = revisions;
  return [
    {
      name: 'everything',
      report: everythingDay(),
      lines: sampleJobs(),
      fillsWorkbook: true,
      ...laterRevision(2),
      ...attached,
    },
    {
      name: 'nothing',
      report: nothingDay(),
      lines: [],
      fillsWorkbook: true,
      ...firstRevision,
      ...notAttached,
    },
    {
      name: 'more than is shown',
      report: largeDay(),
      lines: [],
      limits: largeDayLimits,
      ...laterRevision(120, 30),
      ...published,
      ...linked,
    },
    {
      name: 'accepted',
      report: acceptedDay(),
      lines: [],
      ...laterRevision(0),
      ...published,
      ...linkedWithoutAddress,
    },
    { name: 'all well', report: allWellDay(), lines: [], ...laterRevision(5), ...attached },
    {
      name: 'of one cause',
      report: groupedDay(),
      lines: [],
      isRightToLeft: true,
      ...firstRevision,
      ...notAttached,
    },
    // More changes than the revision keeps.
    { name: 'unread', report: unreadDay(), lines: [], ...laterRevision(120, 2), ...notAttached },
  ];
}
