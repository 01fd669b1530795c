import { describe, expect, it } from 'vitest';
import { OciCallError } from '../../src/oci/oci-error.js';
import { FailingRegions } from '../../src/sources/oci-audit/failing-regions.js';

const call = { service: 'Audit', operation: 'listEvents' };
const down = new OciCallError(call, { status: 503, reason: 'down' });
const refused = new OciCallError(call, { status: 404, reason: 'refused' });

function after(...outcomes: readonly unknown[]): boolean {
  const regions = new FailingRegions();
  for (const outcome of outcomes) regions.note('iad', outcome);
  return regions.isLeft('iad');
}

describe('a region is left', () => {
  it.each([
    ['after five lists in a row that failed', [down, down, down, down, down], true],
    ['not after four', [down, down, down, down], false],
    ['not where one was read in between', [down, down, down, down, null, down], false],
    ['not where compartments are refused', [refused, refused, refused, refused, refused, refused], false],
    [
      'not where one is refused in between: the service answers',
      [down, down, refused, down, down, down],
      false,
    ],
  ])('%s', (_, outcomes, isLeft) => {
    expect(after(...outcomes)).toBe(isLeft);
  });

  it('for itself, and counts what is not asked there', () => {
    const regions = new FailingRegions();
    for (let time = 0; time < 5; time += 1) regions.note('iad', down);
    expect([regions.isLeft('iad'), regions.isLeft('iad'), regions.isLeft('fra')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(regions.reasons()).toEqual([expect.stringMatching(/^iad: 2 compartments were not asked, .*503/)]);
  });
});
