import { describe, expect, it } from 'vitest';
import {
  allPlanted,
  branchedTemplates,
  fewestBranches,
  notFound,
  plantedFaults,
} from '../support/planted-faults.js';
import { shareOf } from '../support/share-of.js';

describe('templates check', () => {
  it('finds a fault in each branch of every template with branches, at its place, all planted at once', async () => {
    const planted = await Promise.all(branchedTemplates.map(allPlanted));
    for (const { name, faults } of planted)
      expect(faults.length).toBeGreaterThanOrEqual(fewestBranches[name]);
    expect(await notFound(planted)).toEqual([]);
  });

  /* A second each, so that only `npm run test:long` has them all. */
  it.each(branchedTemplates)('finds a fault in any branch of %s, at its place', async (name) => {
    const faults = await plantedFaults(name);
    expect(faults.length).toBeGreaterThanOrEqual(fewestBranches[name]);
    const missed: string[] = [];
    for (const fault of shareOf(`faults of branches of ${name}`, faults))
      missed.push(...(await notFound([fault])));
    expect(missed).toEqual([]);
  });
});
