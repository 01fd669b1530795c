/** What can be seen of the schedule from outside. */
export interface ScheduleStatus {
  readonly isStopping: boolean;
  /** Since the clocks were last checked, milliseconds: a loop that hangs does not check them. */
  readonly sinceLookMs: number;
  /** The pass under way. */
  readonly pass: { readonly plan: string; readonly forMs: number } | null;
  /** Whether nothing is being done, and nothing that was asked for could be. */
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
  /** When cron is due next, epoch milliseconds. */
  readonly nextMs: number;
}
