import { createTask } from 'node-cron';
import { dayMs } from '../base/time-units.js';
import type { Log } from '../ports/log.js';

/** The ticks of one cron expression in one zone. */
export interface Ticks {
  /** When the next tick is due, epoch milliseconds. */
  nextMs(): number;
  stop(): void;
}

export type StartTicks = (expression: string, timezone: string, onTick: () => void) => Ticks;

/** However late a run is, it is better than none. */
const anyLatenessMs = 366 * dayMs;

/**
 * Ticks from node-cron, with two of its pitfalls avoided: by default, a timer that is more than a second late does not
 * run at all; and of several missed runs, all but the last only emit an event.
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
