import { EventEmitter, once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hourMs, minuteMs } from '../../src/base/time-units.js';
import { Stopped } from '../../src/errors.js';
import type { EventSource, SourceRecord } from '../../src/ports/event-source.js';
import { deadlineOfReading, withReadingDeadline } from '../../src/sources/reading-deadline.js';
import { backfillPorts, collect } from '../support/backfill-plan.js';
import { judge } from '../support/judge-day.js';
import { memorySource } from '../support/memory-source.js';
import { databaseEvent } from '../support/raw-event.js';

const deadlineMs = 45 * minuteMs;
const date = '2026-11-19';
const window = { fromMs: Date.parse('2026-11-19T00:00:00Z'), toMs: Date.parse('2026-11-20T00:00:00Z') };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

interface Hanging {
  readonly source: EventSource;
  /** How often it was read. */
  readings: number;
  /** Resolves when the batch that never comes is asked for, in its last reading. */
  asked(): Promise<void>;
  /** Lets that batch come after all. */
  release(): void;
}

/** A source that gives some records and then never answers again, whoever tells it to end. */
function hangingSource(records: readonly unknown[] = []): Hanging {
  let asked = deferred();
  let released = deferred();
  async function* thenHang(
    batches: AsyncIterable<readonly SourceRecord[]>,
  ): AsyncGenerator<readonly SourceRecord[]> {
    yield* batches;
    asked.resolve();
    await released.promise;
  }
  const hanging: Hanging = {
    asked: () => asked.promise,
    readings: 0,
    release: () => {
      asked = deferred();
      released.resolve();
      released = deferred();
    },
    source: {
      ...memorySource([]),
      read: (window_) => {
        hanging.readings += 1;
        const { batches, outcome } = memorySource(records).read(window_);
        return { batches: thenHang(batches), outcome, acknowledge: () => Promise.reject(new Error('no')) };
      },
    },
  };
  return hanging;
}

interface Deferred {
  readonly promise: Promise<void>;
  resolve(): void;
}

function deferred(): Deferred {
  const emitter = new EventEmitter();
  return {
    promise: once(emitter, 'go').then(() => undefined),
    resolve: () => void emitter.emit('go'),
  };
}

const settled = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

describe('a reading that never ends', () => {
  it('is given up at its deadline: INCOMPLETE with words, with what was read until then', async () => {
    const hanging = hangingSource([databaseEvent('end', `${date}T02:00:00Z`)]);
    const sources = [withReadingDeadline(hanging.source, () => deadlineMs)];
    const judging = judge([], date, { sources });
    await hanging.asked();
    vi.advanceTimersByTime(deadlineMs - 1);
    await settled();
    vi.advanceTimersByTime(1);
    const { report } = await judging;
    expect(report.status).toBe('INCOMPLETE');
    expect(report.statusReasons.join(' ')).toContain('it was not read to its end within 45 min');
    expect(report.sources[0]).toMatchObject({ complete: false, controlTotals: { read: 1, used: 1 } });
  });

  it('does not keep the other sources from being read', async () => {
    const hanging = hangingSource();
    const other = memorySource([databaseEvent('end', `${date}T02:00:00Z`)]);
    const sources = [withReadingDeadline(hanging.source, () => deadlineMs), other];
    const judging = judge([], date, { sources });
    await hanging.asked();
    vi.advanceTimersByTime(deadlineMs);
    const { report } = await judging;
    expect(report.sources.map(({ complete }) => complete)).toEqual([false, true]);
    expect(report.resources).toHaveLength(1);
  });

  it('is not begun again while it hangs, and is once it has ended', async () => {
    const hanging = hangingSource();
    const source = withReadingDeadline(hanging.source, () => deadlineMs);
    const first = judge([], date, { sources: [source] });
    await hanging.asked();
    vi.advanceTimersByTime(deadlineMs);
    await first;
    const { report } = await judge([], date, { sources: [source] });
    expect([hanging.readings, report.status]).toEqual([1, 'INCOMPLETE']);
    expect(report.statusReasons.join(' ')).toContain('an earlier reading of it was given up and still hangs');
    hanging.release();
    await settled();
    const again = judge([], date, { sources: [source] });
    await hanging.asked();
    expect(hanging.readings).toBe(2);
    hanging.release();
    expect((await again).report.sources[0]?.complete).toBe(true);
  });

  it('makes every day of a backfill INCOMPLETE, and is waited for once', async () => {
    const hanging = hangingSource();
    const sources = [withReadingDeadline(hanging.source, () => deadlineMs)];
    const range = { from: '2026-11-17', to: date, ahead: 0, writesEmpty: true };
    const collecting = collect(backfillPorts({ sources }), range);
    await hanging.asked();
    vi.advanceTimersByTime(deadlineMs);
    const days = await collecting;
    expect(days.map((day) => day.kind === 'made' && day.result.report.status)).toEqual(
      Array.from({ length: 3 }, () => 'INCOMPLETE'),
    );
    expect(hanging.readings).toBe(1);
  });

  it('is left at once where whoever reads is told to stop', async () => {
    const hanging = hangingSource();
    const sources = [withReadingDeadline(hanging.source, () => deadlineMs)];
    const stopping = new AbortController();
    const range = { from: date, to: date, ahead: 0, signal: stopping.signal };
    const collecting = collect(backfillPorts({ sources }), range);
    await hanging.asked();
    stopping.abort(new Stopped());
    await expect(collecting).rejects.toBeInstanceOf(Stopped);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is left behind where whoever reads stops, and leaves no timer', async () => {
    const hanging = hangingSource();
    const source = withReadingDeadline(hanging.source, () => deadlineMs);
    const { batches } = source.read(window);
    const iterator = batches[Symbol.asyncIterator]();
    await iterator.next();
    const next = iterator.next();
    await hanging.asked();
    await iterator.return?.();
    expect(vi.getTimerCount()).toBe(0);
    const { outcome } = source.read(window);
    expect([hanging.readings, outcome().complete]).toEqual([1, false]);
    hanging.release();
    await next;
  });

  it('is not acknowledged: what is left is read again', async () => {
    const hanging = hangingSource();
    const reading = withReadingDeadline(hanging.source, () => deadlineMs).read(window);
    const iterator = reading.batches[Symbol.asyncIterator]();
    await iterator.next();
    const next = iterator.next();
    await hanging.asked();
    vi.advanceTimersByTime(deadlineMs);
    expect(await next).toMatchObject({ done: true });
    await expect(reading.acknowledge?.()).resolves.toBeUndefined();
  });
});

describe('a reading that ends', () => {
  it('is as without a deadline, and leaves no timer', async () => {
    const records = [databaseEvent('end', `${date}T02:00:00Z`)];
    const watched = withReadingDeadline(memorySource(records, ['half of it']), () => deadlineMs);
    const { report } = await judge([], date, { sources: [watched] });
    expect(report).toEqual(
      (await judge([], date, { sources: [memorySource(records, ['half of it'])] })).report,
    );
    expect(vi.getTimerCount()).toBe(0);
  });

  it('fails as without a deadline', async () => {
    const failing: EventSource = {
      ...memorySource([]),
      read: () => ({
        batches: { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('a bug')) }) },
        outcome: () => ({ complete: true, reasons: [], requests: [] }),
      }),
    };
    const sources = [withReadingDeadline(failing, () => deadlineMs)];
    await expect(judge([], date, { sources })).rejects.toThrow('a bug');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the deadline of a reading', () => {
  const week = { ...window, fromMs: window.toMs - 7 * 24 * hourMs };
  it.each([
    ['as configured, for any window', { deadlineMs: 1000, budgetMinutes: 30 }, week, 1000],
    ['45 minutes where there is no budget', {}, week, 45 * minuteMs],
    ['a quarter of an hour after the budget', { budgetMinutes: 30 }, window, 45 * minuteMs],
    ['the same for a window of several days', { budgetMinutes: 30 }, week, 225 * minuteMs],
  ])('is %s', (_what, limits, asked, ms) => {
    expect(deadlineOfReading(limits, asked)).toBe(ms);
  });
});
