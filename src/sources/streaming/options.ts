import type { BudgetLimits } from '../budget.js';
import type { StreamPlace } from './open-stream.js';

export interface StreamingOptions extends StreamPlace {
  /**
   * `time`: every reading starts by the clock, and the stream keeps no state for it. `group`: a reading starts where
   * the last acknowledged one of the consumer group ended.
   */
  readonly cursor: 'time' | 'group';
  /** Name of the consumer group, for `group`. */
  readonly group?: string | undefined;
  /** Longest delay between an event and its message. Milliseconds. */
  readonly ingestionDelayMs: number;
  /** Most messages per answer, up to 10,000; 1000 if not set. */
  readonly limit?: number | undefined;
  /** The default budget if not set. */
  readonly budget?: BudgetLimits | undefined;
}
