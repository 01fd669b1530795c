import { describe, expect, it } from 'vitest';
import { checkBalance, checkOrder } from '../support/totals-properties.js';

/* As few as catch what is plainly wrong; slow/totals has many more. */

describe('totals', () => {
  it('balance for any input: records by disposition, resources by outcome and verdict, jobs by status', async () => {
    await expect(checkBalance(40)).resolves.toBeUndefined();
  });

  it('and every artefact but the evidence do not depend on the order of the records', async () => {
    await expect(checkOrder(20)).resolves.toBeUndefined();
  });
});
