import type { StreamPlace } from './open-stream.js';

export interface StreamingOptions extends StreamPlace {
  /**
   * `time`: every reading begins by the clock, and the stream keeps no state of it. `group`: a reading begins where
   * the last acknowledged one of the consumer group ended.
   */
  readonly cursor: 'time' | 'group';
  /** Name of the consumer group, for `group`. */
  readonly group?: string | undefined;
  /** How much later than an event its message may come. Milliseconds. */
  readonly ingestionDelayMs: number;
  /** Most messages of one answer, up to 10,000; 1000 when it is not set. */
  readonly limit?: number | undefined;
}
