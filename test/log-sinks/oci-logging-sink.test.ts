import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forwardRecords } from '../../src/forward/forward-records.js';
import type { LogEntry, LogSink } from '../../src/ports/log-sink.js';
import {
  collectedSource,
  forwardPlan,
  logId,
  logPlace,
  portsOf,
  sinkAt,
  standInSink,
  testEntry,
  type TestRecord,
} from '../support/forwarding.js';
import { createMemoryArchive } from '../support/memory-archive.js';
import type { Fault } from '../support/oci/faults.js';
import { type StandIn, startStandIn } from '../support/oci/stand-in.js';

let standIn: StandIn;
let sink: LogSink;
const nowMs = (): number => Date.parse('2026-11-20T00:00:00Z');

beforeAll(async () => {
  standIn = await startStandIn();
});
beforeEach(async () => {
  standIn.faults.clear();
  sink = await standInSink(standIn, nowMs);
});
afterAll(() => standIn.close());

const entry = (number: number, data = `{"number":${number}}`): LogEntry => ({
  ...testEntry({ id: String(number), time: '2026-11-19T08:00:00.123Z', collected: '2026-11-19T09:00:00Z' }),
  data,
});

describe('a request to OCI Logging', () => {
  it('is taken whole: each entry with its id, its own time to the millisecond, source, type and subject', async () => {
    const outcome = await sink.put([entry(1), { ...entry(2), subject: 'hr' }]);
    expect(outcome).toMatchObject({ kind: 'accepted', requestId: expect.stringMatching(/^[0-9A-F]{32}$/) });
    expect(standIn.customLogs.entriesOf(logId)).toMatchObject([
      {
        id: entry(1).id,
        data: '{"number":1}',
        time: '2026-11-19T08:00:00.123Z',
        source: 'test',
        type: 'test.activity',
        subject: 'erp',
      },
      { id: entry(2).id, subject: 'hr' },
    ]);
  });

  it.each([
    [400, { kind: 'refused', because: 'entry' }],
    [401, { kind: 'refused', because: 'log' }],
    [404, { kind: 'refused', because: 'log' }],
    [409, { kind: 'refused', because: 'log' }],
    [408, { kind: 'unanswered' }],
    [500, { kind: 'unanswered' }],
    [503, { kind: 'unanswered' }],
    [504, { kind: 'unanswered' }],
  ] as const)('that is answered with %i', async (status, outcome) => {
    // The credentials are known to be good.
    await sink.put([entry(1)]);
    standIn.faults.next('/actions/push', { status });
    expect(await sink.put([entry(2)])).toMatchObject(outcome);
    expect(standIn.customLogs.entriesOf(logId)).toHaveLength(1);
  });

  it('that is throttled is sent again: nothing of it was taken', async () => {
    standIn.faults.next('/actions/push', { status: 429 }, 2);
    expect(await sink.put([entry(1)])).toMatchObject({ kind: 'accepted' });
    expect(standIn.customLogs.entriesOf(logId)).toHaveLength(1);
  });

  it.each(['reset', 'torn-after-effect'] as const)(
    'whose connection ends (%s) is not answered',
    async (kind) => {
      standIn.faults.next('/actions/push', { kind });
      expect(await sink.put([entry(1)])).toMatchObject({ kind: 'unanswered' });
      expect(standIn.customLogs.entriesOf(logId)).toHaveLength(kind === 'reset' ? 0 : 1);
    },
  );

  it('whose connection never comes about is not sent at all', async () => {
    const other = await startStandIn();
    const gone = await sinkAt(other, nowMs);
    other.customLogs.create(logPlace);
    expect(await gone.put([entry(1)])).toMatchObject({ kind: 'accepted' });
    await other.close();
    expect(await gone.put([entry(1)])).toMatchObject({
      kind: 'unsent',
      reason: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('is never larger on the wire than it was counted', async () => {
    const entries = Array.from({ length: 40 }, (_, index) =>
      entry(index, JSON.stringify({ text: 'é"\n'.repeat(index * 9) })),
    );
    const counted = entries.reduce((sum, each) => sum + sink.bytesOf(each), 0);
    await sink.put(entries);
    const sent = standIn.requests.at(-1)?.bodyBytes ?? 0;
    const most = 9 * 1024 * 1024;
    expect(sent).toBeLessThanOrEqual(counted + (most - sink.largestRequestBytes));
    expect(sink.largestRequestBytes).toBeGreaterThan(most - 200);
  });

  it('of the largest entry is taken, and a service that takes less refuses it by size or content', async () => {
    const largest = entry(1, 'x'.repeat(sink.largestEntryBytes));
    expect(await sink.put([largest])).toMatchObject({ kind: 'accepted' });
    standIn.customLogs.largestRequestBytes = 500_000;
    expect(await sink.put([largest])).toMatchObject({ kind: 'refused', because: 'size' });
    standIn.customLogs.largestRequestBytes = 10_000_000;
  });
});

const records = Array.from({ length: 5 }, (_, index): TestRecord => ({
  id: `event-${index}`,
  time: `2026-11-${10 + index}T08:00:00Z`,
  collected: `2026-11-19T0${index}:00:00Z`,
}));

describe('a run after one that the service refused', () => {
  it.each([
    ['401', [{ status: 401 }], 0],
    ['404', [{ status: 404 }], 0],
    ['409', [{ status: 409 }], 0],
    ['503 each time, without any effect', Array.from({ length: 3 }, () => ({ status: 503 })), 5],
    ['cut connections after the effect', Array.from({ length: 3 }, () => ({ kind: 'torn-after-effect' })), 5],
    ['a cut connection, then 404', [{ kind: 'torn-after-effect' }, { status: 404 }], 5],
  ] as const)('with %s', async (_name, faults, doubted) => {
    await sink.put([{ ...entry(0), id: 'of the credentials' }]);
    for (const fault of faults) standIn.faults.next('/actions/push', fault as Fault);
    const archive = createMemoryArchive();
    const first = await forwardOnce(nowMs, archive);
    expect(first).toMatchObject({ batches: [], unavailable: { isUnknown: doubted > 0 } });
    const { batches } = await forwardOnce(nowMs, archive);
    expect(batches).toMatchObject([{ accepted: 5, possiblyTwice: { length: doubted } }]);
  });
});

function forwardOnce(clock: () => number, archive = createMemoryArchive()) {
  return forwardRecords(forwardPlan, portsOf(archive, collectedSource(records), sink, clock));
}

describe('reading back', () => {
  it.each([
    ['by the own times, and known ids are taken again', 'time', false],
    ['by when they came', 'ingested', false],
    ['and the log drops known ids', 'time', true],
  ] as const)('counts what may be there twice: %s', async (_name, searchBy, dropsKnownIds) => {
    Object.assign(standIn.customLogs, { searchBy, dropsKnownIds, pageSize: 2 });
    standIn.faults.next('/actions/push', { kind: 'torn-after-effect' });
    const { readBack } = await forwardOnce(Date.now);
    const ids = records.map((each) => testEntry(each).id);
    const several = dropsKnownIds ? [] : ids.map((id) => ({ id, entries: 2 }));
    expect(readBack).toMatchObject([
      { batch: 1, doubt: null, found: { once: 5 - several.length, several, none: [] } },
    ]);
    expect(standIn.customLogs.entriesOf(logId)).toHaveLength(dropsKnownIds ? 5 : 10);
    Object.assign(standIn.customLogs, { searchBy: 'time', dropsKnownIds: false, pageSize: 1000 });
  });

  it('waits while a search finds nothing yet, and names what is still missing later', async () => {
    standIn.faults.next('/actions/push', { kind: 'torn-after-effect' });
    standIn.customLogs.emptySearches = 100;
    const archive = createMemoryArchive();
    let clock = nowMs();
    const first = await forwardOnce(() => clock, archive);
    expect(first.readBack).toMatchObject([{ found: null, doubt: '5 of 5 records are not found yet' }]);
    clock += 2 * 60 * 60_000;
    const second = await forwardOnce(() => clock, archive);
    expect(second.readBack).toMatchObject([{ doubt: null, found: { once: 0, none: { length: 5 } } }]);
    standIn.customLogs.emptySearches = 0;
    expect((await forwardOnce(() => clock, archive)).readBack).toEqual([]);
  });

  it('is tried again where the log cannot be searched', async () => {
    standIn.faults.next('/actions/push', { kind: 'torn-after-effect' });
    standIn.faults.next('/20190909/search', { status: 404 });
    const archive = createMemoryArchive();
    const first = await forwardOnce(nowMs, archive);
    expect(first.readBack).toMatchObject([
      {
        found: null,
        doubt: expect.stringContaining('the log cannot be searched: LogSearch searchLogs answered 404'),
      },
    ]);
    expect((await forwardOnce(nowMs, archive)).readBack).toMatchObject([{ doubt: null }]);
  });
});

describe('doctor', () => {
  it.each([
    ['a log that can be searched', 0, 'ok'],
    ['a log that may not be searched', 1, 'failed'],
  ])('of %s', async (_name, refusals, state) => {
    await sink.put([entry(1)]);
    if (refusals > 0) standIn.faults.next('/20190909/search', { status: 404 });
    expect(await sink.diagnose()).toMatchObject([{ check: 'log', state }]);
    expect(standIn.customLogs.entriesOf(logId)).toHaveLength(1);
  });
});
