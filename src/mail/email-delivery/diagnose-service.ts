import { oneLine } from '../../base/one-line.js';
import { explainError } from '../../errors.js';
import type { OciConnection, Place } from '../../oci/connection.js';
import { OciCallError } from '../../oci/oci-error.js';
import type { Finding } from '../../ports/finding.js';
import { faultOfCall } from './call-fault.js';

/**
 * The API has no call without side effects. `submitToNobody` submits a message without recipients: if it is refused for
 * that reason, the service works and has accepted the credentials.
 */
export async function diagnoseService(
  { principal }: OciConnection,
  { region, endpoint, from }: Place & { readonly from: string },
  submitToNobody: () => Promise<void>,
): Promise<readonly Finding[]> {
  const check = 'mail service';
  const service = `OCI Email Delivery${(endpoint ?? region) ? ` at ${endpoint ?? region}` : ''}`;
  const known: Finding = {
    check,
    state: 'ok',
    words: `${service} answers, signed in as ${principal}; only a mail shows whether ${from} is an approved sender`,
    advice: null,
  };
  try {
    await submitToNobody();
    return [known];
  } catch (error) {
    if (error instanceof OciCallError && error.status === 400) return [known];
    const words = `${service}: ${oneLine(explainError(error))}`;
    return [{ check, state: 'failed', words, advice: faultOfCall(error).hints[0] ?? null }];
  }
}
