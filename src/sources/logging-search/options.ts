import type { Place } from '../../oci/connection.js';
import type { BudgetLimits } from '../budget.js';

export interface LoggingSearchOptions extends Place {
  /**
   * What is searched: OCIDs of compartment, log group and log with slashes between them, or a compartment and `/_Audit`. The Audit
   * records of the whole tenancy if neither this nor `search` is set.
   */
  readonly logs?: readonly string[] | undefined;
  /** A search of the user's own, which only filters: `search "…" | where …`. */
  readonly search?: string | undefined;
  /** Longest delay between an event and its entry in the log. Milliseconds. */
  readonly ingestionDelayMs: number;
  /** How many slices are read at the same time; Logging takes five searches at once. */
  readonly parallel: number;
  /** The default budget if not set. */
  readonly budget?: BudgetLimits | undefined;
}
