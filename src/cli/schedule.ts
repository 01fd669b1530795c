import { Failure } from '../errors.js';
import type { Log } from '../ports/log.js';
import { createCronTicks } from '../schedule/cron-ticks.js';
import { reasonOf, stackOf } from '../schedule/error-words.js';
import type { HealthServer } from '../schedule/health-server.js';
import type { ScheduleMetrics } from '../schedule/metrics.js';
import type { ScheduledPlan } from '../schedule/scheduled-plan.js';
import { Scheduler } from '../schedule/scheduler.js';
import { systemScheduleClock } from '../schedule/system-clock.js';
import { defaultConfig } from './default-config.js';
import { type OpenedPlan, openScheduledPlan } from './open-scheduled-plan.js';
import { type Output, createLog } from './output.js';
import { toolVersion } from './tool-version.js';
import { runUntilSignal } from './run-until-signal.js';

export interface ScheduleOptions {
  /** One for each plan. */
  readonly config?: readonly string[];
  /** 0: any free one. */
  readonly healthPort?: number;
  readonly healthHost: string;
  /** Further names of the health server. */
  readonly healthAllowHost?: readonly string[];
  readonly logLevel: string;
}

/** How long an open connection may delay the end of the process. */
const leftOpenMs = 1000;

/**
 * `backup-report schedule`: makes the report of each day when it is due, until a signal arrives. Exits with 0 if the
 * current stage finishes within the grace period, and otherwise as the signal itself would have ended it.
 */
export async function schedule(options: ScheduleOptions, _output: Output): Promise<number> {
  const log = await createLog(options.logLevel);
  const opened: OpenedPlan[] = [];
  for (const config of options.config ?? [defaultConfig]) opened.push(await openScheduledPlan(config, log));
  const plans = opened.map(({ plan }) => plan);
  mustHaveDifferentNames(plans);
  const health = await openHealth(options, plans);
  const startTicks = createCronTicks(log);
  const observer = health?.metrics ?? null;
  const scheduler = new Scheduler(plans, { clock: systemScheduleClock, startTicks, log, observer });
  const server = await health?.start(scheduler);
  if (server !== undefined) log.info({ url: server.url }, 'schedule: health');
  const gracePeriodMs = Math.max(...opened.map((each) => each.gracePeriodMs));
  const stopCatching = catchUnexpected(log);
  await runUntilSignal(scheduler, gracePeriodMs, log);
  stopCatching();
  await server?.close();
  // Without open connections, the process ends before this fires.
  setTimeout(() => process.exit(), leftOpenMs).unref();
  return 0;
}

/** Two plans of the same name would make each other's reports. */
function mustHaveDifferentNames(plans: readonly ScheduledPlan[]): void {
  const names = new Set<string>();
  for (const { name } of plans) {
    if (names.has(name)) {
      throw new Failure('usage', `two configurations have the plan ${name}`, {
        hints: ['Give each plan a name of its own, and name each file once with --config.'],
      });
    }
    names.add(name);
  }
}

/** Loads the code for health checks only if a port is given; otherwise returns null. */
async function openHealth(
  { healthPort, healthHost, healthAllowHost = [] }: ScheduleOptions,
  plans: readonly ScheduledPlan[],
): Promise<{
  readonly metrics: ScheduleMetrics;
  start(scheduler: Scheduler): Promise<HealthServer>;
} | null> {
  if (healthPort === undefined) return null;
  const { createScheduleMetrics } = await import('../schedule/metrics.js');
  const { startHealthServer } = await import('../schedule/health-server.js');
  const names = plans.map(({ name }) => name);
  const metrics = createScheduleMetrics(names, systemScheduleClock, toolVersion().split(' ').at(-1));
  const place = { host: healthHost, port: healthPort, allowedHosts: healthAllowHost };
  return {
    metrics,
    start: (scheduler) => startHealthServer(place, () => scheduler.status(), metrics),
  };
}

/** Logs unexpected errors, so that they do not end the schedule. Returns a function that stops this. */
function catchUnexpected(log: Log): () => void {
  const onError = (error: unknown): void =>
    log.warn({ reason: reasonOf(error), stack: stackOf(error) }, 'schedule: an unexpected error');
  process.on('unhandledRejection', onError).on('uncaughtException', onError);
  return () => {
    process.off('unhandledRejection', onError).off('uncaughtException', onError);
  };
}
