import { afterAll, beforeAll } from 'vitest';
import { createObjectStorageArchive } from '../../src/archives/object-storage/object-storage-archive.js';
import type { Archive } from '../../src/ports/archive.js';
import { describeArchiveContract } from '../support/archive-contract.js';
import { connectTo, quickHttp } from '../support/oci-connection.js';
import { type StandIn, startStandIn } from '../support/oci/stand-in.js';

let standIn: StandIn;
let buckets = 0;

beforeAll(async () => {
  standIn = await startStandIn();
});

afterAll(() => standIn.close());

async function makeArchive(prefix: string): Promise<Archive> {
  buckets += 1;
  const bucket = `bucket-${buckets}`;
  standIn.objects.createBucket(bucket);
  const options = { endpoint: standIn.url, bucket, prefix, storageTier: 'Standard' } as const;
  return createObjectStorageArchive(await connectTo(standIn), options, quickHttp);
}

for (const prefix of ['a+b&c #?%41ü/', '']) {
  describeArchiveContract(`object storage with the prefix '${prefix}'`, () => makeArchive(prefix));
}
