import type { IndexedReport } from '../../../model/day-coverage.js';
import type { Severity } from '../../../model/severity.js';
import type { Label, Wording } from '../../../renderers/view/wording.js';
import type { DailyReport } from '../model/daily-report.js';
import { standingOf } from '../model/report-standing.js';
import { outcomes } from '../model/verdict.js';
import { createBackupWording } from './backup-wording.js';
import { resourceAnchor } from './page/resource-anchor.js';

/** What an index of an archive shows of a report. */
export function indexedReportOf(report: DailyReport): IndexedReport {
  const { level, verdict } = standingOf(report);
  const { expected, compliant, nonCompliant, unknown, notApplicable, compliancePercent } = report.totals;
  return {
    day: {
      level,
      verdict,
      counts: { expected, compliant, nonCompliant, unknown, notApplicable },
      percent: compliancePercent,
      nonCompliantBySeverity: bySeverity(report.resources),
      hasFrameworks: (report.frameworks ?? []).length > 0,
    },
    subjects: report.resources.map(({ resourceId, resourceName, resourceType, outcome }) => ({
      id: resourceId,
      name: resourceName,
      type: resourceType,
      outcome,
      anchor: resourceAnchor(resourceId),
    })),
  };
}

function bySeverity(resources: DailyReport['resources']): Readonly<Record<Severity, number>> {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const { compliance, waiver, severity } of resources) {
    if (compliance === 'NON_COMPLIANT' && waiver === null) counts[severity] += 1;
  }
  return counts;
}

/** How an index shows the outcomes that subjects may have, worst first. */
export function indexedOutcomes(
  wording: Wording,
): readonly (Label & { readonly outcome: string; readonly mark: string })[] {
  const words = createBackupWording(wording);
  return outcomes.map((outcome) => ({
    outcome,
    mark: words.outcomeMark(outcome),
    ...words.outcome(outcome),
  }));
}
