import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { dayMs } from '../../src/base/time-units.js';
import type { SourceRequest } from '../../src/model/manifest.js';
import type { HttpOptions } from '../../src/oci/http-client.js';
import type { SourceOutcome } from '../../src/ports.js';
import { createLogAnalyticsSource } from '../../src/sources/log-analytics/log-analytics-source.js';
import type { LogAnalyticsOptions } from '../../src/sources/log-analytics/options.js';
import { type LoggedLine, connectTo, quickHttp } from '../support/oci-connection.js';
import { logSource } from '../support/oci-project.js';
import { type StandIn, startStandIn } from '../support/oci/stand-in.js';
import { databaseEvent } from '../support/raw-event.js';

const window = { fromMs: Date.parse('2026-11-19T00:00:00Z'), toMs: Date.parse('2026-11-20T00:00:00Z') };
const nowMs = window.toMs + 6 * 3_600_000;
const query = 'search/actions/query';

let standIn: StandIn;

beforeEach(async () => {
  standIn = await startStandIn();
});

afterEach(() => standIn.close());

interface Reading {
  /** The `Event ID` of each record, sorted. */
  readonly ids: readonly string[];
  readonly outcome: SourceOutcome;
}

async function read(
  options: Partial<LogAnalyticsOptions> = {},
  lines: LoggedLine[] = [],
  http: HttpOptions = quickHttp,
): Promise<Reading> {
  const connection = await connectTo(standIn, http, lines);
  const source = createLogAnalyticsSource(
    connection,
    {
      endpoint: standIn.url,
      namespace: standIn.namespace,
      compartmentId: 'ocid1.compartment.oc1..prod',
      includeSubcompartments: true,
      logSource,
      ingestionDelayMs: dayMs,
      exportAbove: 1_000_000,
      parallel: 4,
      pollMs: 1,
      ...options,
    },
    () => nowMs,
  );
  const { batches, outcome } = source.read(window);
  const ids: string[] = [];
  for await (const batch of batches) {
    for (const record of batch) {
      const row = record.kind === 'value' ? (record.value as Readonly<Record<string, unknown>>) : {};
      ids.push(JSON.parse(String(row['Original Log Content'] ?? row['mbody'])).eventID);
    }
  }
  return { ids: ids.sort(), outcome: outcome() };
}

/** `count` events with the ids `e0`, `e1`, …, spread over the day or all at one instant. */
function addEvents(count: number, at: (index: number) => number, from = 0): void {
  for (let index = from; index < from + count; index += 1) {
    const timeMs = at(index);
    const event = databaseEvent('end', new Date(timeMs).toISOString(), { id: `e${index}` });
    standIn.logs.add({ source: logSource, timeMs, event });
  }
}

function idsUpTo(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `e${index}`).sort();
}

const overTheDay =
  (count: number) =>
  (index: number): number =>
    window.fromMs + Math.floor((index * dayMs) / count);

describe('many events behind the cap of a query', () => {
  it.each([false, true])(
    'come back exactly once: 15,000 of them; the end of a window is not in it: %s',
    async (endExclusive) => {
      standIn.logs.endExclusive = endExclusive;
      addEvents(15_000, overTheDay(15_000));
      const { ids, outcome } = await read();
      expect(outcome.reasons).toEqual([]);
      expect(ids).toEqual(idsUpTo(15_000));
    },
  );

  it('come by an export where a burst fills the shortest slice', async () => {
    addEvents(3000, overTheDay(3000));
    addEvents(5000, () => window.fromMs + 40_000_000, 3000);
    const { ids, outcome } = await read();
    expect(outcome.reasons).toEqual([]);
    expect(ids).toEqual(idsUpTo(8000));
    expect(modesOf(outcome.requests)).toContain('export');
  });

  it('are said to be incomplete where the export of a burst fails, too', async () => {
    addEvents(5000, () => window.fromMs + 40_000_000);
    standIn.faults.next('search/actions/export', { status: 404 }, 100);
    const { outcome } = await read();
    expect(outcome.complete).toBe(false);
    expect(outcome.reasons.join()).toContain('exportQueryResult answered 404');
  });

  it('come by exports when they are very many', async () => {
    addEvents(12_000, overTheDay(12_000));
    const { ids, outcome } = await read({ exportAbove: 10_000 });
    expect(outcome.reasons).toEqual([]);
    expect(ids).toEqual(idsUpTo(12_000));
    expect(modesOf(outcome.requests)).toEqual(['export']);
  });

  it('come by a job where a query was not answered in time', async () => {
    addEvents(10, overTheDay(10));
    standIn.faults.next((request) => isSelect(request.body), { kind: 'slow', ms: 600_000 });
    const { ids, outcome } = await read({}, [], { ...quickHttp, timeoutMs: 2000 });
    expect(outcome.reasons).toEqual([]);
    expect(ids).toEqual(idsUpTo(10));
    expect(modesOf(outcome.requests)).toEqual(['asynchronous']);
  });

  it('come by jobs where the service is too slow to answer at once', async () => {
    addEvents(1500, overTheDay(1500));
    standIn.logs.syncLimitRows = 100;
    const { ids, outcome } = await read();
    expect(outcome.reasons).toEqual([]);
    expect(ids).toEqual(idsUpTo(1500));
    expect(modesOf(outcome.requests)).toContain('asynchronous');
  });
});

function modesOf(requests: readonly SourceRequest[]): unknown[] {
  return [...new Set(requests.filter(({ operation }) => operation === 'query').map(({ mode }) => mode))];
}

describe('a window wider than the day', () => {
  it('finds an event whose record came hours later', async () => {
    const event = databaseEvent('end', '2026-11-19T23:59:00Z', { id: 'late' });
    standIn.logs.add({ source: logSource, timeMs: window.toMs + 5 * 3_600_000, event });
    expect((await read()).ids).toEqual(['late']);
  });

  it.each(['internalName', 'displayName'] as const)('reads rows with keys by %s', async (keyRowsBy) => {
    standIn.logs.keyRowsBy = keyRowsBy;
    standIn.logs.timeFormat = 'iso';
    addEvents(10, overTheDay(10));
    expect((await read()).ids).toEqual(idsUpTo(10));
  });
});

describe('faults', () => {
  it.each([
    ['429 with Retry-After', { status: 429, retryAfterSeconds: 0 }],
    ['500', { status: 500 }],
    ['a reset connection', { kind: 'reset' }],
    ['a torn body', { kind: 'torn' }],
    ['one 401', { status: 401 }],
    ['partial results', { kind: 'partial' }],
    ['fewer rows than counted', { kind: 'short' }],
  ] as const)('that pass change nothing: %s', async (_what, fault) => {
    addEvents(2500, overTheDay(2500));
    const lines: LoggedLine[] = [];
    standIn.faults.next((request) => isSelect(request.body), fault);
    const { ids, outcome } = await read({}, lines);
    expect(outcome.reasons).toEqual([]);
    expect(ids).toEqual(idsUpTo(2500));
    expect(standIn.faults.pending()).toBe(0);
  });

  it.each([
    ['500', { status: 500 }, 'answered 500'],
    ['404', { status: 404 }, 'answered 404'],
    ['no answer in time', { kind: 'slow', ms: 600_000 }, 'no answer for 2 s'],
    ['hidden content', { kind: 'hidden' }, 'content is hidden'],
    ['partial results', { kind: 'partial' }, 'partial'],
  ] as const)('that stay are told: %s', async (_what, fault, words) => {
    addEvents(10, overTheDay(10));
    standIn.faults.next(query, fault, 1_000_000);
    const connectionOptions = { ...quickHttp, timeoutMs: 2000 };
    const connection = await connectTo(standIn, connectionOptions);
    const source = createLogAnalyticsSource(
      connection,
      {
        endpoint: standIn.url,
        namespace: standIn.namespace,
        compartmentId: 'ocid1.compartment.oc1..prod',
        includeSubcompartments: true,
        logSource,
        ingestionDelayMs: 0,
        exportAbove: 1000,
        parallel: 2,
        pollMs: 1,
      },
      () => nowMs,
    );
    const { batches, outcome } = source.read(window);
    for await (const batch of batches) expect(batch).toBeDefined();
    expect(outcome().complete).toBe(false);
    expect(outcome().reasons.join()).toContain(words);
  });

  it('logs each retry once, with the id that support asks for', async () => {
    addEvents(10, overTheDay(10));
    const lines: LoggedLine[] = [];
    standIn.faults.next(query, { status: 503 }, 2);
    await read({}, lines);
    expect(lines).toHaveLength(2);
    expect(lines[0]?.fields).toMatchObject({
      service: 'LogAnalytics',
      operation: 'query',
      attempt: 1,
      reason: expect.stringMatching(/answered 503.*opc-request-id/),
    });
  });

  it('says so when rows stay short of their count', async () => {
    addEvents(10, overTheDay(10));
    standIn.faults.next((request) => isSelect(request.body), { kind: 'short' }, 1_000_000);
    const { outcome } = await read();
    expect(outcome.complete).toBe(false);
    expect(outcome.reasons.join()).toContain('the export has 0 rows, the service counts 1');
  });
});

function isSelect(body: Buffer): boolean {
  return body.toString().includes('| fields');
}

describe('a query', () => {
  it('takes no name of a log source that could end its literal', async () => {
    await expect(read({ logSource: "x' or 'Log Source' != 'y" })).rejects.toThrow('cannot be quoted');
  });

  it('asks for the original content alone where the tenancy does not know all columns', async () => {
    addEvents(5, overTheDay(5));
    standIn.faults.next((request) => request.body.toString().includes('volumeName'), { status: 400 }, 100);
    const { ids, outcome } = await read();
    expect([ids, outcome.reasons]).toEqual([idsUpTo(5), []]);
    expect(outcome.requests).toContainEqual(
      expect.objectContaining({
        query: "'Log Source' = 'OCI_Backup_Event_Source' | fields 'Time', 'Original Log Content'",
      }),
    );
  });

  it('reads only its log source', async () => {
    addEvents(5, overTheDay(5));
    standIn.logs.add({ source: 'Other', timeMs: window.fromMs + 1000, event: { eventID: 'other' } });
    expect((await read()).ids).toEqual(idsUpTo(5));
  });
});
