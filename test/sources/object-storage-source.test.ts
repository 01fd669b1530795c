import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SourceOutcome, SourceRecord } from '../../src/ports/event-source.js';
import { createObjectStorageSource } from '../../src/sources/object-storage/object-storage-source.js';
import { connectTo, quickHttp } from '../support/oci-connection.js';
import { type StandIn, startStandIn } from '../support/oci/stand-in.js';

const bucket = 'events';
const endOfTime = 36_500 * 86_400_000;

let standIn: StandIn;

beforeEach(async () => {
  standIn = await startStandIn();
  standIn.objects.createBucket(bucket);
});

afterEach(() => standIn.close());

interface Reading {
  readonly records: readonly SourceRecord[];
  readonly outcome: SourceOutcome;
}

async function read(
  prefix = 'in/',
  window = { fromMs: 0, toMs: Date.now() },
  { ignore = [] as readonly string[], marginMs = endOfTime } = {},
): Promise<Reading> {
  const connection = await connectTo(standIn);
  const options = { endpoint: standIn.url, bucket, prefix, ignore, marginMs };
  const { batches, outcome } = createObjectStorageSource(connection, options, quickHttp).read(window);
  const records: SourceRecord[] = [];
  for await (const batch of batches) records.push(...batch);
  return { records, outcome: outcome() };
}

function lines(count: number): string {
  return Array.from({ length: count }, (_, index) => `{"n":${index},"text":"${'x'.repeat(500)}"}\n`).join('');
}

describe('objects', () => {
  it('are read whatever they are called and however they are packed', async () => {
    standIn.objects.put(bucket, 'in/a', Buffer.from('{"n":1}\n{"n":2}\n'));
    standIn.objects.put(bucket, 'in/b.gz', gzipSync('{"n":3}\n'));
    standIn.objects.put(bucket, 'in/c.json', Buffer.from('[{"n":4}]'));
    standIn.objects.put(bucket, 'in/folder/', Buffer.alloc(0));
    standIn.objects.put(bucket, 'in/empty.ndjson', Buffer.alloc(0));
    const { records, outcome } = await read();
    expect(records.map(({ place }) => place)).toEqual(['in/a:1', 'in/a:2', 'in/b.gz:1', 'in/c.json[0]']);
    expect(outcome.reasons).toEqual([]);
  });

  it('are left out where they were written before the window', async () => {
    standIn.objects.put(bucket, 'in/a', Buffer.from('{"n":1}\n'));
    const later = { fromMs: Date.now() + 86_400_000, toMs: Date.now() + 2 * 86_400_000 };
    const { records, outcome } = await read('in/', later);
    expect(records).toEqual([]);
    expect(outcome.reasons.join()).toContain('no object below "in/" was written in the window');
  });

  it('are each read, unreadable, or left out by a rule that is named', async () => {
    const names = ['in/a', 'in/b', 'in/sub/README.md', 'in/.tmp/c', 'in/_SUCCESS', 'in/damaged.gz'];
    for (const name of names) standIn.objects.put(bucket, name, Buffer.from('{"n":1}\n'));
    standIn.objects.put(bucket, 'in/damaged.gz', gzipSync(lines(500)).subarray(0, 900));
    standIn.objects.put(bucket, 'in/folder/', Buffer.alloc(0));
    standIn.faults.next('/o/in%2Fb', { status: 404 }, 100);
    const window = { fromMs: 0, toMs: Date.now() };
    const { outcome } = await read('in/', window, { ignore: ['.*', '_SUCCESS', 'in/sub/*'] });
    expect(outcome.inputs).toMatchObject({
      found: 7,
      read: 1,
      unreadable: 2,
      leftOut: 4,
      rules: [
        { rule: 'an empty object that stands for a folder', inputs: 1 },
        { rule: 'ignore: .*', inputs: 1 },
        { rule: 'ignore: _SUCCESS', inputs: 1 },
        { rule: 'ignore: in/sub/*', inputs: 1 },
      ],
      entries: [
        { name: 'in/.tmp/c', disposition: 'left out', reason: 'ignore: .*' },
        { name: 'in/_SUCCESS', disposition: 'left out' },
        { name: 'in/a', disposition: 'read', reason: null, bytes: 8, records: 1 },
        { name: 'in/b', disposition: 'unreadable', records: 0 },
        { name: 'in/damaged.gz', disposition: 'unreadable in part' },
        { name: 'in/folder/', disposition: 'left out' },
        { name: 'in/sub/README.md', disposition: 'left out' },
      ],
    });
  });

  it('are read where the service does not say when they were written', async () => {
    await standIn.close();
    let clockMs = 0;
    // A time that is missing is told from none that any object has: the beginning of all clocks.
    standIn = await startStandIn({ nowMs: () => clockMs });
    standIn.objects.createBucket(bucket);
    standIn.objects.put(bucket, 'in/a', Buffer.from('{"n":1}\n'));
    clockMs = Date.now();
    const [now, day] = [Date.now(), 86_400_000];
    const { records } = await read('in/', { fromMs: now - day, toMs: now });
    expect(records).toHaveLength(1);
  });

  it('are counted where they were written outside of the window, and the first 1000 are named', async () => {
    for (let index = 0; index < 1100; index += 1)
      standIn.objects.put(bucket, `in/${index}`, Buffer.from('x'));
    const [now, day] = [Date.now(), 86_400_000];
    const later = await read('in/', { fromMs: now + day, toMs: now + 2 * day });
    expect(later.outcome.inputs).toMatchObject({
      found: 1100,
      leftOut: 1100,
      rules: [{ rule: 'modified before the window', inputs: 1100 }],
    });
    expect(later.outcome.inputs?.entries).toHaveLength(1000);
    const earlier = await read('in/', { fromMs: now - 2 * day, toMs: now - day }, { marginMs: 0 });
    expect(earlier.outcome.reasons).toEqual([
      'no object below "in/" was written in the window: 1100 left out (modified after the window and its margin: 1100)',
    ]);
  });

  it.each([
    ['a torn body', { kind: 'torn' }],
    ['a reset connection', { kind: 'reset' }],
    ['503', { status: 503 }],
    ['429 with Retry-After', { status: 429, retryAfterSeconds: 0 }],
  ] as const)('come whole, each line once, after %s', async (_what, fault) => {
    standIn.objects.put(bucket, 'in/large.ndjson', Buffer.from(lines(5000)));
    standIn.faults.next('/o/in', fault, 2);
    const { records, outcome } = await read();
    expect(outcome.reasons).toEqual([]);
    expect(records).toHaveLength(5000);
    expect(new Set(records.map(({ place }) => place)).size).toBe(5000);
    expect(standIn.faults.pending()).toBe(0);
  });

  // slow/large-objects has one that is too large for memory.
  it('that come with wrong bytes once are read again', async () => {
    standIn.objects.put(bucket, 'in/a.ndjson', Buffer.from(lines(10)));
    standIn.faults.next('/o/in', { kind: 'wrong-body' }, 2);
    const { records, outcome } = await read();
    expect(outcome.reasons).toEqual([]);
    expect(records).toHaveLength(10);
    expect(records.every(({ kind }) => kind === 'text')).toBe(true);
    expect(standIn.faults.pending()).toBe(0);
  });

  it('that come with wrong bytes are told, not believed', async () => {
    standIn.objects.put(bucket, 'in/a.ndjson', Buffer.from(lines(10)));
    standIn.faults.next('/o/in', { kind: 'wrong-body' }, 1_000_000);
    const { outcome } = await read();
    expect(outcome.complete).toBe(false);
    expect(outcome.reasons.join()).toContain('in/a.ndjson: reading it failed');
  });

  it('that cannot be read are told with the cause, and the others are read', async () => {
    standIn.objects.put(bucket, 'in/a', Buffer.from('{"n":1}\n'));
    standIn.objects.put(bucket, 'in/b', Buffer.from('{"n":2}\n'));
    standIn.faults.next('/o/in%2Fa', { status: 404 }, 100);
    const { records, outcome } = await read();
    expect(records).toHaveLength(1);
    expect(outcome.reasons).toEqual([expect.stringMatching(/^in\/a: .*getObject answered 404/)]);
  });

  describe.each(['of-answers', 'untold'] as const)(
    'whose size the list does not tell (sizes: %s)',
    (sizes) => {
      beforeEach(() => {
        standIn.objects.sizes = sizes;
      });

      it('are read to their end', async () => {
        standIn.objects.put(bucket, 'in/a', Buffer.from('{"n":1}\n'));
        standIn.objects.put(bucket, 'in/b.gz', gzipSync('{"n":2}\n'));
        standIn.objects.put(bucket, 'in/c', Buffer.from(lines(5000)));
        const { records, outcome } = await read();
        expect(records).toHaveLength(5002);
        expect(outcome.reasons).toEqual([]);
        expect(outcome.inputs?.entries.map(({ bytes }) => bytes)).toEqual(
          ['in/a', 'in/b.gz', 'in/c'].map((name) => standIn.objects.get(bucket, name)?.length),
        );
      });

      it('are read where they are empty, and an empty one that says it is packed was cut off', async () => {
        for (const name of ['in/a', 'in/b.gz', 'in/folder/'])
          standIn.objects.put(bucket, name, Buffer.alloc(0));
        const { outcome } = await read();
        expect(outcome.reasons).toEqual(['in/b.gz: it is empty, so its gzip data was cut off']);
        expect(outcome.inputs).toMatchObject({ found: 3, read: 2, unreadable: 1 });
      });

      it.each([
        ['a torn body', { kind: 'torn' }],
        ['wrong bytes', { kind: 'wrong-body' }],
        ['503', { status: 503 }],
      ] as const)('come whole, each line once, after %s', async (_what, fault) => {
        standIn.objects.put(bucket, 'in/large.ndjson', Buffer.from(lines(5000)));
        standIn.faults.next('/o/in', fault, 2);
        const { records, outcome } = await read();
        expect(outcome.reasons).toEqual([]);
        expect(new Set(records.map(({ place }) => place)).size).toBe(5000);
        expect(standIn.faults.pending()).toBe(0);
      });

      it('are unreadable, and named, where their end never comes', async () => {
        standIn.objects.put(bucket, 'in/large.ndjson', Buffer.from(lines(5000)));
        standIn.faults.next('/o/in', { kind: 'torn' }, 100);
        const { outcome } = await read();
        expect(outcome.reasons).toEqual([expect.stringMatching(/^in\/large\.ndjson: reading it failed/)]);
      });
    },
  );

  it('of a bucket that is not there make the source incomplete', async () => {
    const connection = await connectTo(standIn);
    const options = { endpoint: standIn.url, bucket: 'nowhere', prefix: '', marginMs: 0 };
    const { batches, outcome } = createObjectStorageSource(connection, options, quickHttp).read({
      fromMs: 0,
      toMs: 1,
    });
    for await (const batch of batches) expect(batch).toEqual([]);
    expect(outcome().reasons.join()).toContain('404');
  });
});
