import type { OciConnection } from '../../oci/connection.js';
import type { HttpOptions } from '../../oci/http-client.js';
import { type Bucket, objectUrl, openBucket } from '../../oci/object-storage.js';
import { repeat } from '../../oci/repeat.js';
import type { PageStore } from '../../ports/page-store.js';
import { storageFailure } from './storage-failure.js';

/** Pages in a bucket that is not the archive's: they are written over. @param prefix empty, or ends in `/` */
export function createObjectStoragePages(
  connection: OciConnection,
  options: Bucket & { readonly prefix: string },
  http: HttpOptions,
): PageStore {
  connection.checkPlace(options);
  const nameOf = (name: string): string => `${options.prefix}${name}`;
  const locate = (name: string): string => objectUrl(options, options.namespace, nameOf(name));
  return {
    locate,
    async put(name, text, contentType) {
      const body = Buffer.from(text);
      try {
        const { client, names } = await openBucket(connection, options);
        const put = { ...names, objectName: nameOf(name), contentLength: body.length, contentType };
        await repeat(http, () =>
          connection.call(() => client.putObject({ ...put, putObjectBody: body.toString('utf8') })),
        );
      } catch (error) {
        throw storageFailure('write', locate(name), error);
      }
    },
  };
}
