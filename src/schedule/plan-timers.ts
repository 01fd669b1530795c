import { dayMs } from '../base/time-units.js';
import type { StartTicks, Ticks } from './cron-ticks.js';
import type { ScheduleClock, ScheduledPlan } from './scheduled-plan.js';

export interface PlanTimersPorts {
  readonly clock: ScheduleClock;
  readonly startTicks: StartTicks;
}

/** Node's timers hold at most 24 days. A pass too many does no harm. */
const longestTimerMs = dayMs;

/** What wakes one plan: cron, and one timer each for a day that settles and for a retry. */
export class PlanTimers {
  readonly #plan: ScheduledPlan;
  readonly #ports: PlanTimersPorts;
  readonly #onDue: (reason: 'cron' | 'settled' | 'retry') => void;
  /** By the reason: what cancels its timer. */
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

  /** Also computes the next time of cron anew where it runs already. */
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

  /** In place of an earlier timer for the same reason. Returns how long it waits, milliseconds. */
  wakeFor(reason: 'settled' | 'retry', afterMs: number): number {
    const waitMs = Math.min(Math.max(afterMs, 0), longestTimerMs);
    this.#cancels.get(reason)?.();
    this.#cancels.set(
      reason,
      this.#ports.clock.setTimer(waitMs, () => this.#onDue(reason)),
    );
    return waitMs;
  }

  /** All but cron. */
  cancelWaits(): void {
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
  }

  stop(): void {
    this.#ticks?.stop();
    this.cancelWaits();
  }
}
