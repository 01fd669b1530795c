import { describe, expect, it } from 'vitest';
import { patternOf, stackTrace } from '../support/bad-input.js';
import { canMount } from '../support/small-disk.js';
import type { Outcome } from '../support/operation/failure-of-operation.js';
import { failing, failingPlan } from '../support/operation/failing-plan.js';
import { failuresOfOperation } from '../support/operation/failures-of-operation.js';
import type { OperatedPlan } from '../support/operation/operated-plan.js';

const mountable = canMount() || process.env['CI'] === 'true';

/** What is seen now, in the words of the table where the program says so. */
async function seenBy(plan: OperatedPlan, { seen }: Outcome): Promise<Outcome> {
  const now: Outcome['seen'][number][] = [];
  for (const { command, says } of seen) {
    const { code, stdout, stderr } = await plan.call({ command });
    const said = `${stderr}${stdout}`;
    const trace = stackTrace.exec(said);
    now.push({
      command,
      exit: code ?? -1,
      says: trace === null && patternOf(says).test(said) ? says : said,
    });
  }
  return { seen: now, archived: await plan.archived(), mails: plan.mail.taken };
}

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
