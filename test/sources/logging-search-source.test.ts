import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayMs, hourMs, minuteMs } from '../../src/base/time-units.js';
import type { OciConnection } from '../../src/oci/connection.js';
import type { SourceOutcome, SourceRecord } from '../../src/ports/event-source.js';
import { countOf } from '../../src/sources/logging-search/count-answer.js';
import { createLoggingSearchSource } from '../../src/sources/logging-search/logging-search-source.js';
import type { LoggingSearchOptions } from '../../src/sources/logging-search/options.js';
import { loggedAuditRecord } from '../support/audit-record.js';
import { connectTo } from '../support/oci-connection.js';
import type { CountForm } from '../support/oci/logging-search.js';
import { type StandIn, startStandIn } from '../support/oci/stand-in.js';

const window = { fromMs: Date.parse('2026-11-18T05:00:00Z'), toMs: Date.parse('2026-11-19T05:00:00Z') };

let standIn: StandIn;
let connection: OciConnection;
let nowMs: number;
let log: string;

beforeEach(async () => {
  standIn = await startStandIn();
  connection = await connectTo(standIn);
  nowMs = window.toMs + 6 * hourMs;
  log = `${standIn.credentials.tenancyId}/_Audit_Include_Subcompartment`;
});

afterEach(async () => {
  await standIn.close();
});

interface ReadResult {
  readonly records: readonly SourceRecord[];
  readonly outcome: SourceOutcome;
}

async function read(options: Partial<LoggingSearchOptions> = {}, range = window): Promise<ReadResult> {
  const common = { endpoint: standIn.url, ingestionDelayMs: dayMs, parallel: 2 };
  const source = createLoggingSearchSource(connection, { ...common, ...options }, () => nowMs);
  const { batches, outcome } = source.read(range);
  const records: SourceRecord[] = [];
  for await (const batch of batches) records.push(...batch);
  return { records, outcome: outcome() };
}

interface FoundEntry {
  readonly logContent: { readonly id: string };
}

const idsOf = ({ records }: ReadResult): string[] =>
  records
    .map((record) => ((record.kind === 'value' ? record.value : null) as FoundEntry).logContent.id)
    .sort();

/** One each five minutes, some of them at whole hours. */
function put(count: number, name = log): string[] {
  return Array.from({ length: count }, (_, index) => {
    const timeMs = window.fromMs + index * 5 * minuteMs;
    const id = `e${String(index).padStart(4, '0')}`;
    standIn.search.put(name, timeMs, loggedAuditRecord({ id, time: new Date(timeMs).toISOString() }));
    return id;
  });
}

const searches = (): Readonly<Record<string, unknown>>[] =>
  standIn.requests.filter(({ path }) => path.startsWith('/20190909/search')).map(({ json }) => json ?? {});

describe('records found by a search of Logging', () => {
  it.each(['count', 'summarize'] as const)('are shown to be all by %s', async (form: CountForm) => {
    standIn.search.countForm = form;
    standIn.search.pageSize = 10;
    const ids = put(100);
    const result = await read();
    expect(idsOf(result)).toEqual(ids);
    expect(result.outcome).toMatchObject({ complete: true, reasons: [] });
    expect(result.outcome.requests).toContainEqual(
      expect.objectContaining({
        operation: 'searchLogs',
        rows: 100,
        counted: 100,
        pages: 10,
        complete: true,
      }),
    );
    const [first] = result.records;
    expect(first?.kind === 'value' && first.value).toHaveProperty('datetime');
  });

  it.each([
    ['without its end', false, false],
    ['with its end', true, false],
    ['in whole seconds', false, true],
    ['in whole seconds with its end', true, true],
  ])('come once each where a range is taken %s', async (_, includesEnd, comparesSeconds) => {
    Object.assign(standIn.search, { includesEnd, comparesSeconds, silentCap: 20 });
    const ids = put(80);
    const result = await read();
    expect(idsOf(result)).toEqual(ids);
    expect(result.outcome.complete).toBe(true);
  });

  it('come where the start of a range is not in it', async () => {
    Object.assign(standIn.search, { excludesStart: true, silentCap: 20 });
    const ids = put(40);
    const edgeMs = (window.fromMs - 5 * minuteMs + nowMs) / 2;
    standIn.search.put(log, edgeMs, loggedAuditRecord({ id: 'edge', time: new Date(edgeMs).toISOString() }));
    const result = await read();
    expect(idsOf(result)).toEqual([...ids, 'edge']);
    expect(result.outcome.complete).toBe(true);
  });

  it('come whole through empty pages', async () => {
    Object.assign(standIn.search, { emptyEvery: 3, pageSize: 7 });
    const ids = put(50);
    expect(idsOf(await read())).toEqual(ids);
  });

  it('are asked for in ranges of at most 14 days', async () => {
    nowMs = window.toMs + 90 * dayMs;
    const from = { fromMs: window.toMs - 40 * dayMs, toMs: window.toMs };
    const ids = put(20);
    const result = await read({}, from);
    expect(idsOf(result)).toEqual(ids);
    const spans = searches().map(
      ({ timeStart, timeEnd }) => Date.parse(String(timeEnd)) - Date.parse(String(timeStart)),
    );
    expect(Math.max(...spans)).toBeLessThanOrEqual(14 * dayMs);
    expect(spans.length).toBeGreaterThan(7);
  });

  it('are those of the logs or the search of the user', async () => {
    const group = 'ocid1.compartment.oc1..x/ocid1.loggroup.oc1..y/ocid1.log.oc1..z';
    const ids = put(3, group);
    put(2);
    expect(idsOf(await read({ logs: [group] }))).toEqual(ids);
    expect(idsOf(await read({ search: ` search "${group}"` }))).toEqual(ids);
    expect(searches().some(({ searchQuery }) => searchQuery === `search "${group}"`)).toBe(true);
  });

  it.each([429, 500, 503, 'reset', 'torn', 'no-json'] as const)('are all there after %s', async (fault) => {
    standIn.search.pageSize = 10;
    const ids = put(30);
    const isLater = 'page=';
    standIn.faults.next(isLater, typeof fault === 'number' ? { status: fault } : { kind: fault }, 1);
    const result = await read();
    expect(standIn.faults.pending()).toBe(0);
    expect([idsOf(result), result.outcome.complete]).toEqual([ids, true]);
  });
});

describe('a search of Logging that cannot be shown to be whole', () => {
  it('says that the service counts otherwise, and does not halve for ever', async () => {
    const ids = put(5);
    standIn.search.countsMore = 1;
    const result = await read();
    expect(idsOf(result)).toEqual(ids);
    expect(result.outcome.complete).toBe(false);
    expect(result.outcome.reasons[0]).toMatch(/: \d records? (?:was|were) read, but the service counts \d$/);
    expect(searches().length).toBeLessThan(200);
  });

  it('says that the service does not count', async () => {
    const ids = put(5);
    standIn.search.countForm = 'none';
    const result = await read();
    expect(idsOf(result)).toEqual(ids);
    expect(result.outcome.reasons).toEqual([
      expect.stringMatching(/^the service does not count what it finds, .*400/),
    ]);
  });

  it('names what is refused', async () => {
    put(5);
    standIn.search.denied.add(log);
    const { outcome } = await read();
    expect(outcome.reasons).toEqual([expect.stringMatching(/^LogSearch searchLogs answered 404/)]);
  });

  it('keeps what came before a page that failed', async () => {
    standIn.search.pageSize = 10;
    put(30);
    standIn.faults.next('page=', { status: 500 }, 1000);
    const { records, outcome } = await read();
    expect([records.length, outcome.complete]).toEqual([10, false]);
  });

  it('is older than Audit keeps its records', async () => {
    put(5);
    standIn.audit.retentionPeriodDays = 90;
    nowMs = window.fromMs + 100 * dayMs;
    const { outcome } = await read();
    expect(outcome.reasons).toEqual([expect.stringMatching(/^Audit keeps records for 90 days/)]);
  });

  it('ends with the budget', async () => {
    standIn.search.pageSize = 2;
    put(50);
    const { outcome } = await read({ budget: { calls: 6 } });
    expect(outcome.reasons).toEqual([expect.stringMatching(/budget of 6 calls/)]);
  });
});

describe('the answer to a count', () => {
  const rows: readonly [string, readonly unknown[], number | null][] = [
    ['a number under a name', [{ count: 5 }], 5],
    ['text under another name', [{ 'count()': '5' }], 5],
    [
      'a number within the content of an entry, beside a time',
      [{ datetime: 1795143857102, logContent: { count: 7 } }],
      7,
    ],
    ['no result', [], 0],
    ['several results', [{ count: 5 }, { count: 6 }], null],
    ['several numbers', [{ count: 5, other: 6 }], null],
    ['no number', [{ count: 'many' }], null],
    ['a part of one', [{ count: 1.5 }], null],
  ];
  it.each(rows)('%s', (_, results, count) => {
    expect(countOf(results)).toBe(count);
  });
});
