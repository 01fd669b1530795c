import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { backOffMs } from '../../base/back-off.js';
import type { HttpOptions } from '../../oci/http-client.js';
import { networkError } from '../../oci/http-error.js';
import type { OpenBucket, StoredObject } from '../../oci/object-storage.js';
import { OciCallError } from '../../oci/oci-error.js';
import { CallsSpentError } from '../../http/call-gate.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

const call = { service: 'ObjectStorage', operation: 'getObject' };

/** What came is not what the service says that it has. */
export class WrongDigestError extends Error {}

/**
 * The bytes of an object as they come. A broken stream is resumed where it stopped, for the same version of the object
 * only.
 *
 * @throws OciCallError; CallsSpentError; WrongDigestError at the end, if the bytes do not match the service's digest
 */
export async function* download(
  { connection, client, names }: OpenBucket,
  { name, size }: StoredObject,
  { attempts, firstDelayMs }: HttpOptions,
): AsyncGenerator<Buffer> {
  const md5 = createHash('md5');
  let expected: string | null = null;
  let etag: string | null = null;
  let end = size;
  let isOver = false;
  let offset = 0;
  let failures = 0;
  while (!isOver && (end === null || offset < end)) {
    try {
      const answer = await connection.call(() =>
        client.getObject({
          ...names,
          objectName: name,
          ...(etag === null ? {} : { ifMatch: etag }),
          ...(offset === 0 ? {} : { range: rangeFrom(offset, end) }),
        }),
      );
      etag ??= answer.eTag;
      // For an object uploaded in parts the service returns a different kind of digest.
      expected ??= answer.contentMd5 ?? null;
      // What the first answer has is the whole object.
      if (offset === 0) end ??= lengthOf(answer.contentLength);
      for await (const chunk of answer.value as AsyncIterable<Uint8Array>) {
        offset += chunk.length;
        md5.update(chunk);
        yield Buffer.from(chunk);
      }
      if (end !== null && offset < end) {
        throw new OciCallError(call, {
          retryable: true,
          reason: reasonWords('endedEarly', { bytes: offset, all: end }),
        });
      }
      isOver = true;
    } catch (error) {
      if (error instanceof CallsSpentError) throw error;
      const failure = error instanceof OciCallError ? error : networkError(call, error);
      failures += 1;
      if (!failure.retryable || failures >= attempts) throw failure;
      await delay(backOffMs({ firstMs: firstDelayMs }, failures));
    }
  }
  if (expected !== null && md5.digest('base64') !== expected) {
    throw new WrongDigestError(reasonWords('wrongDigest'));
  }
}

/** null: the answer does not say, and whether it is whole shows when it ends. */
function lengthOf(contentLength: unknown): number | null {
  const length = Number(contentLength ?? Number.NaN);
  return Number.isSafeInteger(length) ? length : null;
}

/** @param end null: to the end of the object, wherever that is */
function rangeFrom(startByte: number, end: number | null): never {
  // The SDK's own class has only these two fields, and writes them as they are.
  return { startByte, endByte: end === null ? '' : end - 1 } as never;
}
