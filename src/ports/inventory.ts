import type { ProtectedResource } from '../model/protected-resource.js';

/**
 * Says which resources should be backed up.
 *
 * - `observed` has every resource with a backup event in the window.
 * - What could not be read is listed in `faults`. Observed resources from there are still in the reading, with unknown
 *   protection.
 * - Throws Failure('usage') with every fault and its line when a file cannot be understood.
 */
export interface Inventory {
  readonly type: string;
  readonly description: string;
  expectedResources(observed: readonly ProtectedResource[]): Promise<InventoryReading>;
  /** The resources of an earlier reading, from its `content`. Absent: its readings have no content. */
  readBack?(content: Uint8Array): readonly ProtectedResource[];
}

export interface InventoryReading {
  readonly resources: readonly ProtectedResource[];
  /** true: it lists resources itself, and one that it no longer lists has left. false: it has what was observed. */
  readonly isNamed: boolean;
  /** Why it is not complete, one sentence each: they make the report INCOMPLETE. */
  readonly faults: readonly string[];
  /** sha-256 hex of what was read; of the empty string for `observed`. */
  readonly digest: string;
  /** What was read, for the archive: the bytes of a file, the answers of a service as JSON. Absent: nothing was. */
  readonly content?: { readonly bytes: Uint8Array; readonly mediaType: string };
}
