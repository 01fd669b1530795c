import { createHash, verify, type KeyObject } from 'node:crypto';
import type { WireRequest } from './wire.js';

const maxSkewMs = 5 * 60_000;

/** Of a key that the service does not know, or not any more. */
export const unknownKey =
  'The required information to complete authentication was not provided or was incorrect.';

export interface Signer {
  /** `tenancy/user/fingerprint`. */
  readonly keyId: string;
  readonly publicKey: KeyObject;
  /** Tokens that stand for the same key; a key id is then `ST$` and the token. */
  readonly sessionTokens?: ReadonlySet<string>;
}

/**
 * Checks a draft-cavage signature as OCI uses it. Gives null when it is right, else the message of the refusal.
 * A body must be covered, except that of an object: there the service relies on checksum headers.
 */
export function verifySignature(request: WireRequest, signer: Signer, nowMs: number): string | null {
  const parameters = signatureParameters(request.headers['authorization'] ?? '');
  if (parameters === null) return unknownKey;
  if (parameters.get('version') !== '1' || parameters.get('algorithm') !== 'rsa-sha256') return unknownKey;
  if (!isKnownKey(parameters.get('keyId') ?? '', signer)) return unknownKey;

  // Clients may write them as they send them; what is signed has them in lower case.
  const signed = (parameters.get('headers') ?? '').toLowerCase().split(' ');
  const missing = requiredHeaders(request, signed).filter((name) => !signed.includes(name));
  if (missing.length > 0) return `Not signed: ${missing.join(', ')}`;

  const text = signingString(request, signed);
  const signature = Buffer.from(parameters.get('signature') ?? '', 'base64');
  if (text === null || !verify('RSA-SHA256', Buffer.from(text), signer.publicKey, signature)) {
    return 'Failed to verify the HTTP(S) Signature';
  }
  if (signed.includes('x-content-sha256') && !bodyMatches(request)) {
    return 'The x-content-sha256 header does not match the request body';
  }
  return refuseDate(request, signed, nowMs);
}

function isKnownKey(id: string, { keyId, sessionTokens }: Signer): boolean {
  return id === keyId || (id.startsWith('ST$') && sessionTokens?.has(id.slice('ST$'.length)) === true);
}

/** The `name="value"` pairs after the scheme, or null when the header has any other form. */
function signatureParameters(authorization: string): ReadonlyMap<string, string> | null {
  if (!/^Signature \w+="[^"]*"(?:,\w+="[^"]*")*$/.test(authorization)) return null;
  const pairs = authorization.matchAll(/(\w+)="([^"]*)"/g);
  return new Map(Array.from(pairs, ([, name = '', value = '']) => [name, value]));
}

function requiredHeaders(request: WireRequest, signed: readonly string[]): readonly string[] {
  const always = [signed.includes('date') ? 'date' : 'x-date', '(request-target)', 'host'];
  const isObjectPut = request.method === 'PUT' && request.path.startsWith('/n/');
  if (isObjectPut || !['POST', 'PUT', 'PATCH'].includes(request.method)) return always;
  return [...always, 'content-length', 'content-type', 'x-content-sha256'];
}

/** Null when a header that is said to be signed was not sent. */
function signingString(request: WireRequest, signed: readonly string[]): string | null {
  const lines: string[] = [];
  for (const name of signed) {
    const value =
      name === '(request-target)'
        ? `${request.method.toLowerCase()} ${request.target}`
        : request.headers[name];
    if (value === undefined) return null;
    lines.push(`${name}: ${value}`);
  }
  return lines.join('\n');
}

function bodyMatches(request: WireRequest): boolean {
  const digest = createHash('sha256').update(request.body).digest('base64');
  return request.headers['x-content-sha256'] === digest;
}

/** In the words of the service, as users report them (oracle/terraform-provider-oci issue 474). */
function refuseDate(request: WireRequest, signed: readonly string[], nowMs: number): string | null {
  const date = request.headers[signed.includes('x-date') ? 'x-date' : 'date'] ?? '';
  if (Math.abs(Date.parse(date) - nowMs) <= maxSkewMs) return null;
  const [now, from, to] = [nowMs, nowMs - maxSkewMs, nowMs + maxSkewMs].map(inUtc);
  const range = `valid datetime range: ['${from}', '${to}']`;
  return `Date '${date.replace('GMT', 'UTC')}' is not within allowed clock skew. Current '${now}', ${range}`;
}

function inUtc(ms: number): string {
  return new Date(ms).toUTCString().replace('GMT', 'UTC');
}
