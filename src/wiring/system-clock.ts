import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../ports/clock.js';

/** The clock of this machine. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  sleep: async (ms) => {
    await delay(ms);
  },
};
