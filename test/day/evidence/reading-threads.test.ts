import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSources } from '../../../src/day/evidence/read-sources.js';
import { RecordsAhead, usualThreads } from '../../../src/day/evidence/records-ahead.js';
import type { EventSource, SourceRecord } from '../../../src/ports/event-source.js';
import type { Log } from '../../../src/ports/log.js';
import { openBackupReading } from '../../../src/reports/backup-compliance/events/open-reading.js';
import type { ThreadReading } from '../../../src/reports/record-reading.js';
import type { ReportKind } from '../../../src/reports/report-kind.js';
import { lineCountKind } from '../../support/line-count-kind.js';
import { auditEvent, conditionEvent, databaseEvent, rawEvent, volumeEvent } from '../../support/raw-event.js';
import { batchedSource } from '../../support/record-batches.js';

const fromMs = Date.parse('2026-11-19T00:00:00Z');
const window = { fromMs, toMs: fromMs + 86_400_000, aheadToMs: fromMs + 108_000_000 };
const days = [{ date: '2026-11-19', timezone: 'UTC', startMs: fromMs, cutOffMs: window.toMs }];
const line = (value: unknown): string => JSON.stringify(value);
const markingModule = new URL('../../support/marking-batch-reader.js', import.meta.url).href;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reading-threads-'));
});
afterAll(() => rm(folder, { recursive: true }));

const at = (minute: number): string => new Date(fromMs + minute * 60_000).toISOString();

/** Everything that records can be, some of it many times, and of one resource more than is ever compared. */
function allSorts(): readonly unknown[] {
  const records: unknown[] = [];
  for (let index = 0; index < 60; index += 1) {
    const id = `b-${index}`;
    const resourceId = `ocid1.dbbackup.oc1.${['iad', 'fra', 'us-ashburn-1'][index % 3]}.${index}`;
    const details = {
      databaseId: `ocid1.database.oc1.iad.d${index % 7}`,
      timeCreated: at(index),
      ...(index % 5 === 0
        ? { lifecycleState: 'FAILED', lifecycleDetails: `it failed for reason ${index}` }
        : {}),
      ...(index % 11 === 0 ? { expirationTime: at(60 * 24 * 9) } : {}),
      ...(index % 3 === 0 ? { sizeInGBs: index } : {}),
    };
    const data = { definedTags: { Operations: { Tier: String(index % 4) } }, freeformTags: { é: '漢' } };
    const begin = databaseEvent('begin', at(index), { id: `${id}-begin`, resourceId, details, data });
    const end = databaseEvent('end', at(index + 5), { id: `${id}-end`, resourceId, details, data });
    records.push(line(begin), line(end));
    if (index % 4 === 0) records.push(line(end), end);
    if (index % 6 === 0) records.push(line({ ...end, eventID: `again-${index}` }));
    if (index % 9 === 0) records.push(line({ '@timestamp': 't', host: 'h', event: end }), line([begin, end]));
  }
  for (let index = 0; index < 12; index += 1) {
    const details = { lifecycleState: 'FAILED', lifecycleDetails: `reason ${index}` };
    records.push(
      line(databaseEvent('end', at(200 + index), { id: `m-${index}`, resourceId: `m-${index}`, details })),
    );
  }
  const end = volumeEvent('end', at(100), { id: 'v' });
  return [
    ...records,
    line(databaseEvent('end', at(60 * 24 + 20), { details: { timeCreated: at(60 * 23) } })),
    line(databaseEvent('end', at(-9))),
    line(volumeEvent('end', at(30), { resourceId: null })),
    line(rawEvent({ type: 'databaseservice.launchdbsystem.begin', time: at(3) })),
    line(conditionEvent('critical', 'HEALTH.DB.BACKUP', at(4))),
    line(conditionEvent('information', 'HEALTH.DB.BACKUP_CLEARED', at(9))),
    line(auditEvent({ type: 'databaseservice.deletebackup', time: at(5) })),
    line(
      auditEvent({
        type: 'databaseservice.updatedatabase.end',
        time: at(6),
        resourceId: 'ocid1.database.oc1.iad.d1',
      }),
    ),
    line({
      stream: 's',
      partition: '0',
      offset: 7,
      key: null,
      value: Buffer.from(line(end)).toString('base64'),
    }),
    line(end).replace('"status":', '"status":"operationFailed","status":'),
    line(end).replace('{', '{\r'),
    line({ ...end, data: { ...end.data, inner: databaseEvent('end', at(7)) } }),
    line({ ...end, eventTime: 'whenever' }),
    line({ ...end, data: { ...end.data, additionalDetails: { volumeId: ['x'] } } }),
    '{"eventType": "com.oracle',
    'no JSON',
    '42',
    'null',
    '[]',
    '',
    '{}',
    '"\uD800"',
    ...records.slice(0, 40),
  ];
}

interface Outcome {
  readonly evidence: string;
  readonly warnings: readonly unknown[];
  readonly told: unknown;
}

async function read(
  kind: Pick<ReportKind, 'openReading'>,
  sources: readonly EventSource[],
  count: number,
): Promise<Outcome> {
  const evidencePath = join(folder, `${Math.trunc(performance.now() * 1000)}-${count}.gz`);
  const warnings: unknown[] = [];
  const log: Log = { info: () => undefined, warn: (fields) => void warnings.push(fields) };
  const language = { text: (key: string) => key };
  const request = { kind, sources, window, days, evidencePath, language, threads: { count, fromRecords: 0 } };
  const open = await readSources(request, { log });
  const { facts, acknowledge: _, ...rest } = await open.finish(null);
  return { evidence: gunzipSync(await readFile(evidencePath)).toString(), warnings, told: { facts, rest } };
}

/** Backups; its facts are all that it holds, as plain values. */
const backupKind: Pick<ReportKind, 'openReading'> = {
  openReading: (asked) => {
    const { finish, ...reading } = openBackupReading(asked, () => []);
    return {
      ...reading,
      finish: () => {
        const { duplicates, facts } = finish(null);
        const held = [...facts.ledger.groups()].map((group) => group.map(valuesOf));
        return { duplicates, facts: { ...facts, ledger: held, shared: [...facts.ledger.sharedIds()] } };
      },
    };
  },
};

/** An event is a view of columns: its fields are getters. */
function valuesOf(event: object): object {
  const getters = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(event));
  const fields = Object.keys(getters).filter((key) => key !== 'constructor');
  return Object.fromEntries(fields.map((key) => [key, Reflect.get(event, key)]));
}

/** Lines; a thread marks each text that it has seen, so that it shows what was read where. */
function markedKind(module: string): Pick<ReportKind, 'openReading'> {
  return {
    openReading: (asked) => {
      const reading = lineCountKind.openReading(asked);
      const openMarked: ThreadReading['openAnswers'] = () => (answer) => ({
        take: (index, number) => {
          const text: unknown = Reflect.get(Object(answer), index);
          if (typeof text !== 'string' || !text.includes('by thread')) return null;
          const [taken] = reading.take(JSON.parse(text), number);
          return taken === undefined ? null : { ...taken, passedOver: ['by thread'] };
        },
      });
      return { ...reading, threads: { module, window: asked, openAnswers: openMarked } };
    },
  };
}

const lineOf = (text: string): string => line({ text, time: '2026-11-19T03:00:00Z' });

describe('reading with threads', () => {
  it.each([1, 3])('gives the same with %i as with none', async (count) => {
    const records = allSorts();
    const sources = () => [
      batchedSource('first', records, 7),
      batchedSource('second', records.slice(0, 90).toReversed(), 11),
    ];
    const alone = await read(backupKind, sources(), 0);
    const shared = await read(backupKind, sources(), count);
    expect(shared).toEqual(alone);
    // The order of fields decides between tellings of one fact.
    expect(line(shared)).toBe(line(alone));
    expect(alone.evidence.split('\n').length).toBeGreaterThan(300);
    for (const disposition of ['used', 'duplicate', 'outside', 'ignored', 'rejected'])
      expect(alone.evidence).toContain(`"disposition":"${disposition}"`);
  });

  it('leaves to them what they know, and understands the rest itself, in order', async () => {
    const records = ['a by thread', 'b', 'c by thread', 'a by thread', 'b'].map(lineOf);
    const { evidence, told } = await read(markedKind(markingModule), [batchedSource('x', records, 2)], 2);
    const found = evidence
      .trim()
      .split('\n')
      .map((each) => /"place":"x:(\d)".*"disposition":"(\w+)"/.exec(each));
    expect(found.map((each) => each?.slice(1).join(' '))).toEqual([
      '1 used',
      '2 used',
      '3 used',
      '4 duplicate',
      '5 duplicate',
    ]);
    expect(told).toMatchObject({
      rest: { sources: [{ passedOver: { keys: [{ key: 'by thread', count: 3 }], others: 0 } }] },
    });
  });

  it.each([
    ['fails', '"throw"'],
    ['ends', '"exit"'],
  ])('loses nothing where one of them %s', async (_words, fatal) => {
    const records = [
      lineOf('a by thread'),
      fatal,
      ...Array.from({ length: 50 }, (_, number) => lineOf(`${number} by thread`)),
    ];
    const alone = await read(markedKind(markingModule), [batchedSource('x', records, 3)], 0);
    const { evidence, warnings } = await read(markedKind(markingModule), [batchedSource('x', records, 3)], 1);
    expect(evidence).toBe(alone.evidence);
    expect(warnings).toEqual([{ reason: expect.any(String) }]);
  });

  it('loses nothing where they cannot be loaded', async () => {
    const records = [lineOf('a by thread'), lineOf('b')];
    const kind = markedKind(`${markingModule}-missing`);
    const { evidence, warnings } = await read(kind, [batchedSource('x', records, 1)], 1);
    expect(evidence.trim().split('\n')).toHaveLength(2);
    expect(warnings).toHaveLength(1);
  });
});

const openAnswers: ThreadReading['openAnswers'] = () => () => ({ take: () => null });

describe('what waits for a thread', () => {
  it('is bounded, and is taken in the order of adding', async () => {
    const log: Log = { info: () => undefined, warn: () => undefined };
    const ahead = new RecordsAhead(
      { module: markingModule, window, openAnswers },
      { count: 2, fromRecords: 0 },
      log,
    );
    const taken: number[] = [];
    let mostWaiting = 0;
    for (let index = 0; index < 12; index += 1) {
      const batch: SourceRecord[] = [{ kind: 'text', text: 'x'.repeat(500_000), place: `x:${index}` }];
      await ahead.add(batch, async () => void taken.push(index));
      mostWaiting = Math.max(mostWaiting, index + 1 - taken.length);
    }
    await ahead.flush();
    await ahead.close();
    expect(mostWaiting).toBe(3);
    expect(taken).toEqual(Array.from({ length: 12 }, (_, index) => index));
  });
});

describe('the usual number of threads', () => {
  it.each([
    [1, 0],
    [2, 1],
    [3, 1],
    [4, 2],
    [64, 2],
  ])('on %i cores is %i', (cores, count) => {
    expect(usualThreads(cores)).toEqual({ count, fromRecords: 20_000 });
  });
});
