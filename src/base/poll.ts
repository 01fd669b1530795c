/** How often something is looked at that others change: soon at first, then less and less often. */
export interface PollPace {
  /** Milliseconds, as is `longestMs`. */
  readonly firstMs: number;
  /** By how much each pause is longer than the one before. */
  readonly factor: number;
  readonly longestMs: number;
}

/** The pauses between the looks of one wait, without end. Milliseconds. */
export function* pollPauses({ firstMs, factor, longestMs }: PollPace): Generator<number, never> {
  for (let ms = firstMs; ; ms = Math.min(ms * factor, longestMs)) yield ms;
}
