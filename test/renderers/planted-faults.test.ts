import { describe, expect, it } from 'vitest';
import { allPlanted, branchedTemplates, fewestBranches, notFound } from '../support/planted-faults.js';

/* In every branch at once; slow/planted-faults plants them one by one. */

describe('templates check', () => {
  it('finds a fault in each branch of every template with branches, at its place', async () => {
    const planted = await Promise.all(branchedTemplates.map(allPlanted));
    for (const { name, faults } of planted)
      expect(faults.length).toBeGreaterThanOrEqual(fewestBranches[name]);
    expect(await notFound(planted)).toEqual([]);
  });
});
