import type { ControlTotals, RejectedRecord } from './control-totals.js';
import type { Incident } from './incident.js';
import type { JobStatus } from './backup-job.js';
import type { ControlName, Outcome, ResourceCompliance, Verdict } from './resource-compliance.js';

export interface ReportTotals {
  /** Resources that are judged: the sum of byOutcome, and of the four verdict counts. */
  readonly expected: number;
  readonly byOutcome: Readonly<Record<Outcome, number>>;
  readonly compliant: number;
  readonly nonCompliant: number;
  readonly unknown: number;
  readonly notApplicable: number;
  readonly waived: number;
  /** compliant / (compliant + nonCompliant + unknown), rounded down to 0.1; null where nothing was judged. */
  readonly compliancePercent: number | null;
}

export interface ControlSummary {
  readonly control: ControlName;
  readonly byVerdict: Readonly<Record<Verdict, number>>;
}

/** What the report says of one source. Nothing in it depends on the order of files or lines. */
export interface SourceReport {
  /** Position and type: `1:local-files`. */
  readonly name: string;
  readonly type: string;
  /** What was asked for: query or paths, as configured. */
  readonly request: string;
  readonly windowStart: string;
  readonly windowEnd: string;
  readonly controlTotals: ControlTotals;
  readonly complete: boolean;
  /** Why it is not complete, one sentence each. */
  readonly reasons: readonly string[];
}

export interface UnrecognisedType {
  readonly eventType: string;
  readonly events: number;
}

/** report.json: the whole document that every renderer reads. Times are ISO 8601 UTC. */
export interface DailyReport {
  readonly schemaVersion: 1;
  readonly plan: string;
  readonly reportDay: {
    readonly date: string;
    readonly timezone: string;
    readonly start: string;
    readonly cutOff: string;
    readonly hours: number;
  };
  readonly status: 'COMPLETE' | 'INCOMPLETE';
  readonly statusReasons: readonly string[];
  readonly generatedAt: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly totals: ReportTotals;
  readonly controls: readonly ControlSummary[];
  /** Worst first. */
  readonly resources: readonly ResourceCompliance[];
  /** Open ones first, backup failures before context. */
  readonly incidents: readonly Incident[];
  readonly jobTotals: { readonly total: number; readonly byStatus: Readonly<Record<JobStatus, number>> };
  readonly trend: readonly never[];
  readonly sources: readonly SourceReport[];
  /** Sum over the sources. */
  readonly controlTotals: ControlTotals;
  /** At most 100 of the rejected records; the evidence has them all. */
  readonly rejectedRecords: readonly RejectedRecord[];
  readonly unrecognisedTypes: readonly UnrecognisedType[];
  readonly inventory: { readonly type: string; readonly description: string };
  /** Events of resources that the inventory does not list, judged all the same. */
  readonly notInInventory: readonly string[];
  readonly previousReport: null;
}
