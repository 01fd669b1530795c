import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CredentialsRefused } from '../../src/errors.js';
import type { ForwardPlan } from '../../src/forward/forward-plan.js';
import { forwardRecords } from '../../src/forward/forward-records.js';
import { createMemoryArchive } from '../support/memory-archive.js';
import {
  MemoryLog,
  type TestRecord,
  collectedSource,
  forwardPlan,
  portsOf,
  testEntry,
} from '../support/forwarding.js';

const at = (minute: number): string =>
  new Date(Date.parse('2026-11-19T00:00:00Z') + minute * 60_000).toISOString();

function record(number: number, collected = at(number), text = ''): TestRecord {
  return { id: `event-${number}`, time: at(number), collected, text };
}

const records = (from: number, to: number): TestRecord[] =>
  Array.from({ length: to - from }, (_, index) => record(from + index));

class Forwarding {
  readonly archive = createMemoryArchive();
  readonly sink = new MemoryLog();
  nowMs = Date.parse(at(60));
  plan: ForwardPlan = forwardPlan;

  run(given: readonly TestRecord[], reasons: readonly string[] = []) {
    const source = collectedSource(given, reasons);
    return forwardRecords(
      this.plan,
      portsOf(this.archive, source, this.sink, () => this.nowMs),
    );
  }

  ids(): readonly string[] {
    return this.sink.entries.map(({ data }) => (JSON.parse(data) as { id: string }).id);
  }

  async file(ending: string): Promise<Record<string, unknown>> {
    const key = this.archive.keys().findLast((each) => each.endsWith(ending)) ?? '';
    const bytes = await this.archive.read(key);
    return JSON.parse(Buffer.from(bytes ?? []).toString()) as Record<string, unknown>;
  }
}

describe('forward', () => {
  it('sends each record once, with an id and a time of its own, and goes on from the journal', async () => {
    const forwarding = new Forwarding();
    const first = await forwarding.run(records(0, 30));
    expect(first).toMatchObject({ isFirst: true, records: 30, there: 0, reasons: [], unavailable: null });
    expect(forwarding.sink.entries.slice(0, 2)).toMatchObject([testEntry(record(0)), testEntry(record(1))]);
    forwarding.nowMs += 60 * 60_000;
    const second = await forwarding.run(records(0, 90));
    // The overlap of half an hour begins at 00:30; nothing of it lay in the log.
    expect(second).toMatchObject({ isFirst: false, records: 60, there: 0 });
    expect(forwarding.ids()).toEqual(records(0, 90).map(({ id }) => id));
  });

  it('does not lose what is collected late, and does not send the overlap again', async () => {
    const forwarding = new Forwarding();
    await forwarding.run(records(0, 60));
    forwarding.nowMs += 10 * 60_000;
    // It happened long before, and was collected a little before the end of the first reading.
    const late = { id: 'late', time: at(-9000), collected: at(59) };
    const second = await forwarding.run([...records(0, 60), late]);
    expect([second.records, second.there]).toEqual([31, 30]);
    expect(forwarding.ids().filter((id) => id === 'late')).toEqual(['late']);
    expect(new Set(forwarding.ids()).size).toBe(forwarding.ids().length);
  });

  it('leaves what is collected at its very end to the next time', async () => {
    const forwarding = new Forwarding();
    await forwarding.run([record(59), record(60)]);
    expect(forwarding.ids()).toEqual(['event-59']);
    forwarding.nowMs += 1;
    await forwarding.run([record(59), record(60)]);
    expect(forwarding.ids()).toEqual(['event-59', 'event-60']);
  });

  it('begins the next time where it was, where a source was not read to its end', async () => {
    const forwarding = new Forwarding();
    const first = await forwarding.run(records(0, 10), ['the service did not answer']);
    expect(first.reasons).toEqual(['activity: the service did not answer']);
    forwarding.nowMs += 24 * 60 * 60_000;
    await forwarding.run(records(0, 50));
    expect(forwarding.ids()).toEqual(records(0, 50).map(({ id }) => id));
  });

  it('begins where the first run began, until one was complete, whatever the configuration says by then', async () => {
    const forwarding = new Forwarding();
    forwarding.plan = { ...forwardPlan, firstMs: Date.parse(at(0)) };
    await forwarding.run([], ['the service did not answer']);
    forwarding.nowMs += 48 * 60 * 60_000;
    // The default is a day before the run.
    forwarding.plan = { ...forwardPlan, firstMs: forwarding.nowMs - 24 * 60 * 60_000 };
    await forwarding.run(records(0, 30));
    expect(forwarding.ids()).toHaveLength(30);
  });

  it('is not complete with a record that cannot be read, and says which', async () => {
    const forwarding = new Forwarding();
    const source = { ...collectedSource([]), read: () => readingOf([{ id: 'odd' }]) };
    const odd = await forwardRecords(
      forwardPlan,
      portsOf(forwarding.archive, source, forwarding.sink, () => forwarding.nowMs),
    );
    expect(odd).toMatchObject({ records: 1, rejected: 1, reasons: ['odd-1: no such record'] });
  });

  it('cuts requests by bytes', async () => {
    const forwarding = new Forwarding();
    forwarding.sink.largestRequestBytes = 100;
    await forwarding.run(records(0, 12));
    expect(forwarding.sink.requests).toBe(4);
    expect(forwarding.ids()).toHaveLength(12);
  });

  it('names what the log does not take, keeps it in a file, and sends it never again', async () => {
    const forwarding = new Forwarding();
    forwarding.sink.refuses = ({ data }) => data.includes('event-7"');
    const large = record(3, at(3), 'x'.repeat(2000));
    const given = [...records(0, 3), large, ...records(4, 12)];
    const { batches } = await forwarding.run(given);
    expect(batches).toHaveLength(1);
    expect(batches[0]).toMatchObject({
      accepted: 10,
      possiblyTwice: [],
      refused: [
        { id: testEntry(large).id, reason: 'the log takes up to 1000 bytes of a record' },
        { id: testEntry(record(7)).id, reason: '400 InvalidParameter' },
      ],
    });
    const key = forwarding.archive.keys().find((each) => each.endsWith('.refused.ndjson.gz')) ?? '';
    const lines = gunzipSync((await forwarding.archive.read(key)) ?? Buffer.alloc(0)).toString();
    expect(lines).toContain('x'.repeat(2000));
    const asked = forwarding.sink.requests;
    await forwarding.run(given);
    expect(forwarding.sink.requests).toBe(asked);
  });

  it('takes no record for refused where the log refuses all', async () => {
    const forwarding = new Forwarding();
    forwarding.sink.refuses = () => true;
    const { batches, unavailable } = await forwarding.run(records(0, 40));
    expect(batches).toEqual([]);
    expect(unavailable).toEqual({ words: 'it refuses every entry: 400 InvalidParameter', isUnknown: false });
    expect(forwarding.sink.requests).toBeLessThan(60);
    forwarding.sink.refuses = () => false;
    await forwarding.run(records(0, 40));
    expect(forwarding.ids()).toHaveLength(40);
  });
});

describe('after a lost answer', () => {
  it('sends the same ids again, and names them until a search has counted them', async () => {
    const forwarding = new Forwarding();
    forwarding.sink.next.push('taken');
    const { batches, readBack } = await forwarding.run(records(0, 3));
    const ids = records(0, 3).map((each) => testEntry(each).id);
    expect(batches).toMatchObject([
      { accepted: 3, possiblyTwice: ids, doubts: ['the connection was closed'] },
    ]);
    expect(forwarding.sink.entries.map(({ id }) => id)).toEqual([...ids, ...ids]);
    expect(readBack).toEqual([{ batch: 1, found: null, doubt: 'forward.readBack is not configured' }]);
  });

  it('leaves the batch open where no answer comes, and the next run sends it first', async () => {
    const forwarding = new Forwarding();
    forwarding.sink.next.push('taken', 'taken', 'taken');
    const first = await forwarding.run(records(0, 3));
    expect(first.unavailable).toEqual({ words: 'the connection was closed', isUnknown: true });
    const second = await forwarding.run(records(0, 5));
    expect(second).toMatchObject({ resumed: 1, unavailable: null });
    expect(second.batches).toMatchObject([
      { batch: 1, accepted: 3, possiblyTwice: { length: 3 }, unknown: [] },
      { batch: 2, accepted: 2, possiblyTwice: [], unknown: [] },
    ]);
  });

  it('names what a source gives no more; nobody knows whether the log has it', async () => {
    const forwarding = new Forwarding();
    forwarding.sink.next.push(...Array.from({ length: 3 }, () => 'taken' as const));
    await forwarding.run(records(0, 3));
    const { batches } = await forwarding.run(records(1, 3));
    expect(batches).toMatchObject([{ accepted: 2, unknown: [testEntry(record(0)).id] }]);
    expect(await forwarding.file('batch-00000001.json')).toMatchObject({
      unknown: [testEntry(record(0)).id],
    });
  });

  it('waits where that source was not read to its end', async () => {
    const forwarding = new Forwarding();
    forwarding.sink.next.push(...Array.from({ length: 3 }, () => 'taken' as const));
    await forwarding.run(records(0, 3));
    const held = await forwarding.run(records(1, 3), ['the service did not answer']);
    expect(held).toMatchObject({ batches: [], reasons: ['activity: the service did not answer'] });
    const { batches } = await forwarding.run(records(0, 3));
    expect(batches).toMatchObject([{ batch: 1, accepted: 3, unknown: [] }]);
  });
});

const notFound = { kind: 'refused', because: 'log', reason: '404 NotAuthorizedOrNotFound' } as const;
const unsent = { kind: 'unsent', reason: 'connect ECONNREFUSED' } as const;
const lost = { kind: 'unanswered', reason: '503 ServiceUnavailable' } as const;

describe('a batch that the log certainly did not take', () => {
  it.each([
    ['refused by the log', [notFound]],
    ['that never left this machine', [unsent, unsent, unsent]],
    ['that never left at first, and was refused then', [unsent, notFound]],
  ] as const)('%s, is sent again by the next run, and is not there twice', async (_name, outcomes) => {
    const forwarding = new Forwarding();
    for (let run = 0; run < 3; run += 1) {
      forwarding.sink.next.push(...outcomes);
      const { unavailable, batches } = await forwarding.run(records(0, 3));
      expect(unavailable).toEqual({ words: outcomes.at(-1)?.reason, isUnknown: false });
      expect(batches).toEqual([]);
    }
    const last = await forwarding.run(records(0, 5));
    expect(last).toMatchObject({
      resumed: 1,
      batches: [
        { batch: 1, accepted: 3, possiblyTwice: [], doubts: [] },
        { batch: 2, accepted: 2 },
      ],
      readBack: [],
    });
    expect(forwarding.ids()).toEqual(records(0, 5).map(({ id }) => id));
    expect(forwarding.archive.keys().filter((key) => /doubt|read-back/.test(key))).toEqual([]);
  });

  it('because it does not accept the credentials, is not there twice either', async () => {
    const forwarding = new Forwarding();
    forwarding.sink.next.push(new CredentialsRefused('OCI does not accept the credentials: 401'));
    await expect(forwarding.run(records(0, 3))).rejects.toThrow('401');
    expect((await forwarding.run(records(0, 3))).batches).toMatchObject([{ accepted: 3, possiblyTwice: [] }]);
  });

  it('is in doubt where a request before the refusal was not answered', async () => {
    const forwarding = new Forwarding();
    forwarding.sink.next.push(lost, notFound);
    expect((await forwarding.run(records(0, 3))).unavailable).toMatchObject({ isUnknown: true });
    const { batches } = await forwarding.run(records(0, 3));
    expect(batches).toMatchObject([{ accepted: 3, possiblyTwice: { length: 3 } }]);
  });

  it('is in doubt where half of it was taken before the refusal', async () => {
    const forwarding = new Forwarding();
    const tooLarge = { kind: 'refused', because: 'size', reason: '413' } as const;
    forwarding.sink.next.push(tooLarge, { kind: 'accepted', requestId: 'one' }, notFound);
    expect((await forwarding.run(records(0, 4))).unavailable).toMatchObject({ isUnknown: false });
    const { batches } = await forwarding.run(records(0, 4));
    expect(batches).toMatchObject([{ accepted: 4, possiblyTwice: { length: 4 } }]);
  });

  it('is in doubt where a request of its halves was lost, and all are refused after', async () => {
    const forwarding = new Forwarding();
    forwarding.sink.next.push(lost);
    forwarding.sink.refuses = () => true;
    expect((await forwarding.run(records(0, 3))).unavailable).toMatchObject({ isUnknown: true });
    forwarding.sink.refuses = () => false;
    const { batches } = await forwarding.run(records(0, 3));
    expect(batches).toMatchObject([{ accepted: 3, possiblyTwice: { length: 3 } }]);
  });

  it('is in doubt again where a later time was not answered, or its run was stopped', async () => {
    const forwarding = new Forwarding();
    forwarding.sink.next.push(notFound);
    await forwarding.run(records(0, 3));
    forwarding.sink.next.push(lost, lost, lost);
    await forwarding.run(records(0, 3));
    forwarding.sink.next.push(notFound);
    await forwarding.run(records(0, 3));
    const { batches } = await forwarding.run(records(0, 3));
    expect(batches).toMatchObject([{ accepted: 3, possiblyTwice: { length: 3 } }]);
  });

  it('is in doubt where something else went wrong: whether the request left is not known', async () => {
    const forwarding = new Forwarding();
    forwarding.sink.next.push(new Error('odd'));
    await expect(forwarding.run(records(0, 3))).rejects.toThrow('odd');
    const { batches } = await forwarding.run(records(0, 3));
    expect(batches).toMatchObject([{ accepted: 3, possiblyTwice: { length: 3 } }]);
  });
});

describe('the journal', () => {
  it.each([
    ['a claim that is gone', '.claim.json', null, 'the claim of batch 1 is missing'],
    ['a claim that is no JSON', '.claim.json', '{"', 'it is no such file of this program'],
    [
      'an acknowledgement of another shape',
      '00001.json',
      '{"schemaVersion":2}',
      'it is no such file of this program',
    ],
  ])('stops at %s: nobody knows what the log has', async (_name, ending, content, words) => {
    const forwarding = new Forwarding();
    forwarding.sink.next.push('taken');
    await forwarding.run(records(0, 3));
    const intact = forwarding.archive;
    const copy = new Forwarding();
    for (const key of intact.keys()) {
      const isIt = key.endsWith(ending) && key.includes('batch-');
      const bytes = isIt ? content && Buffer.from(content) : await intact.read(key);
      if (bytes) await copy.archive.create(key, { bytes }, 'application/json');
    }
    await expect(copy.run(records(0, 4))).rejects.toThrow(words);
    expect(copy.sink.requests).toBe(0);
  });

  it('of another number begins anew', async () => {
    const forwarding = new Forwarding();
    await forwarding.run(records(0, 3));
    forwarding.plan = { ...forwardPlan, journal: 2 };
    await forwarding.run(records(0, 3));
    expect(forwarding.ids()).toHaveLength(6);
  });

  it('stops where another run has claimed the batch meanwhile', async () => {
    const forwarding = new Forwarding();
    const racing = createMemoryArchive();
    let isRacing = false;
    const archive = {
      ...racing,
      create: async (...[key, body, type]: Parameters<typeof racing.create>) => {
        if (isRacing || !key.endsWith('.claim.json')) return racing.create(key, body, type);
        isRacing = true;
        await racing.create(key, { bytes: Buffer.from('{}') }, type);
        return racing.create(key, body, type);
      },
    };
    const ports = portsOf(archive, collectedSource(records(0, 3)), forwarding.sink, () => forwarding.nowMs);
    await expect(forwardRecords(forwardPlan, ports)).rejects.toThrow('another forward is at work');
    expect(forwarding.sink.requests).toBe(0);
  });

  it('reads only what matters: older batches are not read again', async () => {
    const forwarding = new Forwarding();
    for (let hour = 0; hour < 5; hour += 1) {
      await forwarding.run(records(hour * 60, hour * 60 + 60));
      forwarding.nowMs += 60 * 60_000;
    }
    const read: string[] = [];
    const archive = {
      ...forwarding.archive,
      read: async (key: string) => {
        read.push(key);
        return forwarding.archive.read(key);
      },
    };
    const source = collectedSource(records(240, 300));
    await forwardRecords(
      forwardPlan,
      portsOf(archive, source, forwarding.sink, () => forwarding.nowMs),
    );
    expect(read.filter((key) => key.includes('.claim.json')).map((key) => key.slice(-22, -11))).toEqual([
      expect.stringContaining('00000005'),
    ]);
  });
});

function readingOf(values: readonly unknown[]) {
  async function* batches() {
    yield values.map((value, index) => ({ kind: 'value' as const, value, place: `odd-${index + 1}` }));
  }
  return { batches: batches(), outcome: () => ({ complete: true, reasons: [], requests: [] }) };
}
