import { uptime } from 'node:os';
import type { ScheduleClock } from './scheduled-plan.js';

/** The clocks of this machine. */
export const systemScheduleClock: ScheduleClock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  uptimeMs: () => uptime() * 1000,
  setTimer: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};
