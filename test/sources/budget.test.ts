import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayMs, hourMs, minuteMs } from '../../src/base/time-units.js';
import { ReadingBudget } from '../../src/sources/budget.js';
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

  it('object storage: ends once, with the objects read until then', async () => {
    standIn.objects.createBucket('events');
    for (let index = 0; index < 30; index += 1) {
      standIn.objects.put('events', `in/${index}`, Buffer.from(`{"n":${index}}\n`));
    }
    const connection = await connectTo(standIn);
    const options = {
      endpoint: standIn.url,
      namespace: standIn.namespace,
      bucket: 'events',
      prefix: 'in/',
      marginMs: dayMs,
      budget: { calls: 11 },
    };
    const window = { fromMs: Date.now() - dayMs, toMs: Date.now() };
    const { batches, outcome } = createObjectStorageSource(connection, options, quickHttp).read(window);
    let records = 0;
    for await (const batch of batches) records += batch.length;
    expect([records, standIn.requests.length]).toEqual([10, 11]);
    expect(outcome().reasons).toEqual([
      expect.stringContaining('the budget of 11 calls for a day is used up'),
    ]);
    // Each object that was found is accounted for.
    expect(outcome().inputs).toMatchObject({ found: 30, read: 10, unreadable: 20 });
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
