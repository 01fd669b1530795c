import { dayMs } from '../base/time-units.js';

/** 2016-01-01 UTC: Oracle's cloud of today has no events from before. */
const earliestMs = 1_451_606_400_000;

/** A clock may be wrong, and a cut-off may be long past; a year and more ahead is no time of an event. */
const farthestAheadMs = 366 * dayMs;

/**
 * Whether something can have happened then (design section 3). A time that cannot be was written in another unit, or
 * damaged on the way: it is no readable time.
 *
 * @param ms epoch milliseconds
 * @param cutOffMs end of the window that is read
 */
export function canHaveHappened(ms: number, cutOffMs: number): boolean {
  return ms >= earliestMs && ms <= cutOffMs + farthestAheadMs;
}
