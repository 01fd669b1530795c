import { vi } from 'vitest';
import type { ScheduleClock } from '../../src/schedule/scheduled-plan.js';

/**
 * The time of a machine, moved by hand: node-cron and the scheduler run on it as they are. It moves in steps; what is due
 * at the end of a step happens at its very moment, and is waited for.
 */
export class FakeTime {
  readonly clock: ScheduleClock;
  readonly #stepMs: number;
  readonly #beganMs: number;
  /** By how much the wall moved while no timer did. */
  #movedMs = 0;
  #sleptMs = 0;

  constructor(start: string, stepMinutes: number) {
    this.#stepMs = stepMinutes * 60_000;
    this.#beganMs = Date.parse(start);
    vi.useFakeTimers({
      now: this.#beganMs,
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
    });
    const monotonicMs = (): number => Date.now() - this.#beganMs - this.#movedMs;
    this.clock = {
      nowMs: () => Date.now(),
      monotonicMs,
      uptimeMs: () => monotonicMs() + this.#sleptMs,
      setTimer: (ms, call) => {
        const timer = setTimeout(call, ms);
        return () => clearTimeout(timer);
      },
    };
  }

  /** @param isIdle whether what was begun has ended */
  async advance(ms: number, isIdle: () => boolean): Promise<void> {
    await settle(isIdle);
    for (let left = ms; left > 0;) {
      const step = Math.min(left, this.#stepMs - (Date.now() % this.#stepMs));
      vi.advanceTimersByTime(step);
      await settle(isIdle);
      left -= step;
    }
  }

  /** The machine sleeps: timers stand still. */
  sleep(ms: number): void {
    this.setForward(ms);
    this.#sleptMs += ms;
  }

  /** Somebody sets the clock; back where negative. */
  setForward(ms: number): void {
    vi.setSystemTime(Date.now() + ms);
    this.#movedMs += ms;
  }

  /** The machine is off: no process, no timers. */
  off(ms: number): void {
    const nowMs = Date.now();
    // Sets the time to its beginning, too.
    vi.clearAllTimers();
    vi.setSystemTime(nowMs);
    this.sleep(ms);
  }

  /** How many timers wait. */
  timers(): number {
    return vi.getTimerCount();
  }

  end(): void {
    vi.useRealTimers();
  }
}

/** Until nothing real is on its way any more: promises, files, streams. */
export async function settle(isIdle: () => boolean): Promise<void> {
  do {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  } while (!isIdle());
}
