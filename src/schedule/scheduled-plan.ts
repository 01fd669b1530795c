import type { DayState } from '../model/day-state.js';
import type { ReportDay } from '../model/report-day.js';
import type { Heartbeat } from '../ports/delivery.js';
import type { DaysWanted } from './schedule-days.js';

/** How the metrics count a day. */
export type DayOutcome = 'complete' | 'incomplete' | 'unchanged' | 'revised' | 'failed';

/** The result of making the report of a day. */
export interface DayDone {
  /** unchanged: the newest revision in the archive says the same. */
  readonly kind: 'committed' | 'unchanged';
  readonly isComplete: boolean;
  readonly revision: number;
  /** As of `backup-report run`: 0 where all is fine. */
  readonly exitCode: number;
  /** Files of the company's own templates that could not be used; absent: all could. */
  readonly faultyTemplates?: readonly string[];
  /** Why the report is archived and not signed; absent: it is, or is not to be. */
  readonly unsigned?: string;
  /** The result of each mail and notice: delivered, refused … */
  readonly deliveries: readonly string[];
  /** Where a person finds the report in the archive; absent: it could not be read. */
  readonly location?: string;
  /** Its page where a browser finds it; absent: the plan does not say. */
  readonly link?: string;
}

/** The result of delivering a report that was made before. */
export type DayDelivered = Pick<
  DayDone,
  'exitCode' | 'unsigned' | 'deliveries' | 'faultyTemplates' | 'location' | 'link'
>;

/**
 * A plan as the schedule sees it.
 *
 * - All methods may be called repeatedly, and by several processes at once: the archive decides. A day that was missing
 *   may have a report by the time it is made.
 * - They throw where a day fails; the other days still go ahead.
 * - `signal` stops a day between two of its stages; they throw then, too.
 */
export interface ScheduledPlan extends DaysWanted {
  readonly name: string;
  /** Five fields, in the zone of the plan. */
  readonly cron: string;
  /** Wait after a failed pass; doubled after each further one, up to an hour. */
  readonly retryAfterMs: number;
  /** How long a pass may take, milliseconds; 6 h where it is not set. */
  readonly passDeadlineMs?: number;
  readonly heartbeat: Heartbeat | null;
  /** Called before each pass: takes secrets that were rotated. Never throws. Absent: there is nothing to renew. */
  renew?(): Promise<void>;
  /** of-former-name: the plan was renamed, and the day is one of the name before. */
  stateOf(date: string): Promise<DayState | 'of-former-name'>;
  /**
   * Which of the dates from `from` to `to` have a report, and the date with which the archive begins; null: it is empty.
   * Absent: gaps are left to the report that bridges them.
   */
  reportsUpTo?(
    to: string,
    from: string,
  ): Promise<{ readonly dates: ReadonlySet<string>; readonly began: string | null }>;
  /**
   * The date with which the plan's reports begin; null: none is there up to `to`. Days before it were never promised. Absent:
   * nobody can say.
   */
  beginsAt?(to: string): Promise<string | null>;
  /**
   * The dates from the plan's first report to `to` that have none, or one that was made before the day was over; oldest
   * first. Absent: nobody asks.
   */
  missingUpTo?(to: string): Promise<readonly string[]>;
  /** The newest report in the archive from one date to another; null: there is none. Absent: nobody asks. */
  newestReport?(to: string, from: string): Promise<NewestReport | null>;
  /** The command line that makes the reports of a range of days. */
  backfillCommand?(from: string, to: string): string;
  /** Makes the report of a day, or a revision if it would say something different from the newest one. */
  makeDay(day: ReportDay, signal: AbortSignal): Promise<DayDone>;
  /**
   * Signs what earlier passes could not sign. Returns how many are signed now, and why others are not, in words; null: none is
   * left. Absent: the plan does not sign.
   */
  signLate?(): Promise<{ readonly signed: number; readonly unsigned: string | null }>;
  /** Absent: the plan makes no periods by schedule. */
  readonly periods?: ScheduledPeriods;
  /**
   * Gives the reports of the last days their time stamps. In words what still has none; null: nothing. Absent: the plan has no
   * authority.
   */
  stampLate?(): Promise<{ readonly stamped: number; readonly unstamped: string | null }>;
  /** Delivers a committed report to those who do not have it. */
  deliver(date: string, signal: AbortSignal): Promise<DayDelivered>;
}

/**
 * The periods that a schedule makes: months, quarters. They throw where the archive cannot be read, or a period fails; it is
 * tried again in the next pass.
 */
export interface ScheduledPeriods {
  /**
   * Names of those that are over, whose last day has settled and that need a report or its mail; oldest first.
   *
   * @param reconciles whether those that have one are compared with the newest revisions of their days
   */
  due(nowMs: number, reconciles: boolean): Promise<readonly string[]>;
  /** Makes the report of a period, or a revision, and mails it where it has not been. */
  make(label: string, signal: AbortSignal): Promise<DayDone>;
}

/** What the newest report in the archive says, for the metrics. */
export interface NewestReport {
  /** End of its report day, epoch milliseconds. */
  readonly cutOffMs: number;
  readonly generatedAtMs: number;
  readonly isComplete: boolean;
  /** When the newest COMPLETE report was made, this one or one before it, epoch milliseconds; null: none is. */
  readonly lastCompleteMs: number | null;
  /** Subjects by outcome, those that some subject has: `FAILED`. */
  readonly byOutcome: Readonly<Record<string, number>>;
  /** Subjects by verdict: `NON_COMPLIANT`. */
  readonly byVerdict: Readonly<Record<string, number>>;
  /** Non-compliant subjects that are not waived. */
  readonly bySeverity: Readonly<Record<string, number>>;
}

/** The clocks of the schedule. */
export interface ScheduleClock {
  /** Wall time, epoch milliseconds. May be set forward or back. */
  nowMs(): number;
  /** Since an arbitrary instant, standing still while the machine sleeps, as timers do. */
  monotonicMs(): number;
  /** Since the machine was started, including the time that it slept. */
  uptimeMs(): number;
  /** Calls `call` once, after `ms` of monotonic time. Returns a function that cancels it. */
  setTimer(ms: number, call: () => void): () => void;
}

/** Notified of what the schedule does, for the metrics. */
export interface ScheduleObserver {
  /** @param seconds that the day took; null: it failed */
  dayDone(plan: string, outcome: DayOutcome, seconds: number | null): void;
  delivered(plan: string, kinds: readonly string[]): void;
  /** @param isFine whether every day that the pass checked is as it should be */
  passDone(plan: string, isFine: boolean, nowMs: number): void;
  /** What the archive has, before the first pass and after each one. */
  newestReport?(plan: string, report: NewestReport): void;
  /** A pass did not end by its deadline. */
  passGivenUp?(plan: string): void;
}
