import type { Clock } from '../../src/ports/clock.js';

export interface SleeplessClock extends Clock {
  readonly slept: number[];
  advance(ms: number): void;
}

/** Sleeping takes no time but moves the clock, and lets others go on. */
export function sleeplessClock(startMs: number): SleeplessClock {
  let nowMs = startMs;
  const slept: number[] = [];
  return {
    slept,
    nowMs: () => nowMs,
    advance: (ms) => {
      nowMs += ms;
    },
    async sleep(ms) {
      slept.push(ms);
      nowMs += ms;
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    },
  };
}
