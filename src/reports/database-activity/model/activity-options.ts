/** A target whose events are not asked for: it is listed, and its silence makes no report INCOMPLETE. */
export interface ExcludedTarget {
  /** Its name or OCID, in any case. */
  readonly target: string;
  readonly reason: string;
}

/** The settings of this kind of report. */
export interface ActivityOptions {
  readonly exclude: readonly ExcludedTarget[];
  /** So many days back the schedule makes a report again by itself. */
  readonly reconcileDays: number;
}
