import { pollPauses } from '../../base/poll.js';
import type { DeliveryClaim } from '../../model/delivery.js';
import type { Clock } from '../../ports/clock.js';

export interface ClaimWatch {
  /** Milliseconds; 0 or less for a claim that has expired. */
  remainingMs(claim: DeliveryClaim): number;
  /** Longer each time, but never longer than this. */
  sleep(longestMs: number): Promise<void>;
}

const pollPace = { firstMs: 1000, factor: 1.5, longestMs: 4000 };

/**
 * Knows how long a claim is still valid: until it expires, but, because clocks differ, never longer than its own
 * duration after it was first seen. That is measured in time slept, so that a jumping clock cannot extend it.
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
