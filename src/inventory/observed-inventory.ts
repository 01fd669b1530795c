import { createHash } from 'node:crypto';
import type { Inventory } from '../ports.js';

/** What should be backed up is what was seen being backed up within the look-back. */
export function createObservedInventory(lookbackDays: number): Inventory {
  return {
    type: 'observed',
    description: `resources with a backup event in the report day or the ${lookbackDays} days before`,
    expectedResources: async (observed) => ({
      resources: observed,
      faults: [],
      digest: createHash('sha256').digest('hex'),
    }),
  };
}
