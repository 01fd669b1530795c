import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { requests } from 'oci-objectstorage';
import { Failure, explainError } from '../../errors.js';
import type { OciConnection } from '../../oci/connection.js';
import type { HttpOptions } from '../../oci/http-client.js';
import {
  type Bucket,
  type OpenBucket,
  isNotFound,
  listObjects,
  objectUrl,
  openBucket,
} from '../../oci/object-storage.js';
import { OciCallError } from '../../oci/oci-error.js';
import { repeat } from '../../oci/repeat.js';
import type { Archive, ArchiveBody, ArchiveEntry, Finding } from '../../ports.js';
import { splitKey, splitPrefix } from '../archive-key.js';
import { shareObject, sharingFailure } from './share-object.js';

export interface ObjectStorageArchiveOptions extends Bucket {
  /** Before every key; empty or ending in `/`. */
  readonly prefix: string;
  readonly storageTier: 'Standard' | 'InfrequentAccess';
}

/** Where the SDK has enums, the words of the service will do. */
type PutObject = Required<requests.PutObjectRequest>;

/** Size and digests of a body, base64 as the service wants them. */
interface BodyFacts {
  readonly bytes: number;
  readonly md5: string;
  readonly sha256: string;
}

/** Tells the object that this call made from one that another made with the same content. */
const creationField = 'creation-id';

/**
 * An archive in a bucket of Object Storage. Every write is If-None-Match: *, so it works with rights that allow
 * no overwriting, and under a retention rule. Every body is sent and read with its digests.
 */
export function createObjectStorageArchive(
  connection: OciConnection,
  options: ObjectStorageArchiveOptions,
  http: HttpOptions,
): Archive {
  connection.checkPlace(options);
  let opening: Promise<OpenBucket> | undefined;
  const open = (): Promise<OpenBucket> => (opening ??= openBucket(connection, options));
  const nameOf = (key: string): string => `${options.prefix}${splitKey(key).join('/')}`;
  const urlOf = (name: string): string => objectUrl(options, options.namespace, name);

  return {
    type: 'object-storage',

    async create(key, body, mediaType) {
      const name = nameOf(key);
      try {
        const facts = await factsOf(body);
        return await createObject(connection, await open(), name, body, facts, mediaType, options, http);
      } catch (error) {
        throw storageFailure('write', urlOf(name), error);
      }
    },

    async read(key) {
      const name = nameOf(key);
      try {
        return await readObject(connection, await open(), name, http);
      } catch (error) {
        throw storageFailure('read', urlOf(name), error);
      }
    },

    async list(prefix) {
      const below = `${options.prefix}${splitPrefix(prefix).join('/')}/`;
      try {
        const entries: ArchiveEntry[] = [];
        for await (const { name, modifiedMs } of listObjects(connection, await open(), below)) {
          entries.push({ key: name.slice(options.prefix.length), modifiedMs });
        }
        return entries.sort((a, b) => (a.key < b.key ? -1 : 1));
      } catch (error) {
        throw storageFailure('list', urlOf(below), error);
      }
    },

    async share(key, name, expiresMs) {
      const objectName = nameOf(key);
      try {
        return await shareObject(connection, await open(), objectName, name, expiresMs);
      } catch (error) {
        throw sharingFailure(urlOf(objectName), error);
      }
    },

    locate: (key) => urlOf(`${options.prefix}${key}`),

    async diagnose() {
      try {
        return [await retentionOf(connection, await open())];
      } catch (error) {
        if (error instanceof Failure && error.kind === 'usage') throw error;
        return [
          {
            check: 'retention rule',
            state: 'warning',
            words: `could not be looked at: ${explainError(error)}`,
            advice: 'Allow BUCKET_READ for the bucket, or ask its administrator whether a rule is locked.',
          },
        ];
      }
    },
  };
}

/** https://docs.oracle.com/iaas/Content/Object/Tasks/usingretentionrules.htm */
async function retentionOf(connection: OciConnection, { client, names }: OpenBucket): Promise<Finding> {
  const { retentionRuleCollection } = await connection.call(() => client.listRetentionRules({ ...names }));
  const rules = retentionRuleCollection.items ?? [];
  const check = 'retention rule';
  const [first] = rules;
  if (first === undefined) {
    return {
      check,
      state: 'warning',
      words: `the bucket ${names.bucketName} has none: whoever has OBJECT_DELETE can remove reports`,
      advice: 'Add a retention rule to the bucket, and lock it when its duration is settled.',
    };
  }
  const locked = rules.find(({ timeRuleLocked }) => isPast(timeRuleLocked));
  const { displayName, duration } = locked ?? first;
  const time =
    duration === undefined ? 'without end' : `${duration.timeAmount} ${duration.timeUnit.toLowerCase()}`;
  const words = `${displayName ?? 'unnamed'}, ${time}`;
  if (locked !== undefined) return { check, state: 'ok', words: `${words}, locked`, advice: null };
  return {
    check,
    state: 'warning',
    words: `${words}, not locked: an administrator can remove it`,
    advice: 'Lock the rule; it takes hold 14 days later and can then only be lengthened.',
  };
}

/** Typed as a date, it is text. */
function isPast(time: unknown): boolean {
  const ms = Date.parse(String(time));
  return !Number.isNaN(ms) && ms <= Date.now();
}

/**
 * A single put: of a new object it needs the right to create and no other. An attempt that ended without an answer
 * may have made the object: then the next one is refused, and the object itself tells whose it is.
 */
async function createObject(
  connection: OciConnection,
  { client, names }: OpenBucket,
  objectName: string,
  body: ArchiveBody,
  facts: BodyFacts,
  contentType: string,
  { storageTier }: ObjectStorageArchiveOptions,
  http: HttpOptions,
): Promise<'created' | 'exists'> {
  const creationId = randomUUID();
  return repeat(http, async () => {
    // Opened for each attempt: what a broken one has sent is gone. The HTTP client sends a stream once only.
    const stream = 'path' in body ? createReadStream(body.path) : Readable.from([body.bytes]);
    try {
      await connection.call(() =>
        client.putObject({
          ...names,
          objectName,
          // The SDK sends no length of 0 with a stream.
          putObjectBody: facts.bytes === 0 ? '' : stream,
          contentLength: facts.bytes,
          contentMD5: facts.md5,
          opcContentSha256: facts.sha256,
          opcChecksumAlgorithm: 'SHA256' as PutObject['opcChecksumAlgorithm'],
          contentType,
          ifNoneMatch: '*',
          storageTier: storageTier as PutObject['storageTier'],
          opcMeta: { [creationField]: creationId },
        }),
      );
      return 'created';
    } catch (error) {
      if (!(error instanceof OciCallError) || error.status !== 412) throw error;
      return await whoseObject(connection, { client, names }, objectName, creationId, facts);
    } finally {
      stream.destroy();
    }
  });
}

async function whoseObject(
  connection: OciConnection,
  { client, names }: OpenBucket,
  objectName: string,
  creationId: string,
  facts: BodyFacts,
): Promise<'created' | 'exists'> {
  const head = await connection.call(() => client.headObject({ ...names, objectName }));
  // The SDK gives metadata under the names of their headers.
  if (head.opcMeta?.[`opc-meta-${creationField}`] !== creationId) return 'exists';
  if (head.contentMd5 !== undefined && head.contentMd5 !== null && head.contentMd5 !== facts.md5) {
    throw new Error('what the service stored is not what was sent: its digest is another one');
  }
  return 'created';
}

/** null when there is no such object. A body that does not have its digests is read again. */
async function readObject(
  connection: OciConnection,
  { client, names }: OpenBucket,
  objectName: string,
  http: HttpOptions,
): Promise<Uint8Array | null> {
  return repeat(http, async () => {
    try {
      return await connection.call(async () => {
        const { value, contentMd5, opcRequestId } = await client.getObject({ ...names, objectName });
        const bytes = await wholeOf(value as AsyncIterable<Uint8Array>);
        if (contentMd5 && createHash('md5').update(bytes).digest('base64') !== contentMd5) {
          throw readFault(opcRequestId, 'what came does not have the digest that the service tells');
        }
        return bytes;
      });
    } catch (error) {
      if (isNotFound(error, 'ObjectNotFound')) return null;
      throw error;
    }
  });
}

async function wholeOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  try {
    for await (const part of stream) parts.push(part);
  } catch (error) {
    throw readFault(null, explainError((error as { readonly cause?: unknown }).cause ?? error));
  }
  return Buffer.concat(parts);
}

function readFault(requestId: string | null, reason: string): OciCallError {
  return new OciCallError(
    { service: 'ObjectStorage', operation: 'getObject' },
    { status: null, code: null, requestId, retryable: true, reason },
  );
}

async function factsOf(body: ArchiveBody): Promise<BodyFacts> {
  const md5 = createHash('md5');
  const sha256 = createHash('sha256');
  let bytes = 0;
  const source = 'path' in body ? createReadStream(body.path, { highWaterMark: 1024 * 1024 }) : [body.bytes];
  await pipeline(source, async (chunks: AsyncIterable<Uint8Array>) => {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      md5.update(chunk);
      sha256.update(chunk);
    }
  });
  return { bytes, md5: md5.digest('base64'), sha256: sha256.digest('base64') };
}

function storageFailure(verb: string, url: string, error: unknown): Failure {
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
  if (error.status === 404) {
    return 'OCI answers 404 for what is not there and for what may not be seen: check the bucket, the namespace and the policy (OBJECT_CREATE, OBJECT_INSPECT, OBJECT_READ).';
  }
  if (error.status === 401 || error.status === 403)
    return 'Check the credentials and the policy of their user.';
  return 'Run the same command again; it takes the next revision number.';
}
