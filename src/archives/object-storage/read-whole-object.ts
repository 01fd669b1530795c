import { createHash } from 'node:crypto';
import type { HttpOptions } from '../../oci/http-client.js';
import { type OpenBucket, isNotFound } from '../../oci/object-storage.js';
import { OciCallError } from '../../oci/oci-error.js';
import { readStream } from '../../oci/read-stream.js';
import { repeat } from '../../oci/repeat.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

const call = { service: 'ObjectStorage', operation: 'getObject' };

/**
 * The bytes of an object; null if there is none of this name. A body that is truncated or does not match its digest is
 * read again.
 *
 * @throws OciCallError
 */
export async function readWholeObject(
  { connection, client, names }: OpenBucket,
  objectName: string,
  http: HttpOptions,
): Promise<Uint8Array | null> {
  return repeat(http, async () => {
    try {
      return await connection.call(async () => {
        const { value, contentMd5, opcRequestId } = await client.getObject({ ...names, objectName });
        const bytes = await readStream(value as AsyncIterable<Uint8Array>, call);
        if (contentMd5 && createHash('md5').update(bytes).digest('base64') !== contentMd5) {
          const reason = reasonWords('wrongDigest');
          throw new OciCallError(call, { requestId: opcRequestId, retryable: true, reason });
        }
        return bytes;
      });
    } catch (error) {
      if (isNotFound(error, 'ObjectNotFound')) return null;
      throw error;
    }
  });
}
