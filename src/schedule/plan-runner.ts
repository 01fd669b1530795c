import { durationInWords } from '../base/english.js';
import type { Log } from '../ports.js';
import type { StartTicks } from './cron-ticks.js';
import { reasonOf } from './error-words.js';
import { PlanTimers } from './plan-timers.js';
import { type PassResult, runPass } from './run-pass.js';
import { retryDelay } from './schedule-days.js';
import { localTime } from './schedule-gaps.js';
import type { PlanStatus } from './schedule-status.js';
import type { ScheduleClock, ScheduleObserver, ScheduledPlan } from './scheduled-plan.js';

export interface PlanRunnerPorts {
  readonly clock: ScheduleClock;
  readonly startTicks: StartTicks;
  readonly log: Log;
  readonly observer: ScheduleObserver | null;
  /** When aborted, no pass can be requested any more, and a running one ends after its current stage. */
  readonly signal: AbortSignal;
  /** Called whenever a pass is requested. */
  readonly onAsked: () => void;
}

/** Why a pass takes place. After `cron`, days that have a report are read again. */
export type PassReason = 'start' | 'cron' | 'settled' | 'retry' | 'sleep' | 'clock';

/**
 * The passes of one plan. Cron, timers and the scheduler only request a pass; it takes place when the scheduler calls
 * `run`. That one pass covers everything requested until then.
 */
export class PlanRunner {
  readonly #plan: ScheduledPlan;
  readonly #ports: PlanRunnerPorts;
  readonly #timers: PlanTimers;
  readonly #asked = new Set<PassReason>();
  /** Dates that the last pass failed to read again. */
  #leftOver: ReadonlySet<string> = new Set();
  #failures = 0;
  #isArchiveReached: boolean | null = null;
  #newestDate: string | null = null;

  constructor(plan: ScheduledPlan, ports: PlanRunnerPorts) {
    this.#plan = plan;
    this.#ports = ports;
    this.#timers = new PlanTimers(plan, ports, (reason) => this.ask(reason));
  }

  get name(): string {
    return this.#plan.name;
  }

  get isAsked(): boolean {
    return this.#asked.size > 0;
  }

  start(): void {
    const { name, cron, timezone } = this.#plan;
    this.#timers.startCron();
    this.#ports.log.info({ plan: name, cron, timezone, next: this.#nextCron() }, 'schedule: started');
    this.ask('start');
  }

  ask(reason: PassReason): void {
    if (this.#ports.signal.aborted) return;
    this.#asked.add(reason);
    this.#ports.onAsked();
  }

  /** After the machine slept or its clock was set, no timer is right any more. */
  restartTimers(reason: 'sleep' | 'clock'): void {
    if (this.#timers.nextCronMs <= this.#ports.clock.nowMs()) this.ask('cron');
    this.#timers.startCron();
    this.ask(reason);
  }

  /** Runs the requested pass. Never throws: a failed pass is requested again after a while. */
  async run(): Promise<void> {
    const { log, signal } = this.#ports;
    const reasons = [...this.#asked];
    this.#asked.clear();
    this.#timers.cancelWaits();
    try {
      const request = { reconciles: reasons.includes('cron'), leftOver: this.#leftOver };
      const result = await runPass(this.#plan, request, { ...this.#ports, ...this.#knowledge() });
      if (!signal.aborted) this.#conclude(reasons, result);
    } catch (error) {
      // An unexpected error must not end the schedule.
      log.warn({ plan: this.name, reason: reasonOf(error) }, 'schedule: pass failed');
      this.#retryLater();
    }
  }

  stop(): void {
    this.#timers.stop();
  }

  status(): PlanStatus {
    const { name, timezone, catchUpDays } = this.#plan;
    return {
      name,
      timezone,
      catchUpDays,
      isArchiveReached: this.#isArchiveReached,
      newestDate: this.#newestDate,
      failures: this.#failures,
      nextMs: this.#timers.nextCronMs,
    };
  }

  /** Keeps what a pass finds out. */
  #knowledge(): { onArchive: (isReached: boolean) => void; onReport: (date: string) => void } {
    let wasReached = false;
    return {
      onArchive: (isReached) => {
        // One unreadable day does not make the archive unreachable.
        wasReached ||= isReached;
        this.#isArchiveReached = wasReached;
      },
      onReport: (date) => {
        if (this.#newestDate === null || this.#newestDate < date) this.#newestDate = date;
      },
    };
  }

  #conclude(reasons: readonly PassReason[], result: PassResult): void {
    const { clock, observer, log } = this.#ports;
    const { made, unchanged, failed, isFine, leftOver, settlesMs } = result;
    const nowMs = clock.nowMs();
    this.#leftOver = leftOver;
    // A day that settles after the next run of cron is made by that run.
    if (settlesMs !== null && settlesMs < this.#timers.nextCronMs) {
      this.#timers.wakeFor('settled', settlesMs - nowMs);
    }
    observer?.passDone(this.name, isFine, nowMs);
    if (failed === 0) this.#failures = 0;
    const again = failed === 0 ? {} : { retryIn: durationInWords(this.#retryLater()) };
    const fields = { plan: this.name, after: reasons.join(', '), made, unchanged, failed, ...again };
    log.info({ ...fields, next: this.#nextCron() }, 'schedule: pass done');
  }

  /** Returns the delay in milliseconds. */
  #retryLater(): number {
    this.#failures += 1;
    const delayMs = retryDelay(this.#plan.retryAfterMs, this.#failures);
    return this.#ports.signal.aborted ? delayMs : this.#timers.wakeFor('retry', delayMs);
  }

  /** `2026-11-20 06:00`, in the zone of the plan. */
  #nextCron(): string {
    return localTime(this.#timers.nextCronMs, this.#plan.timezone);
  }
}
