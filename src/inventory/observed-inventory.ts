import { sha256Hex } from '../base/digest.js';
import type { Inventory } from '../ports/inventory.js';

/** Expects a backup of every resource that was seen being backed up: within the look-back, or in an earlier report. */
export function createObservedInventory(lookbackDays: number): Inventory {
  return {
    type: 'observed',
    description: `resources seen being backed up, in earlier reports or in the ${lookbackDays} days before the first`,
    expectedResources: async (observed) => ({
      resources: observed,
      isNamed: false,
      faults: [],
      digest: sha256Hex(''),
    }),
  };
}
