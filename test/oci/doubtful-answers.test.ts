import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OciConnection } from '../../src/oci/connection.js';
import type { HttpOptions } from '../../src/oci/http-client.js';
import { type OpenBucket, openBucket } from '../../src/oci/object-storage.js';
import { createObject } from '../../src/archives/object-storage/create-object.js';
import { type LoggedLine, connectTo, quickHttp } from '../support/oci-connection.js';
import { type StandIn, startStandIn } from '../support/oci/stand-in.js';

let standIn: StandIn;
let connection: OciConnection;

beforeEach(async () => {
  standIn = await startStandIn();
  standIn.objects.createBucket('reports');
  connection = await connectTo(standIn);
});

afterEach(() => standIn.close());

function bucketOf(through: OciConnection): Promise<OpenBucket> {
  return openBucket(through, { endpoint: standIn.url, namespace: standIn.namespace, bucket: 'reports' });
}

async function list(http: HttpOptions, lines: LoggedLine[] = []): Promise<unknown> {
  const through = await connectTo(standIn, http, lines);
  const { client, names } = await bucketOf(through);
  return through.call(() => client.listObjects(names));
}

const few = { ...quickHttp, attempts: 2 };
const listing = 'GET /n/standin/b/reports/o';

describe('429', () => {
  it('without Retry-After is waited for, however many attempts it takes', async () => {
    standIn.faults.next(listing, { status: 429 }, 6);
    await expect(list(few)).resolves.toBeDefined();
    expect(standIn.faults.pending()).toBe(0);
  });

  it('with a time to wait does not count as an attempt either', async () => {
    standIn.faults.next(listing, { status: 429, retryAfterSeconds: 1 });
    await expect(list({ ...few, attempts: 1 })).resolves.toBeDefined();
  });

  it('without Retry-After ends with the deadline', async () => {
    standIn.faults.next(listing, { status: 429 }, 1_000_000);
    await expect(list({ ...few, deadlineMs: 200 })).rejects.toThrow('answered 429');
    expect(standIn.requests.length).toBeGreaterThan(few.attempts);
  });

  it('that says to come back at once is an attempt like any other', async () => {
    standIn.faults.next(listing, { status: 429, retryAfterSeconds: 0 }, 1_000_000);
    await expect(list(few)).rejects.toThrow('answered 429');
    expect(standIn.requests).toHaveLength(few.attempts);
  });

  it.each([429, 503] as const)('is not waited for longer than the deadline: %i', async (status) => {
    standIn.faults.next(listing, { status, retryAfterSeconds: 86_400 }, 1_000_000);
    await expect(list(few)).rejects.toThrow(/it asks to wait 24 h \(Retry-After\), which is not waited for/);
    expect(standIn.requests).toHaveLength(1);
  });

  it('is not asked for again and again where a stream is put', async () => {
    standIn.faults.next('PUT /n/', { status: 429, retryAfterSeconds: 86_400 }, 1_000_000);
    await expect(create(few)).rejects.toThrow(/it asks to wait 24 h/);
    expect(standIn.requests).toHaveLength(1);
  });

  it('does not end the attempts that other failures have', async () => {
    standIn.faults.next(listing, { status: 429 }, 3);
    standIn.faults.next(listing, { status: 500 });
    await expect(list(few)).resolves.toBeDefined();
    standIn.faults.next(listing, { status: 500 }, 2);
    await expect(list(few)).rejects.toThrow('answered 500');
  });

  it('is waited for when a stream is put, too', async () => {
    standIn.faults.next('PUT /n/', { status: 429 }, 5);
    expect(await create(few)).toBe('created');
  });
});

async function create(http: HttpOptions): Promise<string> {
  const bucket = await bucketOf(await connectTo(standIn, http));
  const body = { bytes: Buffer.from('content') };
  const object = { name: 'a', body, contentType: 'text/plain', storageTier: 'Standard' } as const;
  return createObject(bucket, object, http);
}

describe('400 UnmatchedContentMD5 of a put', () => {
  const damaged = { status: 400, code: 'UnmatchedContentMD5' } as const;

  it('is sent again: the body was damaged on its way', async () => {
    standIn.faults.next('PUT /n/', damaged);
    expect(await create(quickHttp)).toBe('created');
    expect(standIn.objects.get('reports', 'a')?.toString()).toBe('content');
  });

  it('ends with the attempts', async () => {
    standIn.faults.next('PUT /n/', damaged, 1_000_000);
    await expect(create(few)).rejects.toThrow('answered 400 UnmatchedContentMD5');
    expect(standIn.requests).toHaveLength(few.attempts);
  });

  it('is not like another 400', async () => {
    standIn.faults.next('PUT /n/', { status: 400, code: 'InvalidParameter' });
    await expect(create(quickHttp)).rejects.toThrow('answered 400 InvalidParameter');
    expect(standIn.requests).toHaveLength(1);
  });
});

describe('200 that is no JSON', () => {
  it('is asked for once more', async () => {
    standIn.faults.next(listing, { kind: 'no-json' });
    await expect(list(quickHttp)).resolves.toBeDefined();
    expect(standIn.requests).toHaveLength(2);
  });

  it('is named with service, operation, request and beginning when it comes again', async () => {
    standIn.faults.next(listing, { kind: 'no-json' }, 1_000_000);
    await expect(list(quickHttp)).rejects.toThrow(
      /^ObjectStorage listObjects answered 200: the answer is no JSON \(text\/html\): "<html>Please sign in<\/html>" \(opc-request-id [0-9A-F]{32}\)$/,
    );
    expect(standIn.requests).toHaveLength(2);
  });

  it('is not asked for again where the call changes something', async () => {
    const { client, names } = await bucketOf(connection);
    const createPreauthenticatedRequestDetails = {
      name: 'share',
      accessType: 'ObjectRead' as never,
      objectName: 'a',
      timeExpires: new Date(Date.now() + 60_000),
    };
    standIn.objects.put('reports', 'a', Buffer.from('content'));
    standIn.faults.next('POST /n/', { kind: 'no-json' });
    await expect(
      connection.call(() =>
        client.createPreauthenticatedRequest({ ...names, createPreauthenticatedRequestDetails }),
      ),
    ).rejects.toThrow('createPreauthenticatedRequest answered 200: the answer is no JSON');
    expect(standIn.requests).toHaveLength(1);
  });
});
