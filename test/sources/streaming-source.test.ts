import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hourMs, minuteMs } from '../../src/base/time-units.js';
import type { OciConnection } from '../../src/oci/connection.js';
import { OciCallError } from '../../src/oci/oci-error.js';
import type { SourceOutcome, SourceRecord } from '../../src/ports/event-source.js';
import type { StreamMessage } from '../../src/sources/streaming/open-stream.js';
import type { StreamingOptions } from '../../src/sources/streaming/options.js';
import { PartitionLog } from '../../src/sources/streaming/partition-log.js';
import type { StreamingReading } from '../../src/sources/streaming/stream-reading.js';
import { type StreamingSource, createStreamingSource } from '../../src/sources/streaming/streaming-source.js';
import { connectTo, quickHttp } from '../support/oci-connection.js';
import type { Fault } from '../support/oci/faults.js';
import { type StandIn, startStandIn } from '../support/oci/stand-in.js';

const streamId = 'ocid1.stream.oc1.iad.events+1';
const window = { fromMs: Date.parse('2026-11-17T00:00:00Z'), toMs: Date.parse('2026-11-20T00:00:00Z') };
const runMs = window.toMs + 6 * hourMs;

let standIn: StandIn;
let connection: OciConnection;
let nowMs: number;

beforeEach(async () => {
  standIn = await startStandIn();
  connection = await connectTo(standIn);
  nowMs = runMs;
  standIn.streams.nowMs = () => nowMs;
});

afterEach(async () => {
  await standIn.close();
});

function create(options: Partial<StreamingOptions> = {}): StreamingSource {
  const common: StreamingOptions = {
    streamId,
    endpoint: standIn.url,
    cursor: 'time',
    ingestionDelayMs: 6 * hourMs,
  };
  return createStreamingSource(connection, { ...common, ...options }, quickHttp, () => nowMs);
}

const open = (options: Partial<StreamingOptions> = {}): StreamingReading => create(options).read(window);

const openGroup = (): StreamingReading => open({ cursor: 'group', group: 'reports', limit: 2 });

interface ReadResult {
  readonly records: readonly SourceRecord[];
  readonly outcome: SourceOutcome;
}

async function readAll({ batches, outcome }: StreamingReading): Promise<ReadResult> {
  const records: SourceRecord[] = [];
  for await (const batch of batches) records.push(...batch);
  return { records, outcome: outcome() };
}

function messageOf(offset: number, value: string): StreamMessage {
  return { stream: 'events', partition: '0', offset, key: null, timestamp: '2026-11-18T00:00:00Z', value };
}

const places = ({ records }: ReadResult): string[] => records.map(({ place }) => place);

function putHourly(partition: number, count: number, fromMs = window.fromMs): void {
  for (let index = 0; index < count; index += 1) {
    standIn.streams.put(streamId, partition, { eventID: `${partition}-${index}` }, fromMs + index * hourMs);
  }
}

/** Three partitions: seven messages, none, three. */
function createStream(retentionInHours = 168): void {
  standIn.streams.create(streamId, { name: 'events', partitions: 3, retentionInHours });
  putHourly(0, 7);
  putHourly(2, 3);
}

const allPlaces = [
  'events/0@0',
  'events/0@1',
  'events/0@2',
  'events/0@3',
  'events/0@4',
  'events/0@5',
  'events/0@6',
  'events/2@0',
  'events/2@1',
  'events/2@2',
];

describe('a stream read by time', () => {
  it('gives every message of all partitions and pages once', async () => {
    createStream();
    const result = await readAll(open({ limit: 3 }));
    expect(places(result)).toEqual(allPlaces);
    expect(result.records[1]).toEqual({
      kind: 'value',
      place: 'events/0@1',
      value: {
        stream: 'events',
        partition: '0',
        offset: 1,
        key: Buffer.from('key 1').toString('base64'),
        timestamp: '2026-11-17T01:00:00.000Z',
        value: Buffer.from('{"eventID":"0-1"}').toString('base64'),
      },
    });
    expect(result.outcome).toMatchObject({
      inputs: { found: 3, read: 3, unreadable: 0, leftOut: 0 },
      complete: true,
      reasons: [],
      requests: [
        { operation: 'getMessages', partition: '0', firstOffset: 0, lastOffset: 6, messages: 7, pages: 3 },
        {
          operation: 'getMessages',
          partition: '1',
          firstOffset: null,
          lastOffset: null,
          messages: 0,
          pages: 0,
        },
        { operation: 'getMessages', partition: '2', firstOffset: 0, lastOffset: 2, messages: 3, pages: 1 },
      ],
    });
  });

  it('begins a little before the window, and takes the pages that the service gives', async () => {
    standIn.streams.create(streamId);
    standIn.streams.pageSizeCap = 1;
    for (const before of [60, 6, 5, 1, 0]) {
      standIn.streams.put(streamId, 0, {}, window.fromMs - before * minuteMs);
    }
    const { outcome } = await readAll(open());
    expect(outcome.requests).toEqual([
      expect.objectContaining({ firstOffset: 2, lastOffset: 4, messages: 3, pages: 3 }),
    ]);
    expect(outcome.complete).toBe(true);
  });

  it('ends with a page that came too late for the window', async () => {
    nowMs = window.toMs + 48 * hourMs;
    standIn.streams.create(streamId, { name: 'events' });
    putHourly(0, 24, window.toMs);
    const result = await readAll(open({ limit: 5 }));
    expect(result.outcome.requests).toEqual([expect.objectContaining({ lastOffset: 14, pages: 3 })]);
    expect(result.outcome.complete).toBe(true);
  });

  it('goes on after an empty answer that is not the end', async () => {
    createStream();
    standIn.streams.emptyAnswers = 1;
    const result = await readAll(open({ limit: 3 }));
    expect(places(result)).toEqual(allPlaces);
  });

  it('goes on where it was when the cursor has expired meanwhile', async () => {
    createStream();
    const { batches, outcome } = open({ limit: 3 });
    const seen: string[] = [];
    for await (const batch of batches) {
      seen.push(...batch.map(({ place }) => place));
      nowMs += 6 * minuteMs;
    }
    expect(seen).toEqual(allPlaces);
    expect(outcome()).toMatchObject({ complete: true, reasons: [] });
  });

  it('asks the endpoint that the stream names when none is configured', async () => {
    createStream();
    const asked: (string | undefined)[] = [];
    const elsewhere: OciConnection = {
      ...connection,
      place(at, make) {
        asked.push(at.endpoint);
        return connection.place({ endpoint: standIn.url }, make);
      },
    };
    const options: StreamingOptions = { streamId, cursor: 'time', ingestionDelayMs: 0 };
    const source = createStreamingSource(elsewhere, options, quickHttp, () => nowMs);
    expect(places(await readAll(source.read(window)))).toEqual(allPlaces);
    expect(asked).toEqual([undefined, standIn.url]);
  });

  it('has nothing to acknowledge', async () => {
    createStream();
    const reading = open();
    await readAll(reading);
    await reading.acknowledge();
    expect(standIn.requests.filter(({ path }) => path.includes('/commit'))).toEqual([]);
  });
});

describe('what may be missing', () => {
  it.each([
    [24, 'the stream keeps messages for 24 h, which does not reach back to 2026-11-17T00:00:00.000Z'],
    [77, 'the stream keeps messages for 77 h, which does not reach back to 2026-11-17T00:00:00.000Z'],
  ])('a retention of %d h is too short, and said to be', async (retentionInHours, reason) => {
    createStream(retentionInHours);
    putHourly(2, 1, runMs - hourMs);
    const result = await readAll(open());
    expect(result.outcome).toMatchObject({ complete: false, reasons: [`${reason}: older ones are gone`] });
    expect(places(result)).toContain('events/2@3');
  });

  it('a retention that reaches back exactly is long enough', async () => {
    createStream(78);
    const result = await readAll(open());
    expect(result.outcome.reasons).toEqual([]);
    expect(places(result)).toEqual(allPlaces);
  });

  it('a retention that is over while the messages are read is said to be too short', async () => {
    createStream(78);
    const { batches, outcome } = open();
    for await (const batch of batches) nowMs += batch.length;
    expect(outcome().reasons).toEqual([expect.stringContaining('keeps messages for 78 h')]);
  });

  it('a stream that is younger than the window is said to be', async () => {
    standIn.streams.create(streamId, { timeCreated: '2026-11-18T00:00:00Z' });
    expect((await readAll(open())).outcome.reasons).toEqual([
      'the stream was created at 2026-11-18T00:00:00.000Z, after 2026-11-17T00:00:00.000Z',
    ]);
  });

  it('gaps between offsets are named', async () => {
    createStream();
    for (const offset of [1, 3, 4]) standIn.streams.remove(streamId, 0, offset);
    standIn.streams.remove(streamId, 2, 0);
    const result = await readAll(open({ limit: 2 }));
    expect(result.records).toHaveLength(6);
    expect(result.outcome).toMatchObject({
      complete: false,
      reasons: ['partition 0: messages are missing at offset 1, 3-4'],
      inputs: {
        found: 3,
        read: 2,
        unreadable: 1,
        entries: [
          {
            name: 'partition 0',
            disposition: 'unreadable in part',
            reason: 'messages are missing at offset 1, 3-4',
            records: 4,
          },
          { name: 'partition 1', disposition: 'read', records: 0 },
          { name: 'partition 2', disposition: 'read', records: 2 },
        ],
      },
    });
  });

  it('only the first of many gaps are named', async () => {
    standIn.streams.create(streamId);
    putHourly(0, 17);
    for (let offset = 1; offset < 17; offset += 2) standIn.streams.remove(streamId, 0, offset);
    expect((await readAll(open())).outcome.reasons).toEqual([
      'partition 0: messages are missing at offset 1, 3, 5, 7, 9 and 3 gaps more',
    ]);
  });

  it('offsets that go back are given, once, and said to be out of order', () => {
    const log = new PartitionLog('0');
    const offsetsOf = (...offsets: number[]): number[] =>
      log.addPage(offsets.map((offset) => ({ offset }) as StreamMessage)).map(({ offset }) => offset);
    expect([offsetsOf(4, 5), offsetsOf(5, 6), offsetsOf(2)]).toEqual([[4, 5], [6], [2]]);
    expect(log.reasons()).toEqual([
      'partition 0: offset 2 came after offset 6',
      'partition 0: messages are missing at offset 3',
    ]);
  });

  it('a message that comes late into a gap is given, and is not missing', () => {
    const log = new PartitionLog('0');
    const offsetsOf = (...offsets: number[]): number[] =>
      log.addPage(offsets.map((offset) => messageOf(offset, 'x'))).map(({ offset }) => offset);
    expect([offsetsOf(0, 3), offsetsOf(1, 3)]).toEqual([[0, 3], [1]]);
    expect(log.reasons()).toEqual([
      'partition 0: offset 1 came after offset 3',
      'partition 0: messages are missing at offset 2',
    ]);
  });

  it('another content under a known offset is given, once, and said to be', () => {
    const log = new PartitionLog('0');
    const valuesOf = (...messages: StreamMessage[]): string[] =>
      log.addPage(messages).map(({ value }) => value);
    expect(valuesOf(messageOf(4, 'a'), messageOf(5, 'b'))).toEqual(['a', 'b']);
    expect(valuesOf(messageOf(5, 'b'), messageOf(5, 'c'), messageOf(4, 'd'), messageOf(5, 'c'))).toEqual([
      'c',
      'd',
    ]);
    expect(log.messages).toBe(4);
    expect(log.reasons()).toEqual(['partition 0: offset 5 came again with another content']);
  });

  it('a stream that is written anew while it is read loses no message, and is said to be', async () => {
    createStream();
    standIn.streams.isStuck = true;
    const { batches, outcome } = open({ limit: 2 });
    const seen: SourceRecord[] = [];
    for await (const batch of batches) {
      seen.push(...batch);
      standIn.streams.rewrite(streamId, 0, 1, { eventID: 'another' });
    }
    expect(seen.map(({ place }) => place)).toEqual([
      'events/0@0',
      'events/0@1',
      'events/0@1',
      'events/2@0',
      'events/2@1',
    ]);
    expect(seen[2]).toMatchObject({
      value: { value: Buffer.from('{"eventID":"another"}').toString('base64') },
    });
    expect(outcome().reasons).toContain('partition 0: offset 1 came again with another content');
    expect(outcome().inputs).toMatchObject({ found: 3, read: 1, unreadable: 2 });
  });

  it('a stream that is not there is a reason', async () => {
    const { records, outcome } = await readAll(open());
    expect([records, outcome.complete, outcome.requests]).toEqual([[], false, []]);
    expect(outcome.reasons).toEqual([
      expect.stringContaining('StreamAdmin getStream answered 404 NotAuthorizedOrNotFound'),
    ]);
  });
});

describe('faults', () => {
  const passing: readonly (readonly [string, Fault])[] = [
    ['429 with Retry-After', { status: 429, retryAfterSeconds: 0 }],
    ['500', { status: 500 }],
    ['a torn body', { kind: 'torn' }],
    ['an answer that does not come', { kind: 'torn-after-effect' }],
    ['a reset', { kind: 'reset' }],
  ];

  it.each(passing)('%s that passes changes nothing', async (_, fault) => {
    createStream();
    for (const match of ['GET /20180418/streams/ocid1', '/cursors', '/messages']) {
      standIn.faults.next(match, fault, 2);
    }
    const result = await readAll(open({ limit: 3 }));
    expect(standIn.faults.pending()).toBe(0);
    expect(places(result)).toEqual(allPlaces);
    expect(result.outcome).toMatchObject({ complete: true, reasons: [] });
  });

  it.each(passing)('%s that passes changes nothing for a group', async (_, fault) => {
    createStream();
    for (const match of ['/groupCursors', '/messages', '/commit']) standIn.faults.next(match, fault, 2);
    const reading = openGroup();
    const result = await readAll(reading);
    await reading.acknowledge();
    expect(standIn.faults.pending()).toBe(0);
    expect(places(result).sort()).toEqual(allPlaces);
    expect(result.outcome.reasons).toEqual([]);
    expect(standIn.streams.committed(streamId, 'reports')).toEqual({ 0: 7, 1: 0, 2: 3 });
  });

  it.each([
    ['503', { status: 503 }, 'Stream getMessages answered 503 ServiceUnavailable'],
    ['a reset', { kind: 'reset' }, 'Stream getMessages failed'],
    ['a 404', { status: 404 }, 'Stream getMessages answered 404 NotAuthorizedOrNotFound'],
  ] as const)('%s that stays is a reason, and the other partitions are read', async (_, fault, reason) => {
    createStream();
    let answered = 0;
    standIn.faults.next(({ path }) => path.endsWith('/messages') && (answered += 1) > 1, fault, 4);
    const result = await readAll(open({ limit: 3 }));
    standIn.faults.clear();
    expect(places(result).slice(0, 3)).toEqual(allPlaces.slice(0, 3));
    expect(result.outcome.complete).toBe(false);
    expect(result.outcome.reasons[0]).toMatch(/^partition 0: /);
    expect(result.outcome.reasons[0]).toContain(reason);
    expect(result.outcome.inputs?.unreadable).toBe(result.outcome.reasons.length);
  });

  it('cursors that are refused again and again are a reason', async () => {
    createStream();
    let clockMs = runMs;
    standIn.streams.nowMs = () => (clockMs += 6 * minuteMs);
    const { records, outcome } = await readAll(open());
    expect(records).toEqual([]);
    expect(outcome.reasons.map((reason) => reason.replace(/ \(.*/, ''))).toEqual(
      ['0', '1', '2'].map(
        (partition) =>
          `partition ${partition}: Stream getMessages answered 400 InvalidParameter: cursor has expired`,
      ),
    );
  });

  it('a service that does not go forward is a reason, not an endless reading', async () => {
    createStream();
    standIn.streams.isStuck = true;
    const { records, outcome } = await readAll(open({ limit: 2 }));
    expect(records).toHaveLength(4);
    expect(outcome.reasons).toEqual([
      'partition 0: the messages from offset 0 of partition 0 came again',
      'partition 2: the messages from offset 0 of partition 2 came again',
    ]);
  });

  it('credentials that are refused end the reading', async () => {
    createStream();
    standIn.faults.next('/streams/', { status: 401 }, 100);
    await expect(readAll(open())).rejects.toMatchObject({ name: 'Failure', kind: 'usage' });
  });

  it('a group that breaks off leaves no partition known to be whole', async () => {
    createStream();
    let answered = 0;
    standIn.faults.next(
      ({ path }) => path.endsWith('/messages') && (answered += 1) > 4,
      { status: 404 },
      100,
    );
    const { outcome } = await readAll(openGroup());
    standIn.faults.clear();
    expect(outcome.complete).toBe(false);
    expect(outcome.inputs).toMatchObject({ found: 3, read: 0, unreadable: 3 });
  });

  it('a group without a name is refused at once', () => {
    expect(() => create({ cursor: 'group' })).toThrow('no group is named');
  });
});

describe('a stream read as a group', () => {
  it('commits nothing before it is acknowledged', async () => {
    createStream();
    for (let reading = 0; reading < 2; reading += 1) {
      const result = await readAll(openGroup());
      expect(places(result).sort()).toEqual(allPlaces);
      expect(result.outcome).toMatchObject({ complete: true, reasons: [] });
      expect(standIn.streams.committed(streamId, 'reports')).toEqual({});
    }
  });

  it('gives nothing twice after it, and says that the window is not in the next reading', async () => {
    createStream();
    const reading = openGroup();
    await readAll(reading);
    await reading.acknowledge();
    await reading.acknowledge();
    expect(standIn.streams.committed(streamId, 'reports')).toEqual({ 0: 7, 1: 0, 2: 3 });
    expect(standIn.requests.filter(({ path }) => path.includes('/commit'))).toHaveLength(1);

    const idle = openGroup();
    await readAll(idle);
    await idle.acknowledge();
    expect(standIn.requests.filter(({ path }) => path.includes('/commit'))).toHaveLength(1);

    putHourly(1, 1);
    const next = await readAll(openGroup());
    expect(places(next)).toEqual(['events/1@0']);
    expect(next.outcome).toMatchObject({
      complete: false,
      reasons: [
        'partition 0: messages of the window begin at offset 0, but no message came: group reports committed them before, or another instance has the partition',
        'partition 2: messages of the window begin at offset 0, but no message came: group reports committed them before, or another instance has the partition',
      ],
    });
  });

  it('is complete when what was committed before is older than the window', async () => {
    standIn.streams.create(streamId, { name: 'events' });
    putHourly(0, 3, window.fromMs - 24 * hourMs);
    const before = openGroup();
    await readAll(before);
    await before.acknowledge();
    putHourly(0, 2);
    const result = await readAll(openGroup());
    expect(places(result)).toEqual(['events/0@3', 'events/0@4']);
    expect(result.outcome).toMatchObject({ complete: true, reasons: [] });
  });

  it('commits nothing that the next day needs: a later reading gets it, and is complete', async () => {
    standIn.streams.create(streamId, { name: 'events' });
    putHourly(0, 3);
    // One message an answer, or all would be on one page.
    const options = { cursor: 'group', group: 'reports', limit: 1 } as const;
    putHourly(0, 2, window.toMs);
    const read = (of: typeof window & { readonly aheadToMs?: number }) => create(options).read(of);
    const today = read({ ...window, aheadToMs: window.toMs + 6 * hourMs });
    expect(places(await readAll(today))).toHaveLength(5);
    await today.acknowledge();
    expect(standIn.streams.committed(streamId, 'reports')).toEqual({ 0: 3 });

    const tomorrow = read({ fromMs: window.toMs, toMs: window.toMs + 24 * hourMs });
    const result = await readAll(tomorrow);
    expect(places(result)).toEqual(['events/0@3', 'events/0@4']);
    expect(result.outcome).toMatchObject({ complete: true, reasons: [] });
  });

  it('commits only what was taken when the reading ends early', async () => {
    createStream();
    const reading = openGroup();
    let taken = 0;
    for await (const batch of reading.batches) {
      taken += batch.length;
      if (taken > 2) break;
    }
    await reading.acknowledge();
    const committed = Object.values(standIn.streams.committed(streamId, 'reports') ?? {});
    expect(committed.reduce((sum, offset) => sum + offset, 0)).toBe(2);
  });

  it('says when it could not commit, and can be asked again', async () => {
    createStream();
    const reading = openGroup();
    await readAll(reading);
    standIn.faults.next('/commit', { status: 503 }, 4);
    await expect(reading.acknowledge()).rejects.toThrow(OciCallError);
    expect(standIn.streams.committed(streamId, 'reports')).toEqual({});
    await reading.acknowledge();
    expect(standIn.streams.committed(streamId, 'reports')).toEqual({ 0: 7, 1: 0, 2: 3 });
  });
});

const statesOf = async (source: StreamingSource): Promise<(readonly [string, string])[]> =>
  (await source.diagnose(window)).findings.map(({ check, state }) => [check, state] as const);

describe('a diagnosis', () => {
  it('finds a stream that can be read', async () => {
    createStream();
    expect(await create().diagnose(window)).toEqual({
      findings: [
        { check: 'retention', state: 'ok', words: 'messages are kept for 168 h', advice: null },
        {
          check: 'messages',
          state: 'ok',
          words: '2 of 3 partitions of events have messages of the last days',
          advice: null,
        },
      ],
      eventTypes: null,
    });
  });

  it('warns of a short retention and of a stream without messages', async () => {
    standIn.streams.create(streamId, { retentionInHours: 24 });
    expect(await statesOf(create())).toEqual([
      ['retention', 'warning'],
      ['messages', 'warning'],
    ]);
  });

  it('warns of a group, and makes none', async () => {
    createStream();
    expect(await statesOf(create({ cursor: 'group', group: 'reports' }))).toContainEqual([
      'cursor',
      'warning',
    ]);
    expect(standIn.streams.committed(streamId, 'reports')).toBeNull();
  });

  it('says that a stream cannot be asked', async () => {
    expect(await statesOf(create())).toEqual([['stream', 'failed']]);
  });
});
