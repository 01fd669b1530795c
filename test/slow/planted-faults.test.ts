import { describe, expect, it } from 'vitest';
import { branchedTemplates, fewestBranches, notFound, plantedFaults } from '../support/planted-faults.js';
import { shareOf } from '../support/share-of.js';

/* A second each, so that only `npm run test:long` has them all. */

describe('templates check', () => {
  it.each(branchedTemplates)('finds a fault in any branch of %s, at its place', async (name) => {
    const faults = await plantedFaults(name);
    expect(faults.length).toBeGreaterThanOrEqual(fewestBranches[name]);
    const missed: string[] = [];
    for (const fault of shareOf(`faults of branches of ${name}`, faults))
      missed.push(...(await notFound([fault])));
    expect(missed).toEqual([]);
  });
});
