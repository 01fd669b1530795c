import { describe, expect, it } from 'vitest';
import { branchedTemplates } from '../support/branched-templates.js';
import { allPlanted, notFound, plantedFaults } from '../support/planted-faults.js';
import { shareOf } from '../support/share-of.js';

const kinds = [...new Set(branchedTemplates.map(({ kind }) => kind))].map((kind) => ({
  kind,
  report: kind.keys.name,
}));

describe('templates check', () => {
  it.each(kinds)(
    'finds a fault in each branch of every template of $report, at its place, all planted at once',
    async ({ kind }) => {
      const ofKind = branchedTemplates.filter((each) => each.kind === kind);
      const planted = await Promise.all(ofKind.map(allPlanted));
      for (const { template, faults } of planted)
        expect(faults.length).toBeGreaterThanOrEqual(template.fewest);
      expect(await notFound(kind, planted)).toEqual([]);
    },
  );

  /* A second each, so that only `npm run test:long` has them all. */
  it.each(branchedTemplates)('finds a fault in any branch of $title, at its place', async (template) => {
    const faults = await plantedFaults(template);
    expect(faults.length).toBeGreaterThanOrEqual(template.fewest);
    const missed: string[] = [];
    for (const fault of shareOf(`faults of branches of ${template.title}`, faults))
      missed.push(...(await notFound(template.kind, [fault])));
    expect(missed).toEqual([]);
  });
});
