import type { ScheduleClock } from './scheduled-plan.js';

/** What became of the clocks since the last look. */
export interface ClockChange {
  /** The machine slept so long, milliseconds; 0: it did not. */
  readonly sleptMs: number;
  /** The wall clock was set forward (positive) or back (negative); 0: it was not. */
  readonly steppedMs: number;
}

/** Below it is what every clock does. */
const toleranceMs = 60_000;
/** A clock that was set forward is believed after so long. */
const holdMs = 10 * 60_000;

/** Compares the clock of the wall with two that nobody sets. */
export interface ClockWatch {
  theme(): ClockChange;
  /** Whether the clock was set forward a short time ago: what it says may be wrong, and a report made by it, too. */
  isDoubtful(): boolean;
  /** Monotonic milliseconds since the last look. */
  sinceLookMs(): number;
}

export function createClockWatch(clock: ScheduleClock): ClockWatch {
  const read = (): { wall: number; uptime: number; monotonic: number } => ({
    wall: clock.nowMs(),
    uptime: clock.uptimeMs(),
    monotonic: clock.monotonicMs(),
  });
  let last = read();
  /** What wall and uptime differed by before the doubtful step, and until when it is doubtful. */
  let doubt: { readonly difference: number; readonly untilUptime: number } | null = null;
  return {
    theme: () => {
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
