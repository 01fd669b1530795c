import type { SampleDocument } from '../../sample-document.js';
import * as revisions from '../../sample/sample-revisions.js';
import type { TenancyReport } from '../model/tenancy-report.js';
import { changesOfEverySort, manyChanges, routineChanges } from './sample-changes.js';
import { livelyTenancy, quietTenancy, tenancyReportOf } from './sample-reports.js';

/** Fewer than the day has, so that its page says so. */
const fewListed = { exceptions: 20, rows: 30, listed: 40 };

/** Days of a tenancy that does not exist, on which templates are tried. Together they take every branch of the shipped ones. */
export function tenancySampleDays(): readonly SampleDocument<TenancyReport>[] {
  const { attached, firstRevision, laterRevision, linked, notAttached, published } = revisions;
  return [
    {
      name: 'everything',
      report: tenancyReportOf(changesOfEverySort(), livelyTenancy(3)),
      lines: changesOfEverySort(),
      fillsWorkbook: true,
      ...laterRevision(2),
      ...attached,
    },
    {
      name: 'nothing',
      report: tenancyReportOf([], quietTenancy),
      lines: [],
      fillsWorkbook: true,
      ...firstRevision,
      ...notAttached,
    },
    {
      name: 'more than is shown',
      report: tenancyReportOf(manyChanges(), livelyTenancy(24)),
      lines: manyChanges(),
      limits: fewListed,
      ...laterRevision(120, 30),
      ...published,
      ...linked,
    },
    {
      name: 'routine',
      report: tenancyReportOf(routineChanges(), {
        ...quietTenancy,
        firstSeen: { knownDays: 40, principals: [] },
      }),
      lines: routineChanges(),
      ...firstRevision,
      ...attached,
    },
  ];
}
