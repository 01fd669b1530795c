import { randomUUID } from 'node:crypto';
import { Failure } from '../errors.js';

/** The variable of the environment in which a caller names the run: its own id then stands in our log, too. */
const variable = 'BACKUP_REPORT_RUN_ID';
const form = /^[\w.:@/+-]{1,128}$/;

/**
 * The id by which lines of the log and the answer of one process belong together. It is kept in the environment, so that whatever
 * this process starts has it, too. Nothing that is archived or sent has it: that must be the same whoever makes it.
 *
 * @throws Failure('usage') where the caller's is no id
 */
export function runIdOf(environment: NodeJS.ProcessEnv): string {
  const given = environment[variable] ?? '';
  if (given === '') return (environment[variable] = randomUUID());
  if (form.test(given)) return given;
  throw new Failure('usage', `${variable} is no id`, {
    hints: [
      'Use up to 128 letters, digits and ._:@/+- or leave it empty: every run then gets an id of its own.',
    ],
  });
}

/** For an answer to a program; of a command that was not started by a command line, nothing. */
export function runIdentity({ runId }: { readonly runId?: string }): { readonly runId?: string } {
  return runId === undefined ? {} : { runId };
}
