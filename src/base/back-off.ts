/** Waits that grow with each consecutive failure. */
export interface BackOff {
  /** After the first failure. Milliseconds. */
  readonly firstMs: number;
  /** Milliseconds; unlimited when it is not set. */
  readonly longestMs?: number;
  /** Each wait is this many times the one before; 2 when it is not set. */
  readonly factor?: number;
}

/** How long to wait after this many consecutive failures (1, 2 …). Milliseconds. */
export function backOffMs(
  { firstMs, longestMs = Number.POSITIVE_INFINITY, factor = 2 }: BackOff,
  failures: number,
): number {
  return Math.min(firstMs * factor ** (failures - 1), longestMs);
}

/**
 * Half of the wait is random, so that clients do not all come back at once.
 *
 * @param random from 0 up to 1
 */
export function withJitter(waitMs: number, random: number): number {
  return Math.round(waitMs * (0.5 + random / 2));
}
