import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

async function makeArchive(prefix = 'a+b&c #?%41ü/', bucket = newBucket()): Promise<Archive> {
  const connection = await connectTo(standIn);
  const options = { endpoint: standIn.url, bucket, prefix, storageTier: 'Standard' } as const;
  return createObjectStorageArchive(connection, options, quickHttp);
}

function newBucket(): string {
  buckets += 1;
  standIn.objects.createBucket(`bucket-${buckets}`);
  return `bucket-${buckets}`;
}

// slow/object-storage-archive has the contract without a prefix, and more races.
describeArchiveContract('object storage', () => makeArchive(), 2);

describe('object-storage archive', () => {
  const body = { bytes: Buffer.from('content') };
  const put = 'PUT /n/';

  it('lists more than a page, and names that a query would break on', async () => {
    const archive = await makeArchive('x/');
    standIn.objects.pageSizeCap = 3;
    const keys = ['a&b/1+1', 'a&b/2#', 'a&b/3?', 'a&b/4%2B', 'a&b/5 ü', 'a&b/6=', 'a&b/7;'];
    for (const key of keys) await archive.create(key, body, 'text/plain');
    expect((await archive.list('a&b/')).map(({ key }) => key)).toEqual(keys);
    standIn.objects.pageSizeCap = 1000;
  });

  it('has the keys themselves as names where it has no prefix', async () => {
    const bucket = newBucket();
    const archive = await makeArchive('', bucket);
    expect(await archive.create('plan/a', body, 'text/plain')).toBe('created');
    expect(await archive.create('plan/a', body, 'text/plain')).toBe('exists');
    expect(standIn.objects.names(bucket)).toEqual(['plan/a']);
    expect((await archive.list('plan/')).map(({ key }) => key)).toEqual(['plan/a']);
    expect(Buffer.from((await archive.read('plan/a')) ?? []).toString()).toBe('content');
  });

  it('knows its own object when the answer to writing it was lost', async () => {
    const archive = await makeArchive();
    standIn.faults.next(put, { kind: 'torn-after-effect' });
    expect(await archive.create('lost', body, 'text/plain')).toBe('created');
    expect(await archive.create('lost', body, 'text/plain')).toBe('exists');
  });

  it.each([
    ['429 with Retry-After', { status: 429, retryAfterSeconds: 0 }],
    ['500', { status: 500 }],
    ['503', { status: 503 }],
    ['a reset connection', { kind: 'reset' }],
    ['one 401', { status: 401 }],
  ] as const)('writes after %s', async (_what, fault) => {
    const archive = await makeArchive();
    standIn.faults.next(put, fault);
    expect(await archive.create('key', body, 'text/plain')).toBe('created');
    expect(Buffer.from((await archive.read('key')) ?? []).toString()).toBe('content');
    expect(standIn.faults.pending()).toBe(0);
  });

  it.each([
    ['a torn body', { kind: 'torn' }],
    ['wrong bytes', { kind: 'wrong-body' }],
    ['502', { status: 502 }],
  ] as const)('reads after %s', async (_what, fault) => {
    const archive = await makeArchive();
    await archive.create('key', body, 'text/plain');
    standIn.faults.next('GET /n/', fault);
    expect(Buffer.from((await archive.read('key')) ?? []).toString()).toBe('content');
    expect(standIn.faults.pending()).toBe(0);
  });

  it('says what failed when it does not pass', async () => {
    const archive = await makeArchive();
    standIn.faults.next(put, { status: 503 }, quickHttp.attempts);
    await expect(archive.create('key', body, 'text/plain')).rejects.toMatchObject({
      kind: 'storage',
      message: expect.stringMatching(
        /cannot write oci:.*ObjectStorage putObject answered 503.*opc-request-id/,
      ),
    });
  });

  it('never takes 404 for a bucket that may not be seen as an object that is not there', async () => {
    const archive = await makeArchive('', 'no-such-bucket');
    await expect(archive.read('key')).rejects.toMatchObject({
      kind: 'storage',
      message: expect.stringContaining('404'),
    });
    await expect(archive.list('plan/')).rejects.toMatchObject({ kind: 'storage' });
  });

  it('sends digests with everything, and never without If-None-Match', async () => {
    const archive = await makeArchive();
    await archive.create('key', body, 'text/plain');
    const puts = standIn.requests.filter(({ method }) => method === 'PUT');
    expect(puts.length).toBeGreaterThan(0);
    for (const { headers } of puts) {
      expect(headers).toMatchObject({
        'if-none-match': '*',
        'content-md5': expect.any(String),
        'opc-content-sha256': expect.any(String),
      });
    }
    expect(standIn.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
  });
});
