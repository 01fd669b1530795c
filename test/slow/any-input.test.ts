import { expect, it } from 'vitest';
import { checkAnyInput } from '../support/any-input-properties.js';

it('an event in any wrapper, format, packing and folder is judged, or its file is named', async () => {
  await expect(checkAnyInput(600)).resolves.toBeUndefined();
});
