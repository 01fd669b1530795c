import type { IndexedDay } from '../../../model/day-coverage.js';
import type { DailyReport } from '../model/daily-report.js';
import { standingOf } from '../model/report-standing.js';
import { resourceAnchor } from './page/resource-anchor.js';

/** What an index of an archive shows of a report. */
export function indexedDayOf(report: DailyReport): IndexedDay {
  const { level, verdict } = standingOf(report);
  const { expected, compliant, nonCompliant, unknown, notApplicable, compliancePercent } = report.totals;
  return {
    level,
    verdict,
    counts: { expected, compliant, nonCompliant, unknown, notApplicable },
    percent: compliancePercent,
    subjects: report.resources.map(({ resourceId, resourceName, resourceType, outcome }) => ({
      id: resourceId,
      name: resourceName,
      type: resourceType,
      outcome,
      anchor: resourceAnchor(resourceId),
    })),
  };
}
