import { minuteMs } from '../base/time-units.js';
import type { ScheduleClock } from './scheduled-plan.js';

/** What happened to the clocks since the last check. */
export interface ClockChange {
  /** How long the machine slept, milliseconds; 0: it did not. */
  readonly sleptMs: number;
  /** By how much the wall clock was set forward (positive) or back (negative), milliseconds; 0: it was not. */
  readonly steppedMs: number;
}

/** Smaller differences are normal for any clock. */
const toleranceMs = minuteMs;
/** A clock that was set forward is trusted after this long. */
const holdMs = 10 * minuteMs;

/** Compares the wall clock with two clocks that nobody can set. */
export interface ClockWatch {
  check(): ClockChange;
  /** Whether the clock was set forward recently: it may be wrong, and so would be a report made by it. */
  isDoubtful(): boolean;
  /** Monotonic milliseconds since the last check. */
  sinceLookMs(): number;
}

export function createClockWatch(clock: ScheduleClock): ClockWatch {
  const read = (): { wall: number; uptime: number; monotonic: number } => ({
    wall: clock.nowMs(),
    uptime: clock.uptimeMs(),
    monotonic: clock.monotonicMs(),
  });
  let last = read();
  /** The difference between wall time and uptime before the doubtful step, and until when the clock is doubtful. */
  let doubt: { readonly difference: number; readonly untilUptime: number } | null = null;
  return {
    check: () => {
      const now = read();
      const asleep = now.uptime - last.uptime - (now.monotonic - last.monotonic);
      const stepped = now.wall - last.wall - (now.uptime - last.uptime);
      const difference = doubt?.difference ?? last.wall - last.uptime;
      const isStep = Math.abs(stepped) > toleranceMs;
      if (isStep) {
        const isAhead = now.wall - now.uptime - difference > toleranceMs;
        doubt = isAhead ? { difference, untilUptime: now.uptime + holdMs } : null;
      } else if (doubt !== null && now.uptime >= doubt.untilUptime) {
        doubt = null;
      }
      last = now;
      return { sleptMs: asleep > toleranceMs ? asleep : 0, steppedMs: isStep ? stepped : 0 };
    },
    isDoubtful: () => doubt !== null,
    sinceLookMs: () => clock.monotonicMs() - last.monotonic,
  };
}
