import { describe, expect, it } from 'vitest';
import { checkAfterCutOff } from '../support/after-cut-off-properties.js';

describe('whatever happens after the cut-off', () => {
  it('changes nothing but that attempts were running', async () => {
    await expect(checkAfterCutOff(200)).resolves.toBeGreaterThan(10);
  });
});
