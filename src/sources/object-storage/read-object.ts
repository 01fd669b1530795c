import type { HttpOptions } from '../../oci/http-client.js';
import type { OpenBucket, StoredObject } from '../../oci/object-storage.js';
import { WrongDigestError, download } from './download.js';
import { type Spool, openSpool } from './spool.js';

/** How often an object is read whose bytes do not match their digest. */
const readings = 3;

/**
 * The bytes of an object. They are kept back until their digest is known to be right, and read again where it is not:
 * records of wrong bytes could not be taken back. Where nothing helps, what came is yielded before the error is thrown.
 *
 * @throws OciCallError; CallsSpentError; WrongDigestError; Error if what came cannot be kept
 */
export async function* readObject(
  bucket: OpenBucket,
  object: StoredObject,
  http: HttpOptions,
): AsyncGenerator<Buffer> {
  const spool = await openSpool(object.size);
  try {
    const failure = await fill(spool, () => download(bucket, object, http));
    yield* spool.chunks();
    if (failure !== null) throw failure;
  } finally {
    await spool.remove();
  }
}

/** @returns why what came is not the whole object; null if it is */
async function fill(spool: Spool, read: () => AsyncIterable<Buffer>): Promise<Error | null> {
  for (let reading = 1; ; reading += 1) {
    try {
      for await (const chunk of read()) await spool.add(chunk);
      return null;
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      if (!(failure instanceof WrongDigestError) || reading === readings) return failure;
      await spool.clear();
    }
  }
}
