import { Failure, explainError } from '../errors.js';
import type { Output } from './output.js';

/** Runs a command whose answer is JSON: where it fails, the answer is JSON, too, and the failure is thrown all the same. */
export async function answerFailure(
  isJson: boolean,
  output: Output,
  work: () => Promise<number>,
): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (isJson) output.answer(JSON.stringify({ error: failureAnswer(error) }));
    throw error;
  }
}

/** A failure for a program. */
export function failureAnswer(error: unknown): object {
  const message = explainError(error);
  if (!(error instanceof Failure)) return { kind: 'unexpected', message, exitCode: 1 };
  const { kind, hints } = error;
  return { kind, message, hints, exitCode: kind === 'usage' ? 2 : 4 };
}
