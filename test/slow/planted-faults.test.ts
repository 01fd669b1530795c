import { describe, expect, it } from 'vitest';
import { branchedTemplates, foundFault, plantedFaults } from '../support/planted-faults.js';
import { shareOf } from '../support/share-of.js';

/* A second each, so that only `npm run test:long` has them all. */

describe('templates check', () => {
  it.each(branchedTemplates)('finds a fault in any branch of %s, at its place', async (name) => {
    const faults = await plantedFaults(name);
    expect(faults.length).toBeGreaterThanOrEqual(name === 'mail-subject.hbs' ? 4 : 70);
    for (const fault of shareOf(`faults of branches of ${name}`, faults)) {
      const { found, wanted } = await foundFault(fault);
      expect([fault.branch, found]).toEqual([fault.branch, wanted]);
    }
  });
});
