import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/errors.js';
import { adviceForCall } from '../../src/oci/call-advice.js';
import { networkError } from '../../src/oci/http-error.js';
import { OciCallError } from '../../src/oci/oci-error.js';

const rights = 'Allow the group to read it.';
const call = { service: 'LogAnalytics', operation: 'query' };
const answered = (status: number): OciCallError => new OciCallError(call, { status, reason: 'no' });
const unreachable = (code: string): OciCallError =>
  networkError(call, new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }));

describe('the advice for a failed call', () => {
  it.each<[string, unknown, RegExp]>([
    ['400', answered(400), /^The service does not take the request as it is, which is no matter of policies/],
    ['401', answered(401), /API keys of the user in the console\.$/],
    [
      '401 for the date',
      new OciCallError(call, { status: 401, reason: "Date 'x' is not within allowed clock skew" }),
      /^Set this machine's clock/,
    ],
    ['403', answered(403), /^Allow the group to read it\. .*check the names, too\.$/],
    ['404', answered(404), /^Allow the group to read it\. .*check the names, too\.$/],
    ['408', answered(408), /^The fault is with the service/],
    ['409', answered(409), /no matter of policies/],
    ['429', answered(429), /^OCI limits the calls of the tenancy/],
    ['503', answered(503), /^The fault is with the service/],
    [
      'no such host',
      unreachable('ENOTFOUND'),
      /^Check region or endpoint, DNS and firewall: .*not through a proxy/,
    ],
    ['a certificate of a proxy', unreachable('SELF_SIGNED_CERT_IN_CHAIN'), /NODE_EXTRA_CA_CERTS/],
    ['another certificate', unreachable('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), /NODE_EXTRA_CA_CERTS/],
    [
      'content that is none',
      new OciCallError(call, { reason: 'no list' }),
      /report it with the opc-request-id/,
    ],
    ['a failure with a hint', new Failure('usage', 'no', { hints: ['Do this.'] }), /^Do this\.$/],
  ])('is of its kind: %s', (_what, error, words) => {
    expect(adviceForCall(error, rights)).toMatch(words);
  });
});
