import type { Check } from '../check.js';
import { totalsText } from './check-report.js';

/** Lines of jobs, recovery points and evidence add up to what report.json and the manifest say. */
export const checkLines: Check = {
  name: 'lines',
  ofRevision({ fields, lines, evidence }, told) {
    for (const { key, differences } of lines) {
      for (const words of differences) told.find('totals-differ', key, words);
    }
    if (fields === null || evidence === null) return;
    const { key, totals, bySource } = evidence;
    const [counted, said] = [totalsText(totals), totalsText(fields.controlTotals)];
    if (counted !== said)
      told.find('totals-differ', key, `its lines are ${counted}; the manifest says ${said}`);
    const expected = new Map<string, number>();
    for (const { name, controlTotals } of fields.sources) {
      expected.set(name, (expected.get(name) ?? 0) + controlTotals.read);
    }
    for (const name of new Set([...expected.keys(), ...bySource.keys()])) {
      const [there, named] = [bySource.get(name) ?? 0, expected.get(name) ?? 0];
      if (there !== named) {
        told.find(
          'totals-differ',
          key,
          `it has ${there} records of the source ${name}; the manifest says ${named}`,
        );
      }
    }
  },
};
