import { createHash } from 'node:crypto';
import type { Bucket, ObjectStore } from './object-store.js';
import { emptyAnswer, errorAnswer, invalidParameter, type Answer, type WireRequest } from './wire.js';

export function ifMatchFailed(): Answer {
  return errorAnswer(
    412,
    'IfMatchFailed',
    'The If-Match header does not match the current ETag of the object',
  );
}

/** Synchronous from check to effect, so that of two racing writers with If-None-Match exactly one wins. */
export function putObject(request: WireRequest, store: ObjectStore, bucket: Bucket, name: string): Answer {
  const refusal = refusePut(request, store, bucket, name);
  if (refusal !== null) return refusal;
  const sha256 = wantsSha256(request, store) ? digest('sha256', request.body) : null;
  const object = store.put(bucket.name, name, request.body, {
    sha256,
    storageTier: request.headers['storage-tier'] ?? 'Standard',
    headers: keptHeaders(request),
  });
  return emptyAnswer(200, {
    etag: object.etag,
    'last-modified': new Date(object.timeCreatedMs).toUTCString(),
    'opc-content-md5': object.md5,
    ...(sha256 === null ? {} : { 'opc-content-sha256': sha256 }),
  });
}

function refusePut(request: WireRequest, store: ObjectStore, bucket: Bucket, name: string): Answer | null {
  const { headers } = request;
  // UNVERIFIED status and code.
  if (headers['content-length'] === undefined) {
    return errorAnswer(411, 'MissingContentLength', 'The Content-Length header is required');
  }
  return refuseChecksums(request, store) ?? refuseReplacement(headers, store, bucket, name);
}

function refuseReplacement(
  headers: WireRequest['headers'],
  store: ObjectStore,
  bucket: Bucket,
  name: string,
): Answer | null {
  const current = bucket.objects.get(name);
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    return invalidParameter("The only valid value of If-None-Match is '*'");
  }
  if (ifNoneMatch === '*' && current !== undefined) {
    return errorAnswer(412, 'IfNoneMatchFailed', "The If-None-Match header is '*' but the object exists");
  }
  if (headers['if-match'] !== undefined && headers['if-match'] !== current?.etag) return ifMatchFailed();
  return current !== undefined && store.isProtected(bucket, current) ? retentionViolation(name) : null;
}

/** UNVERIFIED code: that the service refuses is documented, not how it says so. */
export function retentionViolation(name: string): Answer {
  return errorAnswer(409, 'RetentionRuleViolation', `A retention rule protects the object '${name}'`);
}

/** Codes are UNVERIFIED: documentation names the errors "Unmatched Content MD5" and "Unmatched Content SHA256". */
function refuseChecksums(request: WireRequest, store: ObjectStore): Answer | null {
  const md5 = request.headers['content-md5'];
  const actualMd5 = digest('md5', request.body);
  if (md5 !== undefined && md5 !== actualMd5) {
    const message = `The computed MD5 of the request body (${actualMd5}) does not match the Content-MD5 header (${md5})`;
    return errorAnswer(400, 'UnmatchedContentMD5', message);
  }
  const sha256 = request.headers['opc-content-sha256'];
  if (sha256 === undefined || !wantsSha256(request, store)) return null;
  const actual = digest('sha256', request.body);
  if (sha256 === actual) return null;
  const message = `The computed SHA256 of the request body (${actual}) does not match the opc-content-sha256 header (${sha256})`;
  return errorAnswer(400, 'UnmatchedContentSHA256', message);
}

function wantsSha256({ headers }: WireRequest, store: ObjectStore): boolean {
  if (headers['opc-checksum-algorithm'] === 'SHA256') return true;
  return headers['opc-content-sha256'] !== undefined && !store.strictChecksumAlgorithm;
}

function digest(algorithm: 'md5' | 'sha256', bytes: Buffer): string {
  return createHash(algorithm).update(bytes).digest('base64');
}

function keptHeaders(request: WireRequest): Readonly<Record<string, string>> {
  const kept = /^(?:content-(?:type|language|encoding|disposition)|cache-control|opc-meta-.+)$/;
  return Object.fromEntries(Object.entries(request.headers).filter(([name]) => kept.test(name)));
}
