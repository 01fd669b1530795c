import { retryDelay } from './schedule-days.js';
import { localTime } from './schedule-gaps.js';
import { durationInWords } from '../base/english.js';
import { Stopped, explainError } from '../errors.js';
import type { Log } from '../ports.js';
import { type ClockChange, createClockWatch } from './clock-watch.js';
import type { StartTicks, Ticks } from './cron-ticks.js';
import { type PassResult, oneLine, runPass } from './run-pass.js';
import type { PlanStatus, ScheduleStatus } from './schedule-status.js';
import type { ScheduleClock, ScheduleObserver, ScheduledPlan } from './scheduled-plan.js';

export interface SchedulerPorts {
  readonly clock: ScheduleClock;
  readonly startTicks: StartTicks;
  readonly log: Log;
  readonly observer: ScheduleObserver | null;
  /** How often the clocks are compared; half a minute where it is not given. */
  readonly watchMs?: number;
}

export interface Scheduler {
  start(): void;
  /** Begins nothing any more, and stops the day at hand after its stage. Resolves when it has stopped. */
  stop(): Promise<void>;
  status(): ScheduleStatus;
}

/** Why a pass takes place. `cron`: days that have a report are read again. */
type Reason = 'start' | 'cron' | 'settled' | 'retry' | 'sleep' | 'clock';

interface Runner {
  readonly plan: ScheduledPlan;
  readonly asked: Set<Reason>;
  ticks: Ticks | null;
  nextMs: number;
  leftOver: ReadonlySet<string>;
  failures: number;
  callOffRetry: () => void;
  callOffSettling: () => void;
  isArchiveReached: boolean | null;
  newestDate: string | null;
}

const usualWatchMs = 30_000;
/** A timer of Node holds 24 days. A pass too many does no harm. */
const longestTimerMs = 86_400_000;

const nothing = (): void => undefined;

/**
 * Runs the passes of one or several plans, one at a time. Everything that happens only asks for a pass: cron, the start,
 * the end of a settle delay, a failure before, a machine that slept, a clock that was set. What is asked for during a
 * pass is done once, after it.
 */
export function createScheduler(
  plans: readonly ScheduledPlan[],
  { clock, startTicks, log, observer, watchMs = usualWatchMs }: SchedulerPorts,
): Scheduler {
  const runners = plans.map(runnerOf);
  /** Whose turn it is: who had the last pass waits for the others. */
  const turns = [...runners];
  const watch = createClockWatch(clock);
  const stopping = new AbortController();
  const { signal } = stopping;
  let pass: { readonly plan: string; readonly sinceMs: number } | null = null;
  let isWorking = false;
  let working = Promise.resolve();
  let callOffWatch = nothing;

  const ask = (runner: Runner, reason: Reason): void => {
    if (signal.aborted) return;
    runner.asked.add(reason);
    if (isWorking) return;
    isWorking = true;
    working = work();
  };

  const work = async (): Promise<void> => {
    // Whoever asks is done with asking first.
    await Promise.resolve();
    try {
      for (;;) {
        lookAtClocks();
        const isHeld = signal.aborted || watch.isDoubtful();
        const runner = isHeld ? undefined : turns.find(({ asked }) => asked.size > 0);
        if (runner === undefined) return;
        turns.push(...turns.splice(turns.indexOf(runner), 1));
        await passOf(runner);
      }
    } finally {
      isWorking = false;
    }
  };

  const passOf = async (runner: Runner): Promise<void> => {
    const { plan, leftOver } = runner;
    const reasons = [...runner.asked];
    runner.asked.clear();
    runner.callOffRetry();
    runner.callOffSettling();
    pass = { plan: plan.name, sinceMs: clock.monotonicMs() };
    const request = { reconciles: reasons.includes('cron'), leftOver };
    let wasReached = false;
    const onArchive = (isReached: boolean): void => {
      // One day of it that nobody understands is not the archive.
      wasReached ||= isReached;
      runner.isArchiveReached = wasReached;
    };
    const onReport = (date: string): void => {
      if (runner.newestDate === null || runner.newestDate < date) runner.newestDate = date;
    };
    try {
      const result = await runPass(plan, request, { clock, log, observer, signal, onArchive, onReport });
      if (!signal.aborted) settle(runner, reasons, result);
    } catch (error) {
      // Nobody foresaw it: the schedule goes on all the same.
      log.warn({ plan: plan.name, reason: oneLine(explainError(error)) }, 'schedule: pass failed');
      retry(runner);
    } finally {
      pass = null;
    }
  };

  const settle = (runner: Runner, reasons: readonly Reason[], result: PassResult): void => {
    const { plan } = runner;
    const { made, unchanged, failed, isFine, leftOver, settlesMs } = result;
    const nowMs = clock.nowMs();
    runner.leftOver = leftOver;
    // A later one is for cron to find.
    if (settlesMs !== null && settlesMs < runner.nextMs) {
      const waitMs = Math.min(Math.max(settlesMs - nowMs, 0), longestTimerMs);
      runner.callOffSettling = clock.setTimer(waitMs, () => ask(runner, 'settled'));
    }
    observer?.passDone(plan.name, isFine, nowMs);
    if (failed === 0) runner.failures = 0;
    const again = failed === 0 ? {} : { retryIn: durationInWords(retry(runner)) };
    const next = localTime(runner.nextMs, plan.timezone);
    const fields = { plan: plan.name, after: reasons.join(', '), made, unchanged, failed, ...again, next };
    log.info(fields, 'schedule: pass done');
  };

  /** Returns how long that is. */
  const retry = (runner: Runner): number => {
    runner.failures += 1;
    const waitMs = Math.min(retryDelay(runner.plan.retryAfterMs, runner.failures), longestTimerMs);
    if (!signal.aborted) runner.callOffRetry = clock.setTimer(waitMs, () => ask(runner, 'retry'));
    return waitMs;
  };

  const startCron = (runner: Runner): void => {
    const { cron, timezone } = runner.plan;
    runner.ticks?.stop();
    const ticks = startTicks(cron, timezone, () => {
      runner.nextMs = ticks.nextMs();
      ask(runner, 'cron');
    });
    runner.ticks = ticks;
    runner.nextMs = ticks.nextMs();
  };

  /** After a sleep or a step of the clock no timer is right any more. */
  const lookAtClocks = (): void => {
    if (signal.aborted) return;
    const wasDoubtful = watch.isDoubtful();
    const change = watch.theme();
    const { sleptMs, steppedMs } = change;
    if (sleptMs > 0 || steppedMs !== 0) {
      tellOf(change, watch.isDoubtful(), log);
      const nowMs = clock.nowMs();
      for (const runner of runners) {
        if (runner.nextMs <= nowMs) ask(runner, 'cron');
        startCron(runner);
        ask(runner, sleptMs > 0 ? 'sleep' : 'clock');
      }
    } else if (wasDoubtful && !watch.isDoubtful()) {
      for (const runner of runners) ask(runner, 'clock');
    }
  };

  const keepWatch = (): void => {
    try {
      lookAtClocks();
    } finally {
      callOffWatch = clock.setTimer(watchMs, keepWatch);
    }
  };

  return {
    start: () => {
      for (const runner of runners) {
        startCron(runner);
        const { name, cron, timezone } = runner.plan;
        const next = localTime(runner.nextMs, timezone);
        log.info({ plan: name, cron, timezone, next }, 'schedule: started');
        ask(runner, 'start');
      }
      keepWatch();
    },
    stop: async () => {
      if (!signal.aborted) stopping.abort(new Stopped());
      callOffWatch();
      for (const runner of runners) {
        runner.ticks?.stop();
        runner.callOffRetry();
        runner.callOffSettling();
      }
      await working;
    },
    status: () => ({
      isStopping: signal.aborted,
      sinceLookMs: watch.sinceLookMs(),
      pass: pass && { plan: pass.plan, forMs: clock.monotonicMs() - pass.sinceMs },
      isIdle: !isWorking,
      plans: runners.map(statusOf),
    }),
  };
}

function tellOf({ sleptMs, steppedMs }: ClockChange, isDoubtful: boolean, log: Log): void {
  if (sleptMs > 0) log.info({ slept: durationInWords(sleptMs) }, 'schedule: the machine slept');
  if (steppedMs === 0) return;
  const by = `${durationInWords(Math.abs(steppedMs))} ${steppedMs > 0 ? 'forward' : 'back'}`;
  const held = isDoubtful ? { held: 'no pass until the clock has stood there for 10 min' } : {};
  log.warn({ by, ...held }, 'schedule: the clock was set');
}

function runnerOf(plan: ScheduledPlan): Runner {
  return {
    plan,
    asked: new Set(),
    ticks: null,
    nextMs: Number.POSITIVE_INFINITY,
    leftOver: new Set(),
    failures: 0,
    callOffRetry: nothing,
    callOffSettling: nothing,
    isArchiveReached: null,
    newestDate: null,
  };
}

function statusOf({ plan, isArchiveReached, newestDate, failures, nextMs }: Runner): PlanStatus {
  const { name, timezone, catchUpDays } = plan;
  return { name, timezone, catchUpDays, isArchiveReached, newestDate, failures, nextMs };
}
