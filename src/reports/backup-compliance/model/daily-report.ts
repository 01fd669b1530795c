import type { Severity } from '../../../model/severity.js';
import type { BackupChange } from './backup-change.js';
import type { ControlTotals, RejectedRecord } from '../../../model/control-totals.js';
import type { Incident } from './incident.js';
import type { JobStatus } from './backup-job.js';
import type {
  ControlName,
  LastFailure,
  Outcome,
  ResourceCompliance,
  Verdict,
} from './resource-compliance.js';
import type { RunningAttempt } from './running-attempt.js';

export interface ReportTotals {
  /** Resources that are judged: the sum of byOutcome, and of the four verdict counts. */
  readonly expected: number;
  readonly byOutcome: Readonly<Record<Outcome, number>>;
  readonly compliant: number;
  readonly nonCompliant: number;
  readonly unknown: number;
  readonly notApplicable: number;
  /** Those that a waiver holds for, whatever their verdict; they are in the other counts too. */
  readonly waived: number;
  /** Of nonCompliant and unknown, those that a waiver holds for. */
  readonly waivedBad: number;
  /** Resources that an `exclude` rule leaves out. Not in `expected`. */
  readonly excluded: number;
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

/** The archived report that this one goes on from. */
export interface PreviousReport {
  readonly date: string;
  readonly status: 'COMPLETE' | 'INCOMPLETE';
  /**
   * sha-256 hex of what it asserts. Which revision it was stands in the manifest: a crash before it was committed must
   * not change what this report says.
   */
  readonly contentDigest: string;
  /** Days between it and this one that have no report; their events were read with this one's. */
  readonly bridgedDays: readonly string[];
}

/** One day of the trend. */
export interface TrendDay {
  readonly date: string;
  /** null: the archive has no report of the day. */
  readonly status: 'COMPLETE' | 'INCOMPLETE' | null;
  readonly totals: ReportTotals | null;
}

/** A resource whose standing changed against the previous report. */
export interface Transition {
  readonly resourceId: string;
  readonly resourceType: string;
  readonly resourceName: string;
  readonly owner: string | null;
  readonly outcome: Outcome | null;
  /** What it is now; null: it left the population. */
  readonly compliance: Verdict | null;
  /** Date since when it is, or had been, non-compliant or unknown. */
  readonly badSince: string;
  /** How many reports in a row. */
  readonly badDays: number;
  /** Why it is bad, or what resolved it. */
  readonly words: string;
}

export interface FollowUp {
  /** Date of the previous report; null: there is nothing to compare with. */
  readonly comparedWith: string | null;
  /** Non-compliant or unknown now, and not in the previous report. */
  readonly newlyBad: readonly Transition[];
  /** Non-compliant or unknown in the previous report, and not now. */
  readonly resolved: readonly Transition[];
}

/** A waiver of the configuration and what it does on the report day. */
export interface WaiverReport {
  /** `name LEGACY_*, compartment prod` */
  readonly match: string;
  readonly reason: string;
  readonly ticket: string | null;
  readonly approvedBy: string;
  readonly expires: string;
  /** Negative: expired that many days ago. */
  readonly daysLeft: number;
  /** unmatched: it holds, but for no resource. */
  readonly state: 'active' | 'expired' | 'unmatched';
  /** Those that it holds for, or would if it had not expired. */
  readonly resources: readonly {
    readonly resourceId: string;
    readonly resourceName: string;
    readonly compliance: Verdict;
  }[];
}

/** Something about the rules or the estate that a person should put right; the report is whole all the same. */
export interface ReportFinding {
  readonly kind:
    | 'policy-matches-nothing'
    | 'policy-shadowed'
    | 'exclude-matches-nothing'
    | 'waiver-expired'
    | 'waiver-expiring'
    | 'waiver-matches-nothing'
    | 'waiver-over-broad'
    | 'recipients-match-nothing'
    | 'not-in-inventory'
    | 'left-inventory'
    | 'attempt-given-up'
    | 'memory';
  /** The rule or the resource that it is about. */
  readonly subject: string;
  /** A sentence that a person can act on. */
  readonly words: string;
}

/** A policy as it was applied. */
export interface PolicyReport {
  readonly name: string;
  /** `type database, name *_PROD`; `everything else` for the default policy. */
  readonly match: string;
  readonly cadence: string;
  readonly maxAge: string;
  readonly maxDuration: string;
  readonly minRetention: string | null;
  readonly maxRestoreAge: string | null;
  readonly severity: Severity;
  readonly owner: string | null;
  /** Resources that it is the policy of. */
  readonly resources: number;
}

/** A resource with backup events that is not judged. */
export interface UnjudgedResource {
  readonly resourceId: string;
  readonly resourceType: string;
  readonly resourceName: string;
  readonly compartmentId: string | null;
  readonly compartmentName: string | null;
  readonly owner: string | null;
  readonly tags: Readonly<Record<string, string>>;
  /** Why it is not judged. */
  readonly reason: string;
  /** Of the day; NOT_DUE where nothing was attempted. */
  readonly outcome: Outcome;
  readonly attempts: number;
  readonly lastSuccessTime: string | null;
  readonly lastFailure: LastFailure | null;
  readonly lastRestoreTime: string | null;
  readonly lastKnown: ResourceCompliance['lastKnown'];
}

/** A resource that has left the population. */
export interface FormerResource {
  readonly resourceId: string;
  readonly resourceType: string;
  readonly resourceName: string;
  /** Date of the last report that judged it. */
  readonly lastDay: string;
  /** Terminated, or not in the inventory any more, as terminatedTime says; in the report's language. */
  readonly reason: string;
  readonly terminatedTime: string | null;
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
  /** null: the whole report. Else a part of it, for its recipients. */
  readonly slice: { readonly name: string; readonly resources: number; readonly ofResources: number } | null;
  readonly status: 'COMPLETE' | 'INCOMPLETE';
  readonly statusReasons: readonly string[];
  readonly generatedAt: string;
  /** Whole days of 24 hours between the cut-off and `generatedAt`: 0 on the morning after. */
  readonly generatedDaysLater: number;
  readonly tool: { readonly name: string; readonly version: string };
  /** Of its sentences, BCP 47: `en`. What sources and inventory say of themselves is quoted as it is. */
  readonly language: string;
  readonly totals: ReportTotals;
  readonly controls: readonly ControlSummary[];
  readonly policies: readonly PolicyReport[];
  readonly followUp: FollowUp;
  /** Worst first. */
  readonly resources: readonly ResourceCompliance[];
  /** Open ones first, backup failures before context. */
  readonly incidents: readonly Incident[];
  readonly jobTotals: { readonly total: number; readonly byStatus: Readonly<Record<JobStatus, number>> };
  /** What was changed in the day that matters to backups, oldest first. */
  readonly changes: readonly BackupChange[];
  readonly waivers: readonly WaiverReport[];
  readonly findings: readonly ReportFinding[];
  /** The last 14 days, oldest first; the last is the report day. */
  readonly trend: readonly TrendDay[];
  readonly sources: readonly SourceReport[];
  /** Sum over the sources. */
  readonly controlTotals: ControlTotals;
  /** At most 100 of the rejected records; the evidence has them all. */
  readonly rejectedRecords: readonly RejectedRecord[];
  readonly unrecognisedTypes: readonly UnrecognisedType[];
  readonly inventory: { readonly type: string; readonly description: string };
  /** Resources with events that the inventory does not list. */
  readonly notInInventory: readonly UnjudgedResource[];
  /** Left out by an `exclude` rule. */
  readonly excludedResources: readonly UnjudgedResource[];
  readonly formerResources: readonly FormerResource[];
  /** Attempts that had no end by the cut-off; the next report goes on from here. */
  readonly runningAttempts: readonly RunningAttempt[];
  /** From when on every event is known, without a gap, ISO 8601 UTC. */
  readonly knownSince: string;
  /** Where each recipient's part is; the slices and `unrouted` are `totals.expected` together. */
  readonly routing: {
    readonly slices: readonly { readonly name: string; readonly resources: number }[];
    readonly unrouted: number;
  } | null;
  /** null: a cold start. */
  readonly previousReport: PreviousReport | null;
}
