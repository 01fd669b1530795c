import { describe, expect, it } from 'vitest';
import { checkAfterCutOff } from '../../../support/after-cut-off-properties.js';

/* As few as catch what is plainly wrong; slow/after-cut-off has many more. */

describe('whatever happens after the cut-off', () => {
  it('changes nothing but that attempts were running', async () => {
    await expect(checkAfterCutOff(12)).resolves.toBeGreaterThan(0);
  });
});
