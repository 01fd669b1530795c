import { pollPauses } from '../../base/poll.js';
import type { DeliveryClaim } from '../../model/delivery.js';
import type { Clock } from '../../ports.js';

export interface ClaimWatch {
  /** Milliseconds; 0 or less for a claim that has expired. */
  remainingMs(claim: DeliveryClaim): number;
  /** Longer each time, and at most so long. */
  sleep(longestMs: number): Promise<void>;
}

const pollPace = { firstMs: 1000, factor: 1.5, longestMs: 4000 };

/**
 * Tells how long a claim still holds: until it expires, and never longer than its length after it was first seen, for
 * clocks differ. That is counted in what was slept, so that no clock that jumps can make it longer.
 */
export function claimWatch(clock: Clock): ClaimWatch {
  const sleptBefore = new Map<number, number>();
  let sleptMs = 0;
  const pauses = pollPauses(pollPace);
  return {
    remainingMs({ attempt, time, expires }: DeliveryClaim): number {
      const lengthMs = Date.parse(expires) - Date.parse(time);
      if (Number.isNaN(lengthMs)) return 0;
      const before = sleptBefore.get(attempt) ?? sleptMs;
      sleptBefore.set(attempt, before);
      return Math.min(Date.parse(expires) - clock.nowMs(), before + lengthMs - sleptMs);
    },
    async sleep(longestMs: number): Promise<void> {
      const ms = Math.min(pauses.next().value, longestMs);
      await clock.sleep(ms);
      sleptMs += ms;
    },
  };
}
