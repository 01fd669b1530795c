import { addDays } from '../../base/civil-dates.js';
import type { PeriodHead } from '../../model/period-head.js';
import type { ReportHead } from '../../model/report-head.js';
import type { PeriodCounting } from '../period-kind.js';
import { many } from './sample-values.js';

/** First of the days that every sample of a period has. */
const firstDate = '2026-11-01';
const days = 30;

/** How days of a sample became part of it; those that are not named are COMPLETE. */
interface SampledStates {
  readonly missing: readonly string[];
  readonly incomplete: readonly string[];
}

/** Dates of the sample's month, oldest first. */
const samplePeriodDates: readonly string[] = many(days, (index) => addDays(firstDate, index));

/** The head of a month. */
function samplePeriodHead(kind: string, { missing, incomplete }: SampledStates): PeriodHead {
  const isWhole = missing.length + incomplete.length === 0;
  return {
    schemaVersion: 1,
    kind,
    plan: 'sample',
    period: {
      label: '2026-11',
      type: 'month',
      from: firstDate,
      to: '2026-11-30',
      timezone: 'America/New_York',
      start: '2026-11-01T04:00:00.000Z',
      end: '2026-12-01T05:00:00.000Z',
    },
    status: isWhole ? 'COMPLETE' : 'INCOMPLETE',
    statusReasons: isWhole ? [] : many(12, (index) => `Of day ${index} there is no report.`),
    generatedAt: '2026-12-02T11:00:00.000Z',
    tool: { name: 'oci-backup-reporter', version: '0.0.0' },
    language: 'en',
    days: samplePeriodDates.map((date, index) => {
      const isMissing = missing.includes(date);
      return {
        date,
        state: isMissing ? 'MISSING' : incomplete.includes(date) ? 'INCOMPLETE' : 'COMPLETE',
        revision: isMissing ? null : 1 + (index % 2),
        manifestSha256: isMissing ? null : '0'.repeat(64),
        isRevised: !isMissing && index % 2 === 1,
        reason: isMissing ? 'there is no report of this day.' : null,
      };
    }),
    revisedDays: isWhole ? 0 : 14,
  };
}

/**
 * A month whose days are these reports, in turn.
 *
 * @param missing dates without a report
 */
export function samplePeriodOf<P extends PeriodHead>(
  counting: PeriodCounting<P>,
  reports: readonly Pick<ReportHead, 'status'>[],
  { kind, missing }: { readonly kind: string; readonly missing: readonly string[] },
): P {
  const incomplete: string[] = [];
  for (const [index, date] of samplePeriodDates.entries()) {
    const report = reports[index % reports.length];
    if (report === undefined || missing.includes(date)) {
      counting.takeMissing(date);
      continue;
    }
    if (report.status === 'INCOMPLETE') incomplete.push(date);
    counting.takeDay(date, Buffer.from(JSON.stringify(report)), null);
  }
  return counting.conclude(samplePeriodHead(kind, { missing, incomplete }));
}
