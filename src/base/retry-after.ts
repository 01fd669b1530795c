/* oxlint-disable no-restricted-globals -- Date.parse is pure; the clock is passed in */

import { dayMs } from './time-units.js';

/** Whoever asks for more asks for ever. */
const longestMs = 3650 * dayMs;

/**
 * How long a response asks to wait, in milliseconds from `nowMs`; 0 when it does not say, ten years at most.
 *
 * @param value of the Retry-After header: seconds or a date, RFC 9110 section 10.2.3
 */
export function retryAfterMs(value: string | null, nowMs: number): number {
  if (value === null) return 0;
  if (/^\d+$/.test(value.trim())) return Math.min(Number(value) * 1000, longestMs);
  const at = Date.parse(value);
  return Number.isNaN(at) ? 0 : Math.min(Math.max(0, at - nowMs), longestMs);
}
