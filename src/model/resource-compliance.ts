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
}

export interface ResourceCompliance {
  readonly resourceId: string;
  readonly resourceType: string;
  readonly resourceName: string;
  readonly compartmentId: string | null;
  readonly compartmentName: string | null;
  readonly owner: string | null;
  /** Name of the policy; `default` where none matched. */
  readonly policy: string;
  readonly outcome: Outcome;
  readonly compliance: Verdict;
  readonly controls: Readonly<Record<ControlName, ControlResult>>;
  /** End of the last successful backup before the cut-off, ISO 8601 UTC. */
  readonly lastSuccessTime: string | null;
  /** Age of that backup at the cut-off. */
  readonly recoveryPointAgeSeconds: number | null;
  /** Backup attempts of the day. */
  readonly attempts: number;
  readonly lastFailure: { readonly time: string; readonly message: string | null } | null;
  readonly lastRestoreTime: string | null;
  /** null until reports carry memory from day to day. */
  readonly consecutiveBadDays: number | null;
  readonly waiver: null;
  /** What else a person should know about this resource, in sentences. */
  readonly findings: readonly string[];
}
