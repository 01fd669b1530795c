import { describe, expect, it } from 'vitest';
import { prepareRenderers } from '../../../src/day/artefacts/prepare-renderers.js';
import type { ControlTotals } from '../../../src/model/control-totals.js';

function source(used: number): { readonly controlTotals: ControlTotals } {
  return {
    controlTotals: { read: 100_000, used, duplicate: 0, outside: 100_000 - used, ignored: 0, rejected: 0 },
  };
}

describe('renderers are prepared while a day is judged', () => {
  it.each([
    { day: 'a large day', used: [20_000], times: 1 },
    { day: 'the sources of which are large together', used: [10_000, 10_000], times: 1 },
    { day: 'a day with many records, few of which are used', used: [19_999], times: 0 },
    { day: 'a day without sources', used: [], times: 0 },
  ])('$day: $times times', ({ used, times }) => {
    const prepared: string[] = [];
    prepareRenderers([{ prepare: () => void prepared.push('workbook') }, {}], used.map(source));
    expect(prepared).toHaveLength(times);
  });
});
