import { oneLine } from '../../base/one-line.js';
import { explainError, Failure } from '../../errors.js';
import { OciCallError } from '../../oci/oci-error.js';

/** Why a call to Email Delivery failed. */
export interface CallFault {
  readonly words: string;
  readonly hints: readonly string[];
  readonly isTooLarge: boolean;
  /** Whether sending to other recipients would fail as well. */
  readonly endsAll: boolean;
  readonly retryable: boolean;
  readonly cause: unknown;
}

/** Enough for a reason and for the request id that Oracle Support asks for. */
const maxCharacters = 800;

export function faultOfCall(error: unknown): CallFault {
  const words = oneLine(explainError(error), maxCharacters);
  if (error instanceof Failure) {
    return {
      words,
      hints: error.hints,
      isTooLarge: false,
      endsAll: true,
      retryable: error.retryable,
      cause: error,
    };
  }
  if (!(error instanceof OciCallError)) {
    return { words, hints: [], isTooLarge: false, endsAll: true, retryable: false, cause: error };
  }
  const { status, retryable } = error;
  const isTooLarge =
    status === 413 ||
    (status === 400 &&
      /too large|(?:size|length)\b.*\b(?:exceed|larger|maximum|limit)|exceed.*\bsize/i.test(words));
  // A bad request may be caused by its recipients; others may be accepted.
  return { words, hints: hintsOf(status), isTooLarge, endsAll: status !== 400, retryable, cause: error };
}

function hintsOf(status: number | null): readonly string[] {
  if (status === 400) {
    return ['mail.from must be an approved sender in this region, in the compartment mail.compartmentId.'];
  }
  if (status === 401 || status === 403 || status === 404) {
    return [
      'The policy must allow this principal to use approved-senders in the compartment mail.compartmentId.',
      'mail.from must be an approved sender in this region.',
    ];
  }
  if (status === 413)
    return ['The service limit max-message-size can be raised; or lower mail.maxMessageBytes.'];
  if (status === 429)
    return ['The tenancy has a limit of mails for each minute and day: see its service limits.'];
  if (status === null) return ['Check mail.region or mail.endpoint, and the way out of this network.'];
  return ['Run the same command again a little later.'];
}
