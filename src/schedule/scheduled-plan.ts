import type { DaysWanted } from './schedule-days.js';
import type { DayState } from '../model/day-state.js';
import type { ReportDay } from '../model/report-day.js';
import type { Heartbeat } from '../ports.js';

/** What a day is counted as. */
export type DayOutcome = 'complete' | 'incomplete' | 'unchanged' | 'revised' | 'failed';

/** What became of a day that was made. */
export interface DayDone {
  /** unchanged: the archive's newest revision says the same. */
  readonly kind: 'committed' | 'unchanged';
  readonly isComplete: boolean;
  readonly revision: number;
  /** As of `backup-report run`: 0 where all is fine. */
  readonly exitCode: number;
  /** Of each mail and notice: delivered, refused … */
  readonly deliveries: readonly string[];
}

/** What became of delivering a report that was made before. */
export type DayDelivered = Pick<DayDone, 'exitCode' | 'deliveries'>;

/**
 * A plan as the schedule sees it.
 *
 * - All methods may be called again and again, and by several processes at once: the archive decides. A day that was
 *   missing may be there when it is made.
 * - They throw for a day that failed; the others go on.
 * - `signal` stops a day between two of its stages: then they throw.
 */
export interface ScheduledPlan extends DaysWanted {
  readonly name: string;
  /** Five fields, in the zone of the plan. */
  readonly cron: string;
  /** After a pass that failed; doubled each time, an hour at most. */
  readonly retryAfterMs: number;
  readonly heartbeat: Heartbeat | null;
  stateOf(date: string): Promise<DayState>;
  /** Makes the report of a day, or a revision where it says something else than the newest one. */
  makeDay(day: ReportDay, signal: AbortSignal): Promise<DayDone>;
  /** Delivers what was committed and did not reach everybody. */
  deliver(date: string, signal: AbortSignal): Promise<DayDelivered>;
}

/** The clocks of the schedule. */
export interface ScheduleClock {
  /** Wall time, epoch milliseconds: may be set forward and back. */
  nowMs(): number;
  /** Since some instant, while the machine is awake: timers follow it. */
  monotonicMs(): number;
  /** Since the machine was started, its sleep included. */
  uptimeMs(): number;
  /** Calls once, `ms` of monotonic time from now. Returns what cancels it. */
  setTimer(ms: number, call: () => void): () => void;
}

/** Notified of what happens, for the metrics. */
export interface ScheduleObserver {
  /** @param seconds it took; null for a day that failed */
  dayDone(plan: string, outcome: DayOutcome, seconds: number | null): void;
  delivered(plan: string, kinds: readonly string[]): void;
  /** @param isFine every day that the pass looked at is as it should be */
  passDone(plan: string, isFine: boolean, nowMs: number): void;
}
