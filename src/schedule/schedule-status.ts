/** The state of the schedule, for health checks and metrics. */
export interface ScheduleStatus {
  readonly isStopping: boolean;
  /** Milliseconds since the clocks were last checked: a loop that hangs does not check them. */
  readonly sinceLookMs: number;
  /** The pass that is running. */
  readonly pass: { readonly plan: string; readonly forMs: number } | null;
  /** Whether no pass is running, and none that was asked for can run now. */
  readonly isIdle: boolean;
  readonly plans: readonly PlanStatus[];
}

export interface PlanStatus {
  readonly name: string;
  readonly timezone: string;
  readonly catchUpDays: number;
  /** Whether the archive answered the last request; null: there was none yet. */
  readonly isArchiveReached: boolean | null;
  /** The newest day known to have a report. */
  readonly newestDate: string | null;
  /** Consecutive failed passes. */
  readonly failures: number;
  /** When cron is due next, epoch milliseconds. */
  readonly nextMs: number;
}
