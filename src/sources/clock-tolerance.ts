import { minuteMs } from '../base/time-units.js';

/** How far the clocks of those who send, store and read events may differ. */
export const clockToleranceMs = 5 * minuteMs;
