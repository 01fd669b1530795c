import { compareText } from '../../base/text-order.js';
import { UnreadableFile } from '../../errors.js';
import type { OciConnection } from '../../oci/connection.js';
import type { HttpOptions } from '../../oci/http-client.js';
import {
  type Bucket,
  type OpenBucket,
  listObjects,
  objectUrl,
  openBucket,
} from '../../oci/object-storage.js';
import type { Archive, ArchiveEntry } from '../../ports/archive.js';
import { partsOfKey, splitKey, splitPrefix } from '../archive-key.js';
import { createObject } from './create-object.js';
import { diagnoseBucketSettings } from './diagnose-bucket.js';
import { diagnoseRetention } from './diagnose-retention.js';
import { readWholeObject } from './read-whole-object.js';
import { shareObject, sharingFailure } from './share-object.js';
import { storageFailure } from './storage-failure.js';

export interface ObjectStorageArchiveOptions extends Bucket {
  /** Precedes every key; empty or ending in `/`. */
  readonly prefix: string;
  readonly storageTier: 'Standard' | 'InfrequentAccess';
}

/**
 * An archive in an Object Storage bucket. Every write has If-None-Match: *, so it works without the right to overwrite,
 * and under a retention rule. Every body is sent and read with its digests.
 */
export function createObjectStorageArchive(
  connection: OciConnection,
  options: ObjectStorageArchiveOptions,
  http: HttpOptions,
): Archive {
  connection.checkPlace(options);
  const { prefix: root, storageTier } = options;
  let opening: Promise<OpenBucket> | undefined;
  const open = (): Promise<OpenBucket> => (opening ??= openBucket(connection, options));
  const nameOf = (key: string): string => `${root}${splitKey(key).join('/')}`;
  const urlOf = (name: string): string => objectUrl(options, options.namespace, name);

  return {
    type: 'object-storage',

    async create(key, body, contentType) {
      const name = nameOf(key);
      try {
        return await createObject(await open(), { name, body, contentType, storageTier }, http);
      } catch (error) {
        throw storageFailure('write', urlOf(name), error);
      }
    },

    async read(key) {
      const name = `${root}${key}`;
      if (partsOfKey(key) === null) throw new UnreadableFile(urlOf(name), 'bad-name');
      try {
        return await readWholeObject(await open(), name, http);
      } catch (error) {
        throw storageFailure('read', urlOf(name), error);
      }
    },

    async list(prefix) {
      const below = `${root}${splitPrefix(prefix).join('/')}/`;
      try {
        return await entriesBelow(await open(), below, root);
      } catch (error) {
        throw storageFailure('list', urlOf(below), error);
      }
    },

    folders: () => foldersBelow(open, root, urlOf(root)),

    async share(key, label, expiresMs) {
      const name = nameOf(key);
      try {
        return await shareObject(await open(), name, { label, expiresMs });
      } catch (error) {
        throw sharingFailure(urlOf(name), error);
      }
    },

    locate: (key) => urlOf(`${root}${key}`),
    diagnose: async () => [await diagnoseBucketSettings(open), await diagnoseRetention(open)],
  };
}

async function entriesBelow(bucket: OpenBucket, below: string, root: string): Promise<ArchiveEntry[]> {
  const entries: ArchiveEntry[] = [];
  for await (const { name, modifiedMs } of listObjects(bucket, below)) {
    entries.push({ key: name.slice(root.length), modifiedMs });
  }
  return entries.sort((a, b) => compareText(a.key, b.key));
}

/**
 * Asks for the first object of each folder only: names are sorted by their bytes, and 0 comes after /.
 *
 * @param url of the root, for errors
 */
async function foldersBelow(
  open: () => Promise<OpenBucket>,
  root: string,
  url: string,
): Promise<readonly string[]> {
  const folders: string[] = [];
  try {
    for (let start: string | null = root; start !== null;) {
      const name = await firstFrom(await open(), root, start);
      const [folder = '', ...rest] = name?.slice(root.length).split('/') ?? [];
      if (name !== null && rest.length > 0) folders.push(folder);
      if (name === null) start = null;
      else start = rest.length > 0 ? `${root}${folder}0` : `${name}\u0001`;
    }
  } catch (error) {
    throw storageFailure('list', url, error);
  }
  return folders.sort(compareText);
}

async function firstFrom(bucket: OpenBucket, root: string, start: string): Promise<string | null> {
  for await (const { name } of listObjects(bucket, root, start === root ? undefined : start)) return name;
  return null;
}
