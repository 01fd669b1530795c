import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayMs, hourMs, minuteMs } from '../../src/base/time-units.js';
import type { SourceOutcome } from '../../src/ports/event-source.js';
import { type BudgetLimits, ReadingBudget } from '../../src/sources/budget.js';
import { createObjectStorageSource } from '../../src/sources/object-storage/object-storage-source.js';
import { createStreamingSource } from '../../src/sources/streaming/streaming-source.js';
import { connectTo, quickHttp } from '../support/oci-connection.js';
import { type StandIn, startStandIn } from '../support/oci/stand-in.js';
import { sleeplessClock } from '../support/sleepless-clock.js';

function windowOf(lengthMs: number): { readonly fromMs: number; readonly toMs: number } {
  return { fromMs: 0, toMs: lengthMs };
}

function callsWithin(budget: ReadingBudget): number {
  for (let calls = 0; ; calls += 1) {
    try {
      budget.enter();
    } catch {
      return calls;
    }
  }
}

function putObjects({ objects }: StandIn, count: number): void {
  objects.createBucket('events');
  for (let index = 0; index < count; index += 1) {
    objects.put('events', `in/${index}`, Buffer.from(`{"n":${index}}\n`));
  }
}

/** How many records came, and with what outcome. */
async function readObjects(
  standIn: StandIn,
  budget: BudgetLimits,
  nowMs?: () => number,
): Promise<[number, SourceOutcome]> {
  const { url: endpoint, namespace } = standIn;
  const options = { endpoint, namespace, bucket: 'events', prefix: 'in/', marginMs: dayMs, budget };
  const window = { fromMs: Date.now() - dayMs, toMs: Date.now() };
  const source = createObjectStorageSource(await connectTo(standIn), options, quickHttp, nowMs);
  const { batches, outcome } = source.read(window);
  let records = 0;
  for await (const batch of batches) records += batch.length;
  return [records, outcome()];
}

describe('a budget', () => {
  it.each([
    ['an hour', hourMs, 3],
    ['a day of 23 hours', 23 * hourMs, 3],
    ['a day of 25 hours', 25 * hourMs, 3],
    ['eight days', 8 * dayMs, 24],
  ])('is for each day of the window: %s', (_what, lengthMs, calls) => {
    expect(callsWithin(new ReadingBudget({ calls: 3 }, windowOf(lengthMs), () => 0))).toBe(calls);
  });

  it('is 5000 calls and 30 minutes where nothing is set', () => {
    const clock = sleeplessClock(0);
    expect(callsWithin(new ReadingBudget(undefined, windowOf(dayMs), clock.nowMs))).toBe(5000);
    const budget = new ReadingBudget(undefined, windowOf(dayMs), clock.nowMs);
    clock.advance(hourMs);
    budget.enter();
    clock.advance(30 * minuteMs - 1);
    budget.enter();
    expect(budget.leftMs()).toBe(1);
    clock.advance(1);
    expect(() => budget.enter()).toThrow(
      'the budget of 30 minutes for a day is used up, and what is left was not read: see why the service needs so many, or raise budget.minutes of the source',
    );
  });

  it('does not limit what follows the reading', () => {
    const budget = new ReadingBudget({ calls: 1 }, windowOf(dayMs), () => 0);
    budget.enter();
    budget.release();
    expect(() => budget.enter()).not.toThrow();
    expect(budget.leftMs()).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('sources that use one', () => {
  let standIn: StandIn;

  beforeEach(async () => {
    standIn = await startStandIn();
  });

  afterEach(() => standIn.close());

  describe('object storage', () => {
    it('ends with one reason, and names the objects that were not read', async () => {
      putObjects(standIn, 30);
      const [records, { reasons, inputs }] = await readObjects(standIn, { calls: 11 });
      expect([records, standIn.requests.length]).toEqual([10, 11]);
      expect(reasons).toEqual([
        expect.stringMatching(/^20 objects were not read: the budget of 11 calls for a day is used up/),
      ]);
      expect(inputs).toMatchObject({ found: 30, read: 10, unreadable: 20, leftOut: 0 });
      expect(inputs?.entries.filter(({ disposition }) => disposition === 'unreadable')).toHaveLength(20);
      expect(inputs?.entries.at(-1)).toMatchObject({
        name: 'in/9',
        disposition: 'unreadable',
        reason: 'not read: the budget of the source was used up',
      });
    });

    it('says where the objects were not listed to their end', async () => {
      putObjects(standIn, 30);
      standIn.objects.pageSizeCap = 8;
      const [records, { reasons, inputs }] = await readObjects(standIn, { calls: 11 });
      // Two pages, eight objects, and one of the second page.
      expect([records, standIn.requests.length]).toEqual([9, 11]);
      expect(reasons).toEqual([
        expect.stringMatching(
          /^7 objects were not read, and others were not even listed: the budget of 11 calls /,
        ),
      ]);
      expect(inputs).toMatchObject({ found: 16, read: 9, unreadable: 7 });
    });

    it('says so where there was no call left to list the others', async () => {
      putObjects(standIn, 16);
      standIn.objects.pageSizeCap = 8;
      const [records, { reasons, inputs }] = await readObjects(standIn, { calls: 9 });
      expect(records).toBe(8);
      expect(reasons).toEqual([
        expect.stringMatching(/^the objects were not listed to their end: the budget of 9 calls /),
      ]);
      expect(inputs).toMatchObject({ found: 8, read: 8, unreadable: 0 });
    });

    it('says which budget ended it', async () => {
      putObjects(standIn, 5);
      let nowMs = 0;
      const [, { reasons, inputs }] = await readObjects(standIn, { minutes: 1 }, () => (nowMs += 10_000));
      expect(reasons).toEqual([expect.stringContaining('the budget of 1 minutes for a day is used up')]);
      expect(inputs?.found).toBe(5);
      expect(inputs?.unreadable).toBeGreaterThan(0);
    });
  });

  it('streaming: ends with one reason, and names the partitions that were not read', async () => {
    const streamId = 'ocid1.stream.oc1.iad.events';
    const nowMs = Date.parse('2026-11-20T06:00:00Z');
    standIn.streams.nowMs = () => nowMs;
    standIn.streams.create(streamId, { name: 'events', partitions: 20 });
    for (let index = 0; index < 20; index += 1) {
      standIn.streams.put(streamId, index, { n: index }, nowMs - hourMs);
    }
    // One for the stream, four for each partition: a cursor, the message, two empty answers.
    const options = { endpoint: standIn.url, streamId, cursor: 'time', ingestionDelayMs: hourMs } as const;
    const source = createStreamingSource(
      await connectTo(standIn),
      { ...options, budget: { calls: 12 } },
      quickHttp,
      () => nowMs,
    );
    const { batches, outcome } = source.read({ fromMs: nowMs - dayMs, toMs: nowMs });
    let records = 0;
    for await (const batch of batches) records += batch.length;
    const { reasons, inputs } = outcome();
    expect([records, standIn.requests.length]).toEqual([3, 12]);
    expect(reasons).toEqual([
      expect.stringMatching(/^18 partitions were not read to their end: the budget of 12 calls for a day/),
    ]);
    expect(inputs).toMatchObject({ found: 20, read: 2, unreadable: 18 });
    expect(inputs?.entries.filter(({ disposition }) => disposition === 'unreadable in part')).toHaveLength(1);
  });

  it('streaming: ends, and what was read can be acknowledged', async () => {
    const streamId = 'ocid1.stream.oc1.iad.events';
    const nowMs = Date.parse('2026-11-20T06:00:00Z');
    standIn.streams.nowMs = () => nowMs;
    standIn.streams.create(streamId, { name: 'events', partitions: 1 });
    for (let index = 0; index < 50; index += 1) {
      standIn.streams.put(streamId, 0, { n: index }, nowMs - hourMs + index);
    }
    const connection = await connectTo(standIn);
    const options = {
      endpoint: standIn.url,
      streamId,
      cursor: 'group',
      group: 'reports',
      ingestionDelayMs: hourMs,
      limit: 1,
      budget: { calls: 20 },
    } as const;
    const source = createStreamingSource(connection, options, quickHttp, () => nowMs);
    const { batches, outcome, acknowledge } = source.read({ fromMs: nowMs - dayMs, toMs: nowMs });
    let records = 0;
    for await (const batch of batches) records += batch.length;
    expect(records).toBeGreaterThan(5);
    expect(outcome().reasons.join()).toContain('the budget of 20 calls for a day is used up');
    expect(standIn.requests).toHaveLength(20);
    await acknowledge();
    expect(standIn.requests).toHaveLength(21);
  });
});
