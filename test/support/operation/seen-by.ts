import { patternOf, stackTrace } from '../bad-input.js';
import type { Outcome } from './failure-of-operation.js';
import type { OperatedPlan } from './operated-plan.js';

/** What is seen now, in the words of the table where the program says so. */
export async function seenBy(plan: OperatedPlan, { seen }: Outcome): Promise<Outcome> {
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
