import type { Bucket } from '../../oci/object-storage.js';
import type { BudgetLimits } from '../budget.js';

export interface ObjectStorageSourceOptions extends Bucket {
  readonly prefix: string;
  /** Patterns of objects that are not to be read. */
  readonly ignore?: readonly string[];
  /** Longest delay between an event and the writing of its object. Milliseconds. */
  readonly marginMs: number;
  /** The default budget if not set. */
  readonly budget?: BudgetLimits | undefined;
}
