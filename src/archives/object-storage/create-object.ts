import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { requests } from 'oci-objectstorage';
import type { HttpOptions } from '../../oci/http-client.js';
import { type OpenBucket, listObjects } from '../../oci/object-storage.js';
import { OciCallError, isRefusal } from '../../oci/oci-error.js';
import { repeat } from '../../oci/repeat.js';
import type { ArchiveBody } from '../../ports/archive.js';

export interface NewObject {
  readonly name: string;
  readonly body: ArchiveBody;
  readonly contentType: string;
  readonly storageTier: 'Standard' | 'InfrequentAccess';
}

/** The SDK's enums are only loaded with the SDK; the service's own words are enough. */
type PutObject = Required<requests.PutObjectRequest>;

/** Size and digests of a body, in base64 as the service expects. */
interface BodyFacts {
  readonly bytes: number;
  readonly md5: string;
  readonly sha256: string;
}

/** Distinguishes the object that this call created from another one with the same content. */
const creationField = 'creation-id';

/**
 * A single put: it needs only the right to create objects. An attempt without an answer may still have created the
 * object: then the next one is refused, and the object's metadata shows who created it.
 *
 * @throws OciCallError; Error if the body cannot be read or was not stored as sent
 */
export async function createObject(
  bucket: OpenBucket,
  object: NewObject,
  http: HttpOptions,
): Promise<'created' | 'exists'> {
  const facts = await factsOf(object.body);
  const creationId = randomUUID();
  let attempts = 0;
  return repeat(http, async () => {
    attempts += 1;
    try {
      await putObject(bucket, object, facts, creationId);
      return 'created';
    } catch (error) {
      if (!(error instanceof OciCallError) || error.status !== 412) throw error;
      try {
        return await outcomeByCreator(bucket, object.name, facts, creationId);
      } catch (refusal) {
        // Nothing of ours was sent before, so whoever may not look at the object, but sees it listed, knows enough.
        const isFirst = attempts === 1 && facts.bytes > 0 && isRefusal(refusal);
        if (isFirst && (await isListed(bucket, object.name))) return 'exists';
        throw refusal;
      }
    }
  });
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

async function putObject(
  { connection, client, names }: OpenBucket,
  { name, body, contentType, storageTier }: NewObject,
  facts: BodyFacts,
  creationId: string,
): Promise<void> {
  // Opened anew for each attempt: a failed one has consumed it. The HTTP client sends a stream only once.
  const stream = 'path' in body ? createReadStream(body.path) : Readable.from([body.bytes]);
  try {
    await connection.call(() =>
      client.putObject({
        ...names,
        objectName: name,
        // With a stream the SDK does not send a length of 0.
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
  } finally {
    stream.destroy();
  }
}

async function isListed(bucket: OpenBucket, objectName: string): Promise<boolean> {
  // In the order of the service the name itself comes before all that begin with it.
  for await (const { name } of listObjects(bucket, objectName)) return name === objectName;
  return false;
}

async function outcomeByCreator(
  { connection, client, names }: OpenBucket,
  objectName: string,
  facts: BodyFacts,
  creationId: string,
): Promise<'created' | 'exists'> {
  const head = await connection.call(() => client.headObject({ ...names, objectName }));
  // The SDK returns metadata under the names of the headers.
  if (head.opcMeta?.[`opc-meta-${creationField}`] !== creationId) return 'exists';
  if (head.contentMd5 !== undefined && head.contentMd5 !== null && head.contentMd5 !== facts.md5) {
    throw new Error('what the service stored is not what was sent: its digest is another one');
  }
  return 'created';
}
