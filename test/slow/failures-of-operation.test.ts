import { describe, expect, it } from 'vitest';
import { canMount } from '../support/small-disk.js';
import { failing, failingPlan } from '../support/operation/failing-plan.js';
import { failuresOfOperation } from '../support/operation/failures-of-operation.js';
import { seenBy } from '../support/operation/seen-by.js';

const mountable = canMount() || process.env['CI'] === 'true';

describe('as docs/operations.md says', () => {
  it.for(failuresOfOperation)('$id', async (failure, { skip }) => {
    skip(failing[failure.id].plan?.hasDisk === true && !mountable, 'no file system can be mounted here');
    const plan = await failingPlan(failure.id);
    try {
      expect(await seenBy(plan, failure.while)).toEqual(failure.while);
      await failing[failure.id].isMended(plan);
      expect(await seenBy(plan, failure.mended)).toEqual(failure.mended);
    } finally {
      await plan.remove();
    }
  });
});
