import type { SampleDocument } from '../../sample-document.js';
import { samplePeriodOf } from '../../sample/sample-period.js';
import { many } from '../../sample/sample-values.js';
import * as revisions from '../../sample/sample-revisions.js';
import { countTenancyPeriod } from '../period/count-period.js';
import type { TenancyPeriod } from '../period/period-report.js';
import type { TenancyReport } from '../model/tenancy-report.js';
import { changesOfEverySort, manyChanges, routineChanges } from './sample-changes.js';
import { livelyTenancy, quietTenancy, tenancyReportOf } from './sample-reports.js';

/** Months that do not exist, counted of sample days as an archive's are. */
export function tenancySamplePeriods(): readonly SampleDocument<TenancyPeriod>[] {
  const { attached, firstRevision, laterRevision, notAttached, published } = revisions;
  const lively = tenancyReportOf(changesOfEverySort(), livelyTenancy(3));
  const routine = tenancyReportOf(routineChanges(), {
    ...quietTenancy,
    firstSeen: { knownDays: 40, principals: [] },
  });
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
      report: periodOf([tenancyReportOf([], quietTenancy)], []),
      lines: [],
      fillsWorkbook: true,
      ...firstRevision,
      ...notAttached,
    },
    {
      name: 'more than is shown',
      report: periodOf([tenancyReportOf(manyChanges(), livelyTenancy(24))], []),
      lines: [],
      ...laterRevision(120, 30),
      ...published,
      ...notAttached,
    },
    { name: 'routine', report: periodOf([routine], []), lines: [], ...firstRevision, ...attached },
  ];
}

/** Every day is one of these reports, in turn. @param missing dates without a report */
function periodOf(reports: readonly TenancyReport[], missing: readonly string[]): TenancyPeriod {
  return samplePeriodOf(countTenancyPeriod(), reports, { kind: 'tenancy-changes', missing });
}
