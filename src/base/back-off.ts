/** Waits that grow with each failure in a row. */
export interface BackOff {
  /** After the first failure. Milliseconds. */
  readonly firstMs: number;
  /** Milliseconds; without it there is no limit. */
  readonly longestMs?: number;
  /** By how much each wait is longer than the one before; 2 when it is not set. */
  readonly factor?: number;
}

/** How long to wait after so many failures in a row (1, 2 …). Milliseconds. */
export function backOffMs(
  { firstMs, longestMs = Number.POSITIVE_INFINITY, factor = 2 }: BackOff,
  failures: number,
): number {
  return Math.min(firstMs * factor ** (failures - 1), longestMs);
}

/**
 * Half of a wait is left to chance, so that clients do not come back all at once.
 *
 * @param random from 0 up to 1
 */
export function withJitter(waitMs: number, random: number): number {
  return Math.round(waitMs * (0.5 + random / 2));
}
