import { dayMs } from '../base/time-units.js';
import type { StartTicks, Ticks } from './cron-ticks.js';
import type { ScheduleClock, ScheduledPlan } from './scheduled-plan.js';

export interface PlanTimersPorts {
  readonly clock: ScheduleClock;
  readonly startTicks: StartTicks;
}

/** Node's timers overflow after 24 days. An extra pass does no harm. */
const longestTimerMs = dayMs;

/** Wakes one plan: by cron, and by one timer each for a day that settles and for a retry. */
export class PlanTimers {
  readonly #plan: ScheduledPlan;
  readonly #ports: PlanTimersPorts;
  readonly #onDue: (reason: 'cron' | 'settled' | 'retry') => void;
  /** Cancels the timer of a reason. */
  readonly #cancels = new Map<string, () => void>();
  #ticks: Ticks | null = null;
  #nextCronMs = Number.POSITIVE_INFINITY;

  constructor(
    plan: ScheduledPlan,
    ports: PlanTimersPorts,
    onDue: (reason: 'cron' | 'settled' | 'retry') => void,
  ) {
    this.#plan = plan;
    this.#ports = ports;
    this.#onDue = onDue;
  }

  /** When cron is due next, epoch milliseconds. */
  get nextCronMs(): number {
    return this.#nextCronMs;
  }

  /** Starts cron, or restarts it to compute its next time again. */
  startCron(): void {
    const { cron, timezone } = this.#plan;
    this.#ticks?.stop();
    const ticks = this.#ports.startTicks(cron, timezone, () => {
      this.#nextCronMs = ticks.nextMs();
      this.#onDue('cron');
    });
    this.#ticks = ticks;
    this.#nextCronMs = ticks.nextMs();
  }

  /** Replaces an earlier timer for the same reason. Returns how long it waits, milliseconds. */
  wakeFor(reason: 'settled' | 'retry', afterMs: number): number {
    const waitMs = Math.min(Math.max(afterMs, 0), longestTimerMs);
    this.#cancels.get(reason)?.();
    this.#cancels.set(
      reason,
      this.#ports.clock.setTimer(waitMs, () => this.#onDue(reason)),
    );
    return waitMs;
  }

  /** Cancels all timers except cron. */
  cancelWaits(): void {
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
  }

  stop(): void {
    this.#ticks?.stop();
    this.cancelWaits();
  }
}
