import { reportDayOf } from '../base/civil-dates.js';
import { readCheckedRevision } from '../day/delivery/read-checked.js';
import { readRevisions } from '../day/revisions/read-revisions.js';
import { reportsUpTo } from '../day/revisions/reports-up-to.js';
import type { NewestReport } from '../schedule/scheduled-plan.js';
import type { KindRegistry } from '../wiring/report-kinds.js';
import type { WiredPlan } from '../wiring/wire-plan.js';

/**
 * What the newest report of a span says, read back from the archive; null: there is none.
 *
 * @param kinds of report that there are
 * @throws Failure('storage') where it cannot be read
 */
export async function readNewestReport(
  { plan, ports, timezone }: WiredPlan,
  span: { readonly from: string; readonly to: string },
  kinds: KindRegistry,
): Promise<NewestReport | null> {
  const { dates } = await reportsUpTo(ports.archive, plan.name, span);
  const newestFirst = [...dates].sort().reverse();
  const [date] = newestFirst;
  const found = date === undefined ? null : await readCheckedRevision(ports.archive, plan, date);
  if (date === undefined || found === null) return null;
  const kind = await kinds.load(plan.kind.name);
  const { day, subjects } = kind?.indexedReportOf(found.report) ?? { day: null, subjects: [] };
  const byOutcome: Record<string, number> = {};
  for (const { outcome } of subjects) byOutcome[outcome] = (byOutcome[outcome] ?? 0) + 1;
  const counts = day?.counts ?? null;
  const generatedAtMs = Date.parse(found.manifest.generatedAt);
  const isComplete = found.report.status === 'COMPLETE';
  return {
    cutOffMs: reportDayOf(date, timezone)?.cutOffMs ?? generatedAtMs,
    generatedAtMs,
    isComplete,
    lastCompleteMs: isComplete ? generatedAtMs : await lastCompleteOf({ plan, ports }, newestFirst),
    byOutcome,
    byVerdict:
      counts === null
        ? {}
        : {
            COMPLIANT: counts.compliant,
            NON_COMPLIANT: counts.nonCompliant,
            UNKNOWN: counts.unknown,
            NOT_APPLICABLE: counts.notApplicable,
          },
    bySeverity: day?.nonCompliantBySeverity ?? {},
  };
}

/** When the newest COMPLETE report was made, epoch milliseconds; null: there is none. A damaged one is not known to be one. */
async function lastCompleteOf(
  { plan, ports }: Pick<WiredPlan, 'plan' | 'ports'>,
  newestFirst: readonly string[],
): Promise<number | null> {
  for (const date of newestFirst) {
    const { newest, damaged } = await readRevisions(ports.archive, plan.name, date);
    if (damaged.length === 0 && newest?.manifest.status === 'COMPLETE') {
      return Date.parse(newest.manifest.generatedAt);
    }
  }
  return null;
}
