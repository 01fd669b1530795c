import { createTask } from 'node-cron';
import type { Log } from '../ports.js';

/** The ticks of one cron expression in one zone, until they are stopped. */
export interface Ticks {
  /** Epoch milliseconds. */
  nextMs(): number;
  stop(): void;
}

export type StartTicks = (expression: string, timezone: string, onTick: () => void) => Ticks;

/** However late its timer is, a run is worth more than none. */
const anyLatenessMs = 366 * 86_400_000;

/**
 * Ticks by node-cron. Two of its traps are closed here: a timer that is late by more than a second would not run at all,
 * and one that is late by several runs tells of all but the last in an event alone.
 */
export function createCronTicks(log: Log): StartTicks {
  return (expression, timezone, onTick) => {
    const task = createTask(expression, onTick, {
      timezone,
      noOverlap: true,
      missedExecutionTolerance: anyLatenessMs,
      logger: {
        info: () => undefined,
        debug: () => undefined,
        warn: (reason) => log.warn({ reason }, 'schedule: cron'),
        error: (reason) => log.warn({ reason: String(reason) }, 'schedule: cron'),
      },
    });
    task.on('execution:missed', onTick);
    void task.start();
    return {
      nextMs: () => task.getNextRun()?.getTime() ?? Number.POSITIVE_INFINITY,
      stop: () => void task.destroy(),
    };
  };
}
