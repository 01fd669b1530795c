import { hourMs } from '../../../base/time-units.js';
import { parseInstant } from '../../../base/instants.js';
import type { ReportDay } from '../../../model/report-day.js';
import type { DataSafeTrail } from '../../../records/data-safe/read-trail.js';
import { sampleHead } from '../../sample/sample-head.js';
import { sampleRecords, sampleSources } from '../../sample/sample-sources.js';
import { many, sampleCutOff, sampleDate, sampleStart } from '../../sample/sample-values.js';
import type { Whole } from '../../sample/whole.js';
import { countActivity } from '../facts/count-activity.js';
import { isWithoutData, knownTargets } from '../facts/known-targets.js';
import type { ActivityLine } from '../model/activity.js';
import type { ActivityReport } from '../model/activity-report.js';

type Uncounted = Pick<
  Whole<ActivityReport>,
  'rejectedRecords' | 'findings' | 'lateDays' | 'otherTypes' | 'previousReport'
> &
  Pick<ActivityReport, 'sources' | 'controlTotals' | 'statusReasons'> & {
    readonly trails: readonly DataSafeTrail[];
  };

const startMs = parseInstant(sampleStart) ?? 0;
const cutOffMs = parseInstant(sampleCutOff) ?? 0;
const day: ReportDay = { date: sampleDate, timezone: 'America/New_York', startMs, cutOffMs };
const excluded = [{ target: 'ocid1.datasafetargetdatabase.oc1.iad.sandbox', reason: 'rebuilt nightly' }];

/** A report of these events, with what is not counted of them. It adds up as a real one does. */
export function activityReportOf(
  events: readonly ActivityLine[],
  { trails, ...uncounted }: Uncounted,
): ActivityReport {
  const { counts, auditingOff, targets: counted, ...tables } = countActivity(events, day);
  const targets = knownTargets(counted, trails, day, { exclude: excluded });
  return {
    ...sampleHead(uncounted.statusReasons.length === 0 ? 'COMPLETE' : 'INCOMPLETE'),
    kind: 'database-activity',
    ...uncounted,
    totals: {
      ...counts,
      auditingOff,
      targets: targets.length,
      withoutData: targets.filter(isWithoutData).length,
      late: uncounted.lateDays.reduce((sum, { records }) => sum + records, 0),
    },
    targets,
    ...tables,
  };
}

/** A trail of a target of that name. @param lastCollectedMs null: it is not told */
function trailOf(target: string, status: string, lastCollectedMs: number | null): DataSafeTrail {
  return {
    id: `ocid1.datasafeaudittrail.oc1.iad.${target}`,
    targetId: `ocid1.datasafetargetdatabase.oc1.iad.${target}`,
    targetName: null,
    location: 'UNIFIED_AUDIT_TRAIL',
    status,
    displayName: 'unified',
    collectsFromMs: null,
    lastCollectedMs,
    readMs: null,
    onlineMonths: null,
  };
}

/** Everything was read, and nothing is to be said. */
export const quietDatabases: Uncounted = {
  trails: [],
  sources: [],
  controlTotals: { read: 0, used: 0, duplicate: 0, outside: 0, ignored: 0, rejected: 0 },
  statusReasons: [],
  rejectedRecords: [],
  findings: [],
  lateDays: [],
  otherTypes: [],
  previousReport: null,
};

/** The whole day of the one target was collected. */
export const wellCollected: Uncounted = {
  ...quietDatabases,
  trails: [trailOf('erp', 'COLLECTING', cutOffMs + 3 * hourMs)],
};

/**
 * @param number of each, and of reasons why not everything was read
 * @param idle targets of which nobody knows how much was collected
 */
export function livelyDatabases(number: number, idle = number): Uncounted {
  return {
    trails: [
      trailOf('erp', 'COLLECTING', startMs + 3 * hourMs),
      trailOf('crm', 'STOPPED_NEEDS_ATTN', null),
      trailOf('sandbox', 'STOPPED', null),
      ...many(idle, (index) => trailOf(`idle${index}`, 'COLLECTING', null)),
    ],
    sources: sampleSources(number),
    controlTotals: sampleRecords,
    statusReasons: many(number, (index) => `1:data-safe: target ${index} has no data.`),
    rejectedRecords: many(3, (index) => ({
      reason: 'not JSON',
      excerpt: '{"auditEventTime": "20',
      sha256: String(index).repeat(64),
    })),
    findings: many(number, (index) => ({
      kind: 'trail',
      subject: `crm-${index}`,
      words: `crm-${index}: its trail needs attention.`,
    })),
    lateDays: many(number, (index) => ({
      date: sampleDate,
      records: index + 1,
      revised: index % 2 === 0,
    })),
    otherTypes: [
      ...many(number, (index) => ({ eventType: `com.example.other${index}`, records: 40 - index })),
      { eventType: '', records: 3 },
    ],
    previousReport: {
      date: '2026-11-17',
      status: 'INCOMPLETE',
      contentDigest: '0'.repeat(64),
      bridgedDays: ['2026-11-18'],
    },
  };
}
