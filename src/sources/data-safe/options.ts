import type { Place } from '../../oci/connection.js';
import type { BudgetLimits } from '../budget.js';

export interface DataSafeOptions extends Place {
  /** OCID. */
  readonly compartmentId: string;
  readonly includeSubcompartments: boolean;
  /** How long the state of all trails may take to be read. Milliseconds. */
  readonly trailsTimeoutMs: number;
  /** The default budget if not set. */
  readonly budget?: BudgetLimits | undefined;
}
