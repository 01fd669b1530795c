import { expect, it } from 'vitest';
import { checkAnyInput } from '../support/any-input-properties.js';

/* As few as catch what is plainly wrong; slow/any-input has many more. */

it('an event in any wrapper, format, packing and folder is judged, or its file is named', async () => {
  await expect(checkAnyInput(20)).resolves.toBeUndefined();
});
