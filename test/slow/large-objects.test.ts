import { afterAll, beforeAll, expect, it } from 'vitest';
import { createObjectStorageSource } from '../../src/sources/object-storage/object-storage-source.js';
import { connectTo, quickHttp } from '../support/oci-connection.js';
import { type StandIn, startStandIn } from '../support/oci/stand-in.js';

let standIn: StandIn;

beforeAll(async () => {
  standIn = await startStandIn();
});

afterAll(() => standIn.close());

it('an object that is too large for memory, and comes with wrong bytes once, is read again', async () => {
  const bucket = 'events';
  standIn.objects.createBucket(bucket);
  const text = 'x'.repeat(500);
  const lines = Array.from({ length: 70_000 }, (_, index) => `{"n":${index},"text":"${text}"}\n`);
  standIn.objects.put(bucket, 'in/a.ndjson', Buffer.from(lines.join('')));
  standIn.faults.next('/o/in', { kind: 'wrong-body' }, 2);
  const options = { endpoint: standIn.url, bucket, prefix: 'in/', ignore: [], marginMs: 36_500 * 86_400_000 };
  const source = createObjectStorageSource(await connectTo(standIn), options, quickHttp);
  const { batches, outcome } = source.read({ fromMs: 0, toMs: Date.now() });
  let records = 0;
  for await (const batch of batches) {
    expect(batch.every(({ kind }) => kind === 'text')).toBe(true);
    records += batch.length;
  }
  expect([records, outcome().reasons, standIn.faults.pending()]).toEqual([70_000, [], 0]);
});
