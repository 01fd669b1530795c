import { durationInWords } from '../base/english.js';
import { minuteMs } from '../base/time-units.js';
import { Stopped } from '../errors.js';
import type { Log } from '../ports/log.js';
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

/** How long other plans wait for a pass that runs. */
const patienceMs = 10 * minuteMs;

interface RunningPass {
  /** Monotonic milliseconds. */
  readonly sinceMs: number;
  readonly ended: Promise<void>;
}

/**
 * Runs the passes of one or several plans, one after the other: they share the memory of the machine. A pass that takes
 * longer than ten minutes, or hangs, holds nobody else: it goes on beside the next one. All that events do is request a
 * pass: cron, the start, the end of a settle delay, a retry, a machine that slept, a clock that was set. However often a
 * pass of a plan is requested while one of its passes waits or runs, it takes place once.
 */
export class Scheduler {
  readonly #ports: SchedulerPorts;
  /** The first one with a requested pass is next. After its pass it moves to the end. */
  readonly #queue: PlanRunner[];
  readonly #runners: readonly PlanRunner[];
  readonly #watch: ClockWatch;
  readonly #stopping = new AbortController();
  #working: Promise<void> | null = null;
  readonly #passes = new Map<PlanRunner, RunningPass>();
  #cancelWatch: () => void = () => undefined;

  constructor(plans: readonly ScheduledPlan[], ports: SchedulerPorts) {
    const { signal } = this.#stopping;
    this.#ports = ports;
    this.#runners = plans.map(
      (plan) => new PlanRunner(plan, { ...ports, signal, onAsked: () => this.#wake() }),
    );
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
    await Promise.all([...this.#passes.values()].map(({ ended }) => ended));
  }

  status(): ScheduleStatus {
    const nowMs = this.#ports.clock.monotonicMs();
    const passes = [...this.#passes].map(([{ name: plan, longestPassMs: longestMs }, { sinceMs }]) => {
      return { plan, forMs: nowMs - sinceMs, longestMs };
    });
    const [pass] = passes.toSorted((a, b) => b.forMs - b.longestMs - (a.forMs - a.longestMs));
    return {
      isStopping: this.#stopping.signal.aborted,
      sinceLookMs: this.#watch.sinceLookMs(),
      pass: pass ?? null,
      isIdle: this.#working === null && this.#passes.size === 0,
      plans: this.#runners.map((runner) => runner.status()),
    };
  }

  #wake(): void {
    this.#working ??= this.#work();
  }

  async #work(): Promise<void> {
    // Let the caller finish first: it may request further passes.
    await Promise.resolve();
    try {
      for (let runner = this.#nextRunner(); runner !== null; runner = this.#nextRunner()) {
        await this.#patiently(this.#begin(runner));
      }
    } finally {
      this.#working = null;
    }
  }

  #begin(runner: PlanRunner): Promise<void> {
    const sinceMs = this.#ports.clock.monotonicMs();
    const ended = runner.run().finally(() => {
      this.#passes.delete(runner);
      // It may have been requested again, when the others did not wait for it any more.
      this.#wake();
    });
    this.#passes.set(runner, { sinceMs, ended });
    return ended;
  }

  async #patiently(pass: Promise<void>): Promise<void> {
    const timer: { cancel?: () => void } = {};
    const patience = new Promise<void>((resolve) => {
      timer.cancel = this.#ports.clock.setTimer(patienceMs, resolve);
    });
    await Promise.race([pass, patience]).finally(() => timer.cancel?.());
  }

  /** null: no pass is requested, or none may start now. */
  #nextRunner(): PlanRunner | null {
    this.#lookAtClocks();
    if (this.#stopping.signal.aborted || this.#watch.isDoubtful()) return null;
    const runner = this.#queue.find((each) => each.isAsked && !this.#passes.has(each));
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
