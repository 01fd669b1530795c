import { explainError } from '../errors.js';
import type { Output } from './output.js';

/** What standard output could not take. */
export interface StandardStreams {
  /** Why the answer, or a part of it, was not written; null: it was. */
  answerFault(): NodeJS.ErrnoException | null;
}

/**
 * Neither a full disk nor a closed pipe or terminal behind standard output and standard error ends a command: what it
 * makes matters more than what it says of it.
 */
export function guardStandardStreams(): StandardStreams {
  let fault: NodeJS.ErrnoException | null = null;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => (fault ??= error));
  // Nothing is left that could tell of it.
  process.stderr.on('error', () => undefined);
  return { answerFault: () => fault };
}

/**
 * The exit code of a command once its answer was taken. Who gets none must not take 0 for one; a reader who closes the
 * pipe, as in `backup-report doctor | head`, has what it wants.
 */
export async function exitCodeOfAnswer(
  code: number,
  streams: StandardStreams,
  output: Pick<Output, 'note' | 'taken'>,
): Promise<number> {
  await output.taken?.();
  const fault = streams.answerFault();
  if (fault === null || fault.code === 'EPIPE') return code;
  output.note(`backup-report: the answer could not be written to standard output: ${explainError(fault)}`);
  output.note(`  -> The command itself ended with exit code ${code}. What it made is where the log says.`);
  return code === 0 ? 4 : code;
}
