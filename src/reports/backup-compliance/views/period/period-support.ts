import type { SupportName } from '../../model/framework.js';
import type { PeriodReport } from '../../period/period-report.js';
import type { BackupWording } from '../backup-wording.js';
import { type SupportRow, isControl, supportRowsOf } from '../support-counts.js';

/** Every clause with all that supports it, with the counts of the period. */
export function periodSupportRows(report: PeriodReport, wording: BackupWording): readonly SupportRow[] {
  return supportRowsOf(report.frameworks ?? [], wording, {
    countsOf: (by) => countsOf(by, report, wording),
    evidenceOf: (by) => wording.text(`period.framework.evidence.${isControl(by) ? 'control' : by}`),
  });
}

/** Of a control, met of the resource-days that it applied to; what is unknown is not met. */
function countsOf(by: SupportName, report: PeriodReport, { text }: BackupWording): string {
  if (by === 'archive') return text('framework.counts.archive');
  if (by === 'changes') return text('framework.counts.changes', { number: report.changesTotal });
  if (by === 'population') {
    const { resources, days } = report;
    const missing = days.filter(({ state }) => state === 'MISSING').length;
    return text('period.framework.counts.population', {
      resources: resources.length,
      days: days.length,
      missing,
    });
  }
  const counted = report.controls.find(({ control }) => control === by);
  if (counted === undefined) return text('period.framework.counts.none');
  const { met, applicable, notMet, unknown } = counted;
  return text('period.framework.counts.control', { met, applicable, notMet, unknown });
}
