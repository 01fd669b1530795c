import { durationInWords } from '../base/english.js';
import { Stopped } from '../errors.js';
import type { Log } from '../ports.js';
import { type ClockChange, type ClockWatch, createClockWatch } from './clock-watch.js';
import type { StartTicks } from './cron-ticks.js';
import { PlanRunner } from './plan-runner.js';
import type { ScheduleStatus } from './schedule-status.js';
import type { ScheduleClock, ScheduleObserver, ScheduledPlan } from './scheduled-plan.js';

export interface SchedulerPorts {
  readonly clock: ScheduleClock;
  readonly startTicks: StartTicks;
  readonly log: Log;
  readonly observer: ScheduleObserver | null;
  /** How often the clocks are compared, milliseconds; 30 s when it is not set. */
  readonly watchMs?: number;
}

const defaultWatchMs = 30_000;

/**
 * Runs the passes of one or several plans, one at a time. All that events do is request a pass: cron, the start, the end
 * of a settle delay, a retry, a machine that slept, a clock that was set. However often a pass of a plan is requested
 * while another one runs, it takes place once.
 */
export class Scheduler {
  readonly #ports: SchedulerPorts;
  /** The first one with a requested pass is next. After its pass it moves to the end. */
  readonly #queue: PlanRunner[];
  readonly #runners: readonly PlanRunner[];
  readonly #watch: ClockWatch;
  readonly #stopping = new AbortController();
  #working: Promise<void> | null = null;
  #pass: { readonly plan: PlanRunner; readonly sinceMs: number } | null = null;
  #cancelWatch: () => void = () => undefined;

  constructor(plans: readonly ScheduledPlan[], ports: SchedulerPorts) {
    const { signal } = this.#stopping;
    const onAsked = (): void => {
      this.#working ??= this.#work();
    };
    this.#ports = ports;
    this.#runners = plans.map((plan) => new PlanRunner(plan, { ...ports, signal, onAsked }));
    this.#queue = [...this.#runners];
    this.#watch = createClockWatch(ports.clock);
  }

  start(): void {
    for (const runner of this.#runners) runner.start();
    this.#keepWatch();
  }

  /** Starts nothing new, and stops the current day after its current stage. Resolves when it has stopped. */
  async stop(): Promise<void> {
    if (!this.#stopping.signal.aborted) this.#stopping.abort(new Stopped());
    this.#cancelWatch();
    for (const runner of this.#runners) runner.stop();
    await this.#working;
  }

  status(): ScheduleStatus {
    const pass = this.#pass;
    return {
      isStopping: this.#stopping.signal.aborted,
      sinceLookMs: this.#watch.sinceLookMs(),
      pass: pass && {
        plan: pass.plan.name,
        forMs: this.#ports.clock.monotonicMs() - pass.sinceMs,
        longestMs: pass.plan.longestPassMs,
      },
      isIdle: this.#working === null,
      plans: this.#runners.map((runner) => runner.status()),
    };
  }

  async #work(): Promise<void> {
    // Let the caller finish first: it may request further passes.
    await Promise.resolve();
    try {
      for (let runner = this.#nextRunner(); runner !== null; runner = this.#nextRunner()) {
        this.#pass = { plan: runner, sinceMs: this.#ports.clock.monotonicMs() };
        await runner.run();
      }
    } finally {
      this.#pass = null;
      this.#working = null;
    }
  }

  /** null: no pass is requested, or none may start now. */
  #nextRunner(): PlanRunner | null {
    this.#lookAtClocks();
    if (this.#stopping.signal.aborted || this.#watch.isDoubtful()) return null;
    const runner = this.#queue.find(({ isAsked }) => isAsked);
    if (runner === undefined) return null;
    this.#queue.push(...this.#queue.splice(this.#queue.indexOf(runner), 1));
    return runner;
  }

  #keepWatch(): void {
    const { clock, watchMs = defaultWatchMs } = this.#ports;
    try {
      this.#lookAtClocks();
    } finally {
      this.#cancelWatch = clock.setTimer(watchMs, () => this.#keepWatch());
    }
  }

  #lookAtClocks(): void {
    if (this.#stopping.signal.aborted) return;
    const wasDoubtful = this.#watch.isDoubtful();
    const change = this.#watch.check();
    const isDoubtful = this.#watch.isDoubtful();
    if (change.sleptMs > 0 || change.steppedMs !== 0) {
      logChange(change, isDoubtful, this.#ports.log);
      const reason = change.sleptMs > 0 ? 'sleep' : 'clock';
      for (const runner of this.#runners) runner.restartTimers(reason);
    } else if (wasDoubtful && !isDoubtful) {
      for (const runner of this.#runners) runner.ask('clock');
    }
  }
}

function logChange({ sleptMs, steppedMs }: ClockChange, isDoubtful: boolean, log: Log): void {
  if (sleptMs > 0) log.info({ slept: durationInWords(sleptMs) }, 'schedule: the machine slept');
  if (steppedMs === 0) return;
  const by = `${durationInWords(Math.abs(steppedMs))} ${steppedMs > 0 ? 'forward' : 'back'}`;
  const held = isDoubtful ? { held: 'no pass until the clock has stood there for 10 min' } : {};
  log.warn({ by, ...held }, 'schedule: the clock was set');
}
