import { type JobStatus, jobStatuses } from '../model/backup-job.js';
import type { ControlTotals, RejectedRecord } from '../model/control-totals.js';
import type { DailyReport, ReportTotals, SourceReport, UnrecognisedType } from '../model/daily-report.js';
import type { Incident } from '../model/incident.js';
import type { ReportDay } from '../model/report-day.js';
import {
  type ControlName,
  type Outcome,
  type ResourceCompliance,
  type Verdict,
  controlNames,
  outcomes,
} from '../model/resource-compliance.js';
import type { CorrelatedJob } from './correlate-jobs.js';
import { compareText } from './event-ledger.js';
import { toIso } from './instants.js';
import { count } from './words.js';

export interface AssemblyInput {
  readonly plan: string;
  readonly day: ReportDay;
  readonly generatedAt: string;
  readonly tool: DailyReport['tool'];
  readonly resources: readonly ResourceCompliance[];
  readonly notInInventory: readonly string[];
  readonly incidents: readonly Incident[];
  /** Jobs that belong to the day. */
  readonly jobs: readonly CorrelatedJob[];
  readonly sources: readonly SourceReport[];
  readonly rejected: readonly RejectedRecord[];
  readonly unrecognised: ReadonlyMap<string, number>;
  readonly tolerateRejected: number;
  readonly inventory: DailyReport['inventory'];
  readonly inventoryFaults: readonly string[];
  /** Whether the cut-off had passed when the events were read. */
  readonly isDayOver: boolean;
}

/** Puts the report document together and says whether it is COMPLETE. Everything that renderers show is in it. */
export function assembleReport(input: AssemblyInput): DailyReport {
  const { day } = input;
  const controlTotals = sumControlTotals(input.sources.map((source) => source.controlTotals));
  const statusReasons = reasonsOfIncompleteness(input, controlTotals);
  return {
    schemaVersion: 1,
    plan: input.plan,
    reportDay: {
      date: day.date,
      timezone: day.timezone,
      start: toIso(day.startMs),
      cutOff: toIso(day.cutOffMs),
      hours: (day.cutOffMs - day.startMs) / 3_600_000,
    },
    status: statusReasons.length === 0 ? 'COMPLETE' : 'INCOMPLETE',
    statusReasons,
    generatedAt: input.generatedAt,
    tool: input.tool,
    totals: totalsOf(input.resources),
    controls: controlNames.map((control) => ({ control, byVerdict: verdictsOf(input.resources, control) })),
    resources: input.resources,
    incidents: input.incidents,
    jobTotals: jobTotalsOf(input.jobs),
    trend: [],
    sources: input.sources,
    controlTotals,
    rejectedRecords: input.rejected,
    unrecognisedTypes: unrecognisedOf(input.unrecognised),
    inventory: input.inventory,
    notInInventory: input.notInInventory,
    previousReport: null,
  };
}

export function sumControlTotals(totals: readonly ControlTotals[]): ControlTotals {
  const sum = { read: 0, used: 0, duplicate: 0, outside: 0, ignored: 0, rejected: 0 };
  for (const each of totals) {
    sum.read += each.read;
    sum.used += each.used;
    sum.duplicate += each.duplicate;
    sum.outside += each.outside;
    sum.ignored += each.ignored;
    sum.rejected += each.rejected;
  }
  return sum;
}

function reasonsOfIncompleteness(input: AssemblyInput, totals: ControlTotals): readonly string[] {
  const reasons = input.sources.flatMap(({ name, reasons: own }) =>
    own.map((reason) => `${name}: ${reason}`),
  );
  for (const fault of input.inventoryFaults) reasons.push(`inventory: ${fault}`);
  if (totals.rejected > input.tolerateRejected) {
    const tolerated = input.tolerateRejected === 0 ? '' : `, ${input.tolerateRejected} tolerated`;
    reasons.push(`${count(totals.rejected, 'record')} could not be read${tolerated}`);
  }
  if (!input.isDayOver) reasons.push('the report day was not over when its events were read');
  if (totals.read === 0 && reasons.length === 0) {
    reasons.push('the sources held no record at all: whether backups ran is not known');
  }
  return reasons;
}

function totalsOf(resources: readonly ResourceCompliance[]): ReportTotals {
  const byOutcome = zeroes<Outcome>(outcomes);
  const byVerdict = zeroes<Verdict>(['COMPLIANT', 'NON_COMPLIANT', 'UNKNOWN', 'NOT_APPLICABLE']);
  for (const resource of resources) {
    byOutcome[resource.outcome] += 1;
    byVerdict[resource.compliance] += 1;
  }
  const judged = resources.length - byVerdict.NOT_APPLICABLE;
  return {
    expected: resources.length,
    byOutcome,
    compliant: byVerdict.COMPLIANT,
    nonCompliant: byVerdict.NON_COMPLIANT,
    unknown: byVerdict.UNKNOWN,
    notApplicable: byVerdict.NOT_APPLICABLE,
    waived: 0,
    // Rounded down: 999 of 1,000 must not read as 100 %.
    compliancePercent: judged === 0 ? null : Math.floor((byVerdict.COMPLIANT * 1000) / judged) / 10,
  };
}

function verdictsOf(resources: readonly ResourceCompliance[], control: ControlName): Record<Verdict, number> {
  const byVerdict = zeroes<Verdict>(['COMPLIANT', 'NON_COMPLIANT', 'UNKNOWN', 'NOT_APPLICABLE']);
  for (const resource of resources) byVerdict[resource.controls[control].verdict] += 1;
  return byVerdict;
}

function jobTotalsOf(jobs: readonly CorrelatedJob[]): DailyReport['jobTotals'] {
  const byStatus = zeroes<JobStatus>(jobStatuses);
  for (const job of jobs) byStatus[job.status] += 1;
  return { total: jobs.length, byStatus };
}

function unrecognisedOf(types: ReadonlyMap<string, number>): readonly UnrecognisedType[] {
  return [...types]
    .map(([eventType, events]) => ({ eventType, events }))
    .sort((a, b) => compareText(a.eventType, b.eventType));
}

function zeroes<K extends string>(keys: readonly K[]): Record<K, number> {
  const record: Partial<Record<K, number>> = {};
  for (const key of keys) record[key] = 0;
  return record as Record<K, number>;
}
