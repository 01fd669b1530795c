import { Failure, explainError, systemErrorCode } from '../errors.js';
import { refusedRight } from './refused-right.js';

/** What the process was given is at fault, and not the program; null: it is none of these. */
export function environmentFailure(error: unknown): Failure | null {
  const code = systemErrorCode(error) ?? '';
  if (['EMFILE', 'ENFILE'].includes(code)) {
    const hint =
      'Raise the limit of open files (ulimit -n; LimitNOFILE= of systemd) to 1024 or more, and run again.';
    return new Failure('storage', explainError(error), { hints: [hint], cause: error });
  }
  // Node's own call for the working directory.
  if (code === 'ENOENT' && error instanceof Error && 'syscall' in error && error.syscall === 'uv_cwd') {
    const words = 'the folder in which this command was called does not exist any more';
    return new Failure('usage', words, {
      hints: ['Change to a folder that exists, and run again.'],
      cause: error,
    });
  }
  const rights = error instanceof Failure ? refusedRight(error) : null;
  if (error instanceof Failure && rights !== null) {
    return new Failure(error.kind, error.message, { hints: [...error.hints, rights], cause: error });
  }
  return null;
}
