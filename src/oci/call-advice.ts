import { Failure } from '../errors.js';
import { OciCallError } from './oci-error.js';

/** How Node's TLS names a certificate that it does not trust. */
const certificateCode = /CERT|SIGNATURE|ISSUER/;

/**
 * What to do about a failed call: one thing for each kind of error, for only refusals are a matter of policies.
 * https://docs.oracle.com/iaas/Content/API/References/apierrors.htm
 *
 * @param rights what is needed to read this, as a sentence: for refusals
 */
export function adviceForCall(error: unknown, rights: string): string {
  if (error instanceof Failure) return error.hints[0] ?? rights;
  if (!(error instanceof OciCallError)) return 'Run it again; if it stays so, report it.';
  if (error.status === null) return adviceForSilence(error);
  if (error.status === 401) return adviceForRefusedSignature(error);
  if (error.status === 403 || error.status === 404) {
    return `${rights} OCI answers alike for what is not there and for what may not be seen: check the names, too.`;
  }
  if (error.status === 429) {
    return 'OCI limits the calls of the tenancy: run it again in some minutes, when less else is asking.';
  }
  if (error.status === 408 || error.status >= 500) {
    return 'The fault is with the service: run it again later; Oracle Support asks for the opc-request-id.';
  }
  return 'The service does not take the request as it is, which is no matter of policies: check the names and OCIDs of the configuration; if they are right, report it with the opc-request-id.';
}

/**
 * OCI says so where it is the clock: "Date … is not within allowed clock skew". Of what is wrong with the key it says
 * nothing.
 */
export function adviceForRefusedSignature({ message }: OciCallError): string {
  return /clock|\bdate\b|skew/i.test(message)
    ? "Set this machine's clock: a signature is valid for five minutes."
    : 'Compare tenancy, user, fingerprint and key with the API keys of the user in the console.';
}

/** No answer came, or one that is no answer. */
function adviceForSilence(error: OciCallError): string {
  const code = codeOf(error);
  if (code !== null && certificateCode.test(code)) {
    return 'Something between here and OCI shows a certificate of its own: name its authority in NODE_EXTRA_CA_CERTS.';
  }
  return error.retryable
    ? 'Check region or endpoint, DNS and firewall: calls go to OCI directly, not through a proxy.'
    : 'Run it again; if it stays so, report it with the opc-request-id.';
}

/** The code of the system or of TLS, which is some causes deep. */
function codeOf(error: unknown): string | null {
  let each: unknown = error instanceof Error ? error.cause : null;
  for (let depth = 0; depth < 5 && each instanceof Error; depth += 1) {
    if ('code' in each && typeof each.code === 'string') return each.code;
    each = each.cause;
  }
  return null;
}
