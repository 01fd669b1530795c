import type { Severity } from '../../../model/severity.js';

/** Outcome of a resource for the day, worst first. */
export const outcomes = [
  'FAILED',
  'MISSED',
  'UNKNOWN',
  'LATE',
  'IN_PROGRESS',
  'RECOVERED',
  'SUCCEEDED_WITH_WARNINGS',
  'SUCCEEDED',
  'NOT_DUE',
] as const;

export type Outcome = (typeof outcomes)[number];

export type Verdict = 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE' | 'UNKNOWN';

export const controlNames = [
  'recovery-point-age',
  'backup-succeeded',
  'no-open-incident',
  'retention',
  'protection-enabled',
  'duration',
  'no-early-deletion',
  'restore-tested',
] as const;

export type ControlName = (typeof controlNames)[number];

/** One check with its own verdict. */
export interface ControlResult {
  readonly verdict: Verdict;
  /** A sentence that a person can act on. */
  readonly reason: string;
  /** What was measured, with its unit in words; null where there was nothing to measure. */
  readonly measured: string | null;
  /** What it was held against; null where nothing is demanded. */
  readonly threshold: string | null;
  /** Who demands it: `policy production-databases`, `default policy`; null where nothing is demanded. */
  readonly demandedBy: string | null;
}

/** A waiver that holds for the resource on the report day. It changes no verdict. */
export interface AppliedWaiver {
  readonly reason: string;
  readonly ticket: string | null;
  readonly approvedBy: string;
  /** The last report day that it holds for. */
  readonly expires: string;
  /** From the report day to the last one. */
  readonly daysLeft: number;
}

export interface ResourceCompliance {
  readonly resourceId: string;
  readonly resourceType: string;
  readonly resourceName: string;
  readonly compartmentId: string | null;
  readonly compartmentName: string | null;
  /** As the inventory names it, else the policy. */
  readonly owner: string | null;
  readonly tags: Readonly<Record<string, string>>;
  /** Name of the policy; `default` where none matched. */
  readonly policy: string;
  /** Of the policy. */
  readonly severity: Severity;
  readonly outcome: Outcome;
  readonly compliance: Verdict;
  readonly controls: Readonly<Record<ControlName, ControlResult>>;
  /** End of the last successful backup before the cut-off, ISO 8601 UTC. */
  readonly lastSuccessTime: string | null;
  /** Age of that backup at the cut-off. */
  readonly recoveryPointAgeSeconds: number | null;
  /** Backup attempts of the day. */
  readonly attempts: number;
  readonly lastFailure: LastFailure | null;
  /** End of the last successful restore. */
  readonly lastRestoreTime: string | null;
  /** Of the incidents that count against it, the one that has been open longest. */
  readonly openIncident: { readonly condition: string; readonly since: string } | null;
  /** Reports in a row, this one included, that found it non-compliant or unknown. 0: it is neither. */
  readonly consecutiveBadDays: number;
  /** Date of the first of them. */
  readonly badSince: string | null;
  readonly waiver: AppliedWaiver | null;
  /** What else a person should know about this resource, in sentences. */
  readonly findings: readonly string[];
  /** Outcomes of the last 14 days, oldest first, the last is the report day; null where there is none. */
  readonly recentOutcomes: readonly (Outcome | null)[];
  /** Date of the first report that it was in. */
  readonly firstReported: string;
  /** As its events last said; the next report starts from here. */
  readonly lastKnown: LastKnown;
}

export interface LastFailure {
  readonly time: string;
  readonly message: string | null;
}

export interface LastKnown {
  readonly recoveryWindowDays: number | null;
  readonly autoBackupEnabled: boolean | null;
  /** When the event was that told these two. */
  readonly told: string | null;
  /** When the last event about it was. */
  readonly seen: string | null;
  /** When it was terminated. */
  readonly terminated: string | null;
}
