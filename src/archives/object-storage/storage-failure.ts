import { Failure, explainError } from '../../errors.js';
import { adviceForCall } from '../../oci/call-advice.js';
import { OciCallError } from '../../oci/oci-error.js';

/** States which operation failed on which object, and what to do next. A Failure is returned unchanged. */
export function storageFailure(verb: 'write' | 'read' | 'list', url: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  return new Failure('storage', `cannot ${verb} ${url}: ${explainError(error)}`, {
    cause: error,
    hints: [hintFor(error)],
    retryable: error instanceof OciCallError && error.retryable,
  });
}

function hintFor(error: unknown): string {
  if (!(error instanceof OciCallError))
    return 'Run the same command again; nothing that is archived is lost.';
  const rights =
    'Check the bucket, the namespace and the policy (OBJECT_CREATE, OBJECT_INSPECT, OBJECT_READ).';
  const advice = adviceForCall(error, rights);
  return error.retryable ? `${advice} A new run takes the next revision number.` : advice;
}
