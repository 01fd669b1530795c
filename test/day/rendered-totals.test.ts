import { describe, expect, it } from 'vitest';
import { checkRendered } from '../support/rendered-totals.js';

describe('whatever the rules and the inventory', () => {
  it('page and workbook balance, those of the whole and those of each slice', async () => {
    await expect(checkRendered(2)).resolves.toBeUndefined();
  });
});
