import { createTask } from 'node-cron';
import { dayMs } from '../base/time-units.js';
import type { Log } from '../ports.js';

/** The ticks of one cron expression in one zone, until they are stopped. */
export interface Ticks {
  /** Epoch milliseconds. */
  nextMs(): number;
  stop(): void;
}

export type StartTicks = (expression: string, timezone: string, onTick: () => void) => Ticks;

/** A late run is better than none, however late. */
const anyLatenessMs = 366 * dayMs;

/**
 * Ticks by node-cron. Two of its traps are closed here: a timer that is late by more than a second would not run at all,
 * and of several runs that were missed all but the last are only announced by an event.
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
