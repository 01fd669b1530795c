import { compareBytes, type Bucket, type ObjectStore, type StoredObject } from './object-store.js';
import { ifMatchFailed, putObject, retentionViolation } from './put-object.js';
import { readObject } from './read-object.js';
import {
  emptyAnswer,
  errorAnswer,
  invalidParameter,
  jsonAnswer,
  type Answer,
  type WireRequest,
} from './wire.js';

export interface ObjectStorageService {
  readonly namespace: string;
  readonly tenancyId: string;
  readonly store: ObjectStore;
}

/** Answers a request to Object Storage (paths below /n). */
export function answerObjectStorage(request: WireRequest, service: ObjectStorageService): Answer {
  if (request.path === '/n' || request.path === '/n/') return jsonAnswer(service.namespace);
  const match = /^\/n\/([^/]+)\/b\/([^/]+)(?:\/(o|retentionRules)(?:\/(.+))?)?$/.exec(request.path);
  const names = match === null ? null : decodeAll([match[1], match[2], match[4]]);
  if (match === null || names === null) return errorAnswer(404, 'NotFound', `No such path: ${request.path}`);

  const [namespace, bucketName = '', objectName] = names;
  if (namespace !== service.namespace) {
    return errorAnswer(404, 'NamespaceNotFound', `You do not have authorization to access '${namespace}'`);
  }
  const bucket = service.store.bucket(bucketName);
  if (bucket === undefined) {
    const message = `Either the bucket named '${bucketName}' does not exist in the namespace '${namespace}' or you are not authorized to access it`;
    return errorAnswer(404, 'BucketNotFound', message);
  }
  if (match[3] === undefined) return answerBucket(request, service, bucket);
  if (match[3] === 'retentionRules') return listRetentionRules(request, bucket);
  if (objectName === undefined) return listObjects(request, service.store, bucket);
  return answerObject(request, service.store, bucket, objectName);
}

function decodeAll(parts: readonly (string | undefined)[]): readonly (string | undefined)[] | null {
  try {
    return parts.map((part) => (part === undefined ? undefined : decodeURIComponent(part)));
  } catch {
    return null;
  }
}

function methodNotAllowed(request: WireRequest): Answer {
  return errorAnswer(405, 'MethodNotAllowed', `${request.method} is not allowed on ${request.path}`);
}

function answerBucket(request: WireRequest, service: ObjectStorageService, bucket: Bucket): Answer {
  if (request.method === 'HEAD') return emptyAnswer(200, { etag: bucket.etag });
  if (request.method !== 'GET') return methodNotAllowed(request);
  const details = {
    namespace: service.namespace,
    name: bucket.name,
    compartmentId: service.tenancyId,
    metadata: {},
    createdBy: 'ocid1.user.oc1..administrator',
    timeCreated: new Date(bucket.timeCreatedMs).toISOString(),
    etag: bucket.etag,
    publicAccessType: 'NoPublicAccess',
    storageTier: 'Standard',
    objectEventsEnabled: false,
    versioning: 'Disabled',
    isReadOnly: false,
    ...bucket.options.details,
  };
  return jsonAnswer(details, { etag: bucket.etag });
}

function listRetentionRules(request: WireRequest, bucket: Bucket): Answer {
  if (request.method !== 'GET') return methodNotAllowed(request);
  const rule = bucket.options.retentionRule;
  const time = new Date(bucket.timeCreatedMs).toISOString();
  const common = { id: `rule-of-${bucket.name}`, displayName: 'retention', etag: bucket.etag };
  const items = rule === undefined ? [] : [{ ...common, timeCreated: time, timeModified: time, ...rule }];
  return jsonAnswer({ items });
}

/** `delimiter` is ignored. As documented, only the name is answered unless `fields` asks for more. */
function listObjects(request: WireRequest, store: ObjectStore, bucket: Bucket): Answer {
  if (request.method !== 'GET') return methodNotAllowed(request);
  const { query } = request;
  const limitText = query.get('limit') ?? String(store.pageSizeCap);
  if (!/^[1-9]\d*$/.test(limitText)) return invalidParameter(`limit is not valid: ${limitText}`);
  const fields = (query.get('fields') ?? 'name').toLowerCase().split(',');
  const unknown = fields.filter((field) => !knownFields.has(field));
  if (unknown.length > 0) return invalidParameter(`fields are not valid: ${unknown.join(',')}`);

  const told = fields.filter((field) => field !== 'size' || store.sizes === 'told');
  const limit = Math.min(Number(limitText), store.pageSizeCap);
  const names = store.names(bucket.name).filter((name) => inRange(name, query));
  const objects = names.slice(0, limit).flatMap((name) => {
    const object = bucket.objects.get(name);
    return object === undefined ? [] : [summary(object, told)];
  });
  const next = names[limit];
  return jsonAnswer({ objects, prefixes: [], ...(next === undefined ? {} : { nextStartWith: next }) });
}

function inRange(name: string, query: URLSearchParams): boolean {
  const start = query.get('start');
  const startAfter = query.get('startAfter');
  const end = query.get('end');
  if (!name.startsWith(query.get('prefix') ?? '')) return false;
  if (start !== null && compareBytes(name, start) < 0) return false;
  if (startAfter !== null && compareBytes(name, startAfter) <= 0) return false;
  return end === null || compareBytes(name, end) < 0;
}

type ReadField = (object: StoredObject) => Readonly<Record<string, unknown>>;

const knownFields: ReadonlyMap<string, ReadField> = new Map<string, ReadField>([
  ['name', ({ name }) => ({ name })],
  ['size', ({ bytes }) => ({ size: bytes.length })],
  ['md5', ({ md5 }) => ({ md5 })],
  ['etag', ({ etag }) => ({ etag })],
  ['timecreated', ({ timeCreatedMs }) => ({ timeCreated: new Date(timeCreatedMs).toISOString() })],
  ['timemodified', ({ timeCreatedMs }) => ({ timeModified: new Date(timeCreatedMs).toISOString() })],
  ['storagetier', ({ storageTier }) => ({ storageTier })],
  ['archivalstate', ({ storageTier }) => (storageTier === 'Archive' ? { archivalState: 'Archived' } : {})],
]);

function summary(object: StoredObject, fields: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.assign({ name: object.name }, ...fields.map((field) => knownFields.get(field)?.(object)));
}

function answerObject(request: WireRequest, store: ObjectStore, bucket: Bucket, name: string): Answer {
  const object = bucket.objects.get(name);
  if (request.method === 'PUT') return putObject(request, store, bucket, name);
  if (!['GET', 'HEAD', 'DELETE'].includes(request.method)) return methodNotAllowed(request);
  if (object === undefined) {
    const message = `The object '${name}' was not found in the bucket '${bucket.name}'`;
    return errorAnswer(404, 'ObjectNotFound', message);
  }
  const ifMatch = request.headers['if-match'];
  if (ifMatch !== undefined && ifMatch !== object.etag) return ifMatchFailed();
  if (request.method === 'DELETE') return deleteObject(store, bucket, object);
  const answer = readObject(request, object);
  if (store.sizes !== 'untold') return answer;
  return { ...answer, headers: { ...answer.headers, 'transfer-encoding': 'chunked' } };
}

function deleteObject(store: ObjectStore, bucket: Bucket, object: StoredObject): Answer {
  if (store.isProtected(bucket, object)) return retentionViolation(object.name);
  store.delete(bucket.name, object.name);
  return emptyAnswer(204, { 'last-modified': new Date(object.timeCreatedMs).toUTCString() });
}
