/* oxlint-disable no-restricted-globals -- Date.parse is pure; the clock is passed in */

/**
 * How long a response asks to wait, in milliseconds from `nowMs`; 0 when it does not say.
 *
 * @param value of the Retry-After header: seconds or a date, RFC 9110 section 10.2.3
 */
export function retryAfterMs(value: string | null, nowMs: number): number {
  if (value === null) return 0;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? 0 : Math.max(0, at - nowMs);
}
