/** The state of the schedule, for health checks and metrics. */
export interface ScheduleStatus {
  readonly isStopping: boolean;
  /** Milliseconds since the clocks were last checked: a loop that hangs does not check them. */
  readonly sinceLookMs: number;
  /** Of the passes that are running, the one that is to be given up first; null: none runs. */
  readonly pass: {
    readonly plan: string;
    readonly forMs: number;
    /** When it is given up at the latest, milliseconds from its start. */
    readonly longestMs?: number;
  } | null;
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
  /** Why the last pass was given up, until one ends well; null or absent: it was not. */
  readonly givenUp?: string | null;
  /** Passes that were given up and hang still. */
  readonly leftBehind?: number;
  /** Days without a report after the last pass; null or absent: not known. */
  readonly missingDays?: number | null;
  /** When cron is due next, epoch milliseconds. */
  readonly nextMs: number;
}
