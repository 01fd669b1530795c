import { expect, it } from 'vitest';
import { branchedTemplates, foundFault, plantedFaults } from '../support/planted-faults.js';
import { shareOf } from '../support/share-of.js';

/* One of a hundred, others with each commit; slow/planted-faults has more of them. */

it('templates check finds a fault in a branch of a shipped template, at its place', async () => {
  const all = (await Promise.all(branchedTemplates.map(plantedFaults))).flat();
  const share = shareOf('faults of branches', shareOf('faults of branches, by tens', all));
  expect(share.length).toBeGreaterThan(2);
  for (const fault of share) {
    const { found, wanted } = await foundFault(fault);
    expect([fault.name, fault.branch, found]).toEqual([fault.name, fault.branch, wanted]);
  }
}, 60_000);
