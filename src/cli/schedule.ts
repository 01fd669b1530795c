import { Failure, explainError } from '../errors.js';
import type { Log } from '../ports.js';
import { createCronTicks } from '../schedule/cron-ticks.js';
import type { HealthServer } from '../schedule/health-server.js';
import type { ScheduleMetrics } from '../schedule/metrics.js';
import { oneLine } from '../schedule/run-pass.js';
import type { ScheduledPlan } from '../schedule/scheduled-plan.js';
import { type Scheduler, createScheduler } from '../schedule/scheduler.js';
import { systemScheduleClock } from '../schedule/system-clock.js';
import { type OpenedPlan, openScheduledPlan } from './open-scheduled-plan.js';
import { type Output, createLog } from './output.js';

export interface ScheduleOptions {
  /** One for each plan. */
  readonly config?: readonly string[];
  /** 0: any free one. */
  readonly healthPort?: number;
  readonly healthHost: string;
  readonly logLevel: string;
}

type Signal = 'SIGTERM' | 'SIGINT';

const exitCodes: Readonly<Record<Signal, number>> = { SIGTERM: 143, SIGINT: 130 };
const defaultConfig = './backup-report.yaml';
/** How long a connection that somebody keeps open may hold up the end. */
const leftOpenMs = 1000;

/**
 * `backup-report schedule`: makes the report of each day when its time has come, until a signal ends it. Ends with 0
 * where the stage at hand was finished within the grace period, else as the signal would have ended it.
 */
export async function schedule(options: ScheduleOptions, _output: Output): Promise<number> {
  const log = await createLog(options.logLevel);
  const opened: OpenedPlan[] = [];
  for (const config of options.config ?? [defaultConfig]) opened.push(await openScheduledPlan(config, log));
  const plans = opened.map(({ plan }) => plan);
  mustDiffer(plans);
  const health = await openHealth(options, plans);
  const startTicks = createCronTicks(log);
  const observer = health?.metrics ?? null;
  const scheduler = createScheduler(plans, { clock: systemScheduleClock, startTicks, log, observer });
  const server = await health?.start(scheduler);
  if (server !== undefined) log.info({ url: server.url }, 'schedule: health');
  const gracePeriodMs = Math.max(...opened.map((each) => each.gracePeriodMs));
  await runUntilSignal(scheduler, gracePeriodMs, log);
  await server?.close();
  // Where nothing is left to do, the process has ended before.
  setTimeout(() => process.exit(), leftOpenMs).unref();
  return 0;
}

/** Runs it until a signal comes, and has it stop. A second signal ends the process at once. */
async function runUntilSignal(scheduler: Scheduler, gracePeriodMs: number, log: Log): Promise<void> {
  const unforeseen = (error: unknown): void =>
    log.warn(
      { reason: oneLine(explainError(error)), stack: stackOf(error) },
      'schedule: an unexpected error',
    );
  process.on('unhandledRejection', unforeseen).on('uncaughtException', unforeseen);
  let onSignal: (signal: Signal) => void = endBy;
  const first = new Promise<Signal>((resolve) => {
    let isFirst = true;
    onSignal = (signal) => {
      if (!isFirst) endBy(signal);
      isFirst = false;
      resolve(signal);
    };
  });
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);

  scheduler.start();
  const signal = await first;
  const { pass } = scheduler.status();
  log.info({ signal, ...(pass === null ? {} : { atWork: pass.plan }) }, 'schedule: stopping');
  if (!(await isWithin(gracePeriodMs, scheduler.stop()))) {
    const fields = {
      gracePeriod: `${gracePeriodMs / 1000} s`,
      lost: 'nothing: the next start makes the day',
    };
    log.warn(fields, 'schedule: stopped in the midst of a stage');
    endBy(signal);
  }
  log.info({}, 'schedule: stopped');
  process.off('SIGTERM', onSignal).off('SIGINT', onSignal);
  process.off('unhandledRejection', unforeseen).off('uncaughtException', unforeseen);
}

/**
 * Ends the process as the signal does by itself, which a shell and a container see as 143 or 130. `process.exit` would
 * wait for a thread that waits for a file: that of a hung network drive, for ever. It is for process 1 of a container,
 * which no signal ends.
 */
function endBy(signal: Signal): never {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  process.exit(exitCodes[signal]);
}

async function isWithin(ms: number, ending: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  try {
    return await Promise.race([ending.then(() => true), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** Two plans of one name would make each other's reports. */
function mustDiffer(plans: readonly ScheduledPlan[]): void {
  const names = new Set<string>();
  for (const { name } of plans) {
    if (names.has(name)) {
      throw new Failure('usage', `two configurations have the plan ${name}`, {
        hints: ['Give each plan a name of its own, and --config each file once.'],
      });
    }
    names.add(name);
  }
}

async function openHealth(
  { healthPort, healthHost }: ScheduleOptions,
  plans: readonly ScheduledPlan[],
): Promise<{
  readonly metrics: ScheduleMetrics;
  start(scheduler: Scheduler): Promise<HealthServer>;
} | null> {
  if (healthPort === undefined) return null;
  const { createScheduleMetrics } = await import('../schedule/metrics.js');
  const { startHealthServer } = await import('../schedule/health-server.js');
  const names = plans.map(({ name }) => name);
  const metrics = createScheduleMetrics(names, systemScheduleClock);
  const place = { host: healthHost, port: healthPort };
  return { metrics, start: (scheduler) => startHealthServer(place, scheduler.status, metrics) };
}

function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack?.slice(0, 2000) : undefined;
}
