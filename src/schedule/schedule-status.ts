/** What an onlooker may know. */
export interface ScheduleStatus {
  readonly isStopping: boolean;
  /** Since the clocks were last looked at: a loop that hangs does not look. */
  readonly sinceLookMs: number;
  /** The pass at hand. */
  readonly pass: { readonly plan: string; readonly forMs: number } | null;
  /** Whether nothing is being done, and nothing is asked for that could be. */
  readonly isIdle: boolean;
  readonly plans: readonly PlanStatus[];
}

export interface PlanStatus {
  readonly name: string;
  readonly timezone: string;
  readonly catchUpDays: number;
  /** Whether the archive answered when it was last asked; null: it was not asked yet. */
  readonly isArchiveReached: boolean | null;
  /** The newest day that is known to have a report. */
  readonly newestDate: string | null;
  /** Passes in a row that failed. */
  readonly failures: number;
  /** Of cron, epoch milliseconds. */
  readonly nextMs: number;
}
