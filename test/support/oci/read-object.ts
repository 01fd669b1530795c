import type { StoredObject } from './object-store.js';
import { emptyAnswer, errorAnswer, type Answer, type WireRequest } from './wire.js';

/** Answers GET and HEAD of an object that exists. */
export function readObject(request: WireRequest, object: StoredObject): Answer {
  const headers = {
    ...object.headers,
    etag: object.etag,
    'last-modified': new Date(object.timeCreatedMs).toUTCString(),
    'content-md5': object.md5,
    'storage-tier': object.storageTier,
    'accept-ranges': 'bytes',
    ...(object.sha256 === null ? {} : { 'opc-content-sha256': object.sha256 }),
    ...(object.storageTier === 'Archive' ? { 'archival-state': 'Archived' } : {}),
  };
  if (request.headers['if-none-match'] === object.etag) return emptyAnswer(304, { etag: object.etag });
  if (request.method === 'HEAD') {
    return emptyAnswer(200, { ...headers, 'content-length': String(object.bytes.length) });
  }
  // UNVERIFIED code.
  if (object.storageTier === 'Archive') {
    return errorAnswer(
      409,
      'NotRestored',
      `The object '${object.name}' is archived and must be restored first`,
    );
  }
  const range = request.headers['range'];
  return range === undefined
    ? { status: 200, headers, body: object.bytes }
    : readRange(range, object, headers);
}

/** The checksum headers stay those of the whole object (UNVERIFIED). */
function readRange(range: string, object: StoredObject, headers: Answer['headers']): Answer {
  const size = object.bytes.length;
  const match = /^bytes=(\d*)-(\d*)$/.exec(range);
  const [first = '', last = ''] = match?.slice(1) ?? [];
  const start = first === '' ? Math.max(size - Number(last), 0) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if ((first === '' && last === '') || start > end) {
    return errorAnswer(416, 'InvalidRange', `The range is not satisfiable: ${range}`);
  }
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${start}-${end}/${size}` },
    body: object.bytes.subarray(start, end + 1),
  };
}
