import { Failure } from '../errors.js';
import type { LoadedConfiguration } from '../config/load.js';
import type { Log } from '../ports/log.js';
import type { PageStore } from '../ports/page-store.js';
import { connectToOci } from './wire-oci.js';

/**
 * Pages in a second bucket, beside that of the archive.
 *
 * @throws Failure('usage') where the archive is in no bucket, or in this one
 */
export async function wireBucketPages(
  loaded: LoadedConfiguration | null,
  { bucket, prefix }: { readonly bucket: string; readonly prefix: string },
  log: Log,
): Promise<PageStore> {
  const archive = loaded?.configuration.archive;
  if (loaded === null || archive?.type !== 'object-storage') {
    throw new Failure('usage', '--bucket: the archive is in no bucket, so its region is not known', {
      hints: ['Write the pages to a folder with --out.'],
    });
  }
  if (!/^[\w-][\w.-]{0,255}$/.test(bucket)) {
    throw new Failure('usage', `--bucket ${JSON.stringify(bucket)}: no bucket has such a name`, {
      hints: ['Names of buckets are of letters, digits, hyphens, underscores and dots.'],
    });
  }
  if (bucket === archive.bucket) {
    throw new Failure('usage', `--bucket ${bucket}: this is the bucket of the archive`, {
      hints: ['Name a second one: nothing in an archive is ever written over.'],
    });
  }
  if (prefix !== '' && !/^(?:(?!\.\.?\/)[^/]+\/)+$/.test(prefix)) {
    throw new Failure('usage', `--prefix ${prefix}: not empty, and no names that each end in /`, {
      hints: ['Write it as backups/daily/.'],
    });
  }
  const { createObjectStoragePages } = await import('../archives/object-storage/object-storage-pages.js');
  const { connection, http } = await connectToOci(loaded, log);
  return createObjectStoragePages(connection, { ...archive, bucket, prefix }, http);
}
