import { z } from 'zod';
import type { DocumentFault } from '../../../model/read-document.js';
import { sourceReportSchema } from '../../../model/report-head.js';
import { dailyReportSchema } from '../model/daily-report.js';
import { incidentSchema } from '../model/incident.js';
import { lifeCycleSchema } from '../model/life-cycle.js';
import { parseReport } from '../model/parse-report.js';
import { reportTotalsSchema, trendDaySchema } from '../model/report-totals.js';
import { controlResultSchema, resourceComplianceSchema } from '../model/resource-compliance.js';
import { runningAttemptSchema } from '../model/running-attempt.js';
import {
  formerFactsSchema,
  formerResourceSchema,
  unjudgedResourceSchema,
} from '../model/unjudged-resource.js';
import type { MemorableReport } from './memory.js';

/** Facts of a resource, judged or not, that the next day starts from. */
const facts = {
  resourceId: true,
  resourceType: true,
  resourceName: true,
  compartmentId: true,
  compartmentName: true,
  tags: true,
  owner: true,
  lastSuccessTime: true,
  lastFailure: true,
  lastRestoreTime: true,
  lastKnown: true,
  volumeGroup: true,
} as const;

const unjudged = unjudgedResourceSchema.pick(facts);

const judged = resourceComplianceSchema
  .pick({
    ...facts,
    outcome: true,
    compliance: true,
    consecutiveBadDays: true,
    badSince: true,
    recentOutcomes: true,
    firstReported: true,
  })
  // Whatever controls its version had.
  .extend({ controls: z.record(z.string(), controlResultSchema.pick({ verdict: true, reason: true })) });

/** The parts of an archived report.json that later days compute with; the rest is for readers. */
const memorableReport = dailyReportSchema
  .pick({
    schemaVersion: true,
    plan: true,
    reportDay: true,
    knownSince: true,
    generatedAt: true,
    status: true,
  })
  .extend({
    sources: z.array(sourceReportSchema.pick({ name: true, complete: true, windowStart: true, pulse: true })),
    resources: z.array(judged),
    notInInventory: z.array(unjudged),
    excludedResources: z.array(unjudged),
    formerResources: z.array(
      formerResourceSchema.pick({ resourceId: true, lastDay: true, terminatedTime: true }),
    ),
    formerFacts: z.array(formerFactsSchema).optional(),
    lifeCycles: z.array(lifeCycleSchema).optional(),
    incidents: z.array(
      incidentSchema.pick({
        resourceId: true,
        condition: true,
        state: true,
        openedAt: true,
        lastSeenAt: true,
        clearedAt: true,
        eventIds: true,
      }),
    ),
    runningAttempts: z.array(
      runningAttemptSchema.pick({
        eventId: true,
        eventType: true,
        time: true,
        endedTime: true,
        resource: true,
      }),
    ),
    trend: z.array(
      trendDaySchema
        .pick({ date: true, jobs: true })
        .extend({ totals: reportTotalsSchema.pick({ expected: true }).nullable() }),
    ),
  });

/** Why the bytes are not the expected report. */
export type ReportFault =
  | { readonly kind: 'not-json' }
  | { readonly kind: 'malformed'; readonly issue: string }
  | { readonly kind: 'of-another'; readonly plan: string; readonly date: string };

/** `reason` is the fault in English, for commands; a report states it in its own language. */
export type ReadMemorable =
  | { readonly ok: true; readonly report: MemorableReport }
  | { readonly ok: false; readonly fault: ReportFault; readonly reason: string };

/** Reads what the next day needs from an archived report.json, and validates every field that is computed with. */
export function parseMemorable(bytes: Uint8Array, expected: { plan: string; date: string }): ReadMemorable {
  const read = parseReport(bytes, memorableReport);
  if (!read.ok) return rejection(read.fault);
  const { plan, reportDay } = read.checked;
  const { date } = reportDay;
  if (plan === expected.plan && date === expected.date) return { ok: true, report: read.report };
  const fault = { kind: 'of-another', plan, date } as const;
  return { ok: false, fault, reason: `it is the report of ${plan}, ${date}` };
}

function rejection(fault: DocumentFault): ReadMemorable {
  if (fault.kind === 'not-json') {
    return { ok: false, fault: { kind: 'not-json' }, reason: 'it is not JSON' };
  }
  const [first] = fault.error.issues;
  const issue = `${first?.path.join('.')}: ${first?.message}`;
  return { ok: false, fault: { kind: 'malformed', issue }, reason: issue };
}
