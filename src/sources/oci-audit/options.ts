import type { BudgetLimits } from '../budget.js';

export interface OciAuditOptions {
  /** Identifiers or keys; all that the tenancy is subscribed to if not set. */
  readonly regions?: readonly string[] | undefined;
  /** One endpoint for all services, of the one region that is read then. */
  readonly endpoint?: string | undefined;
  /** OCIDs, the tenancy's for the root; all of the tenancy if not set. */
  readonly compartments?: readonly string[] | undefined;
  /** Whether what is below `compartments` is read, too. */
  readonly includeSubcompartments: boolean;
  /** OCIDs of compartments that are not to be read. */
  readonly excludeCompartments: readonly string[];
  /** Longest delay between an event and its processing by Audit. Milliseconds. */
  readonly ingestionDelayMs: number;
  /** How many compartments are read at the same time. */
  readonly parallel: number;
  /** The default budget if not set. */
  readonly budget?: BudgetLimits | undefined;
  /** The endpoint of a region, for tests of several; undefined: the region's own. */
  readonly endpointOf?: (region: string) => string | undefined;
}
