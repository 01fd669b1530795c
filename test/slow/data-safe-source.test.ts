import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../src/base/time-units.js';
import type { OciConnection } from '../../src/oci/connection.js';
import type { SourceOutcome, SourceRecord } from '../../src/ports/event-source.js';
import type { JsonObject } from '../../src/records/json.js';
import { createCollectedSource } from '../../src/sources/data-safe/collected-source.js';
import { createDataSafeSource } from '../../src/sources/data-safe/data-safe-source.js';
import type { DataSafeOptions } from '../../src/sources/data-safe/options.js';
import { dataSafeEvent } from '../support/data-safe-events.js';
import { connectTo } from '../support/oci-connection.js';
import { type StandIn, startStandIn } from '../support/oci/stand-in.js';

const window = { fromMs: Date.parse('2026-11-18T05:00:00Z'), toMs: Date.parse('2026-11-19T05:00:00Z') };
const compartmentId = 'ocid1.compartment.oc1..prod';
const trailId = 'ocid1.datasafeaudittrail.oc1..t1';
const targetId = 'ocid1.datasafetargetdatabase.oc1..erp';

let standIn: StandIn;
let connection: OciConnection;
let nowMs: number;

beforeEach(async () => {
  standIn = await startStandIn();
  connection = await connectTo(standIn);
  nowMs = window.toMs + 6 * hourMs;
  const timeLastCollected = '2026-11-19T09:00:00.000Z';
  standIn.dataSafe.trails.push({ id: trailId, targetId, status: 'COLLECTING', timeLastCollected });
});

afterEach(() => standIn.close());

const optionsOf = (more: Partial<DataSafeOptions> = {}): DataSafeOptions => ({
  endpoint: standIn.url,
  compartmentId,
  includeSubcompartments: true,
  trailsTimeoutMs: 30_000,
  ...more,
});

/** `count` events an hour apart from the beginning of the window on, each collected ten minutes later. */
function put(count: number, fields: JsonObject = {}, fromMs = window.fromMs, prefix = 'e'): void {
  for (let index = 0; index < count; index += 1) {
    const ms = fromMs + (index * 23 * hourMs) / count;
    standIn.dataSafe.events.push(
      dataSafeEvent({
        id: `${prefix}${index}`,
        auditEventTime: new Date(ms).toISOString(),
        timeCollected: new Date(ms + 600_000).toISOString(),
        ...fields,
      }),
    );
  }
}

interface Read {
  readonly ids: readonly string[];
  readonly trails: readonly JsonObject[];
  readonly outcome: SourceOutcome;
}

async function read(more: Partial<DataSafeOptions> = {}): Promise<Read> {
  const source = createDataSafeSource(connection, optionsOf(more), () => nowMs);
  const { batches, outcome } = source.read(window);
  const values: JsonObject[] = [];
  for await (const batch of batches) values.push(...batch.map(valueOf));
  const ids = values.filter((each) => 'auditEventTime' in each).map(({ id }) => String(id));
  return { ids, trails: values.filter((each) => 'trailLocation' in each), outcome: outcome() };
}

function valueOf(record: SourceRecord): JsonObject {
  if (record.kind !== 'value') throw new Error(`a ${record.kind}`);
  return record.value as JsonObject;
}

const requestsTo = (path: string): readonly string[] =>
  standIn.requests.filter((each) => each.path.includes(path)).map((each) => decodeURIComponent(each.path));

describe('a compartment below that may not be read', () => {
  it('makes the reading INCOMPLETE: its events are not left out without a word', async () => {
    put(3);
    put(2, { compartmentId: 'ocid1.compartment.oc1..below' }, window.fromMs, 'hidden');
    expect((await read()).ids).toHaveLength(5);
    standIn.dataSafe.hidden.add('ocid1.compartment.oc1..below');
    const { ids, outcome } = await read();
    expect(ids).toEqual([]);
    expect(outcome).toMatchObject({
      complete: false,
      reasons: expect.arrayContaining([expect.stringContaining('404')]),
    });
    expect((await read({ includeSubcompartments: false })).outcome.complete).toBe(true);
  });
});

describe('a reading', () => {
  it('gives what happened in the window, ascending by collection, page by page, and proves it by a count', async () => {
    put(25);
    put(3, {}, window.fromMs - dayMs, 'before');
    put(3, {}, window.toMs, 'after');
    standIn.dataSafe.maxPage = 10;
    const { ids, outcome } = await read();
    expect(ids).toEqual(Array.from({ length: 25 }, (_, index) => `e${index}`));
    expect(outcome).toMatchObject({ complete: true, reasons: [] });
    expect(outcome.requests).toContainEqual(expect.objectContaining({ counted: 25 }));
    const [first] = requestsTo('/auditEvents?');
    expect(first).toContain('(auditEventTime ge "2026-11-18T05:00:00.000Z")');
    expect(first).toContain('compartmentIdInSubtree=true&accessLevel=RESTRICTED&limit=1000');
    expect(first).toContain('sortOrder=ASC&sortBy=timeCollected');
  });

  it('asks for one compartment alone without an access level', async () => {
    put(2);
    put(2, { compartmentId: 'ocid1.compartment.oc1..below' }, window.fromMs, 'b');
    const { ids } = await read({ includeSubcompartments: false });
    expect(ids).toEqual(['e0', 'e1']);
    expect(requestsTo('accessLevel')).toEqual([]);
  });

  it('gives an event once that comes on two pages', async () => {
    put(12);
    standIn.dataSafe.maxPage = 5;
    standIn.dataSafe.repeats = 2;
    const { ids, outcome } = await read();
    expect(ids).toHaveLength(12);
    expect(outcome.complete).toBe(true);
  });

  it('reads once more where an event was collected meanwhile', async () => {
    put(3);
    let lists = 0;
    standIn.dataSafe.onList = () => {
      lists += 1;
      // After the list was made, before it is counted.
      if (lists === 1) queueMicrotask(() => put(1, {}, window.fromMs + hourMs, 'new'));
    };
    const { ids, outcome } = await read();
    expect(ids).toEqual(['e0', 'e1', 'e2', 'new0']);
    expect(outcome.complete).toBe(true);
  });

  it.each([1, -1])('is not complete where the count stays off by %i', async (countsMore) => {
    put(3);
    standIn.dataSafe.countsMore = countsMore;
    const { ids, outcome } = await read();
    expect(ids).toHaveLength(3);
    expect(outcome.complete).toBe(false);
    expect(outcome.reasons[0]).toBe(`3 audit events came, the service counts ${3 + countsMore}`);
  });

  it.each(['ALL_RECORD', 'allRecords'])('knows a count by the name %s', async (countName) => {
    put(3);
    standIn.dataSafe.countName = countName;
    expect((await read()).outcome.complete).toBe(true);
  });

  it('gives what arrived late for earlier days, by the time of collection', async () => {
    put(1);
    const late = { timeCollected: '2026-11-18T12:00:00.000Z' };
    put(2, late, window.fromMs - 3 * dayMs, 'late');
    put(1, {}, window.fromMs - 3 * dayMs, 'told');
    const { ids, outcome } = await read();
    expect(ids).toEqual(['e0', 'late1', 'late0']);
    expect(outcome.complete).toBe(true);
  });
});

describe('the trails', () => {
  it('are read with the time until which they were collected, and how long events are kept', async () => {
    standIn.dataSafe.profiles.push({ targetId, onlineMonths: 12 });
    const { trails, outcome } = await read();
    expect(trails).toEqual([
      expect.objectContaining({
        id: trailId,
        status: 'COLLECTING',
        timeLastCollected: '2026-11-19T09:00:00.000Z',
        timeRead: '2026-11-19T11:00:00.000Z',
        onlineMonths: 12,
      }),
    ]);
    expect(outcome.complete).toBe(true);
  });

  it('that may not be read make the outcome incomplete, and the events come all the same', async () => {
    put(2);
    standIn.faults.next('/auditTrails?', { status: 404 }, 10);
    const { ids, trails, outcome } = await read();
    expect([ids.length, trails.length]).toEqual([2, 0]);
    expect(outcome.reasons).toEqual([
      expect.stringMatching(
        /^the state of the audit trails could not be read, so silence proves nothing: DataSafe listAuditTrails answered 404/,
      ),
    ]);
  });

  it('of which one may not be read is given as the list has it', async () => {
    standIn.faults.next(`/auditTrails/${trailId}`, { status: 404 }, 10);
    const { trails, outcome } = await read();
    expect(trails[0]).not.toHaveProperty('timeLastCollected');
    expect(outcome.reasons).toEqual([expect.stringContaining('until when an audit trail was collected')]);
  });

  it('are given up after their time', async () => {
    put(2);
    standIn.faults.next('/auditTrails?', { kind: 'slow', ms: 60_000 });
    const { ids, outcome } = await read({ trailsTimeoutMs: 1000 });
    expect(ids).toHaveLength(2);
    expect(outcome.reasons).toEqual([expect.stringContaining('there was no answer within 1 s')]);
  });

  it('of targets that keep events for a shorter time than the window is old say so', async () => {
    standIn.dataSafe.profiles.push({ targetId, onlineMonths: 1 });
    nowMs = window.toMs + 40 * dayMs;
    const { outcome } = await read();
    expect(outcome.reasons).toEqual([
      '1 target database keeps audit events for a shorter time than has passed since 2026-11-18T05:00:00.000Z: older ones are gone',
    ]);
  });

  it('do not need the right to read audit profiles', async () => {
    standIn.faults.next('/auditProfiles', { status: 404 }, 10);
    expect((await read()).outcome.complete).toBe(true);
  });
});

describe('a service that fails', () => {
  it.each([
    ['429 once', { status: 429 } as const, 1],
    ['500 twice', { status: 500 } as const, 2],
    ['a torn answer', { kind: 'torn' } as const, 1],
  ])('is asked again after %s', async (_words, fault, times) => {
    put(25);
    standIn.dataSafe.maxPage = 10;
    standIn.faults.next('page=', fault, times);
    const { ids, outcome } = await read();
    expect(ids).toHaveLength(25);
    expect(outcome.complete).toBe(true);
  });

  it('between pages gives what came until then, and says so', async () => {
    put(25);
    standIn.dataSafe.maxPage = 10;
    standIn.faults.next('auditEvents?compartmentId=ocid1.compartment.oc1..prod', { status: 500 }, 0);
    standIn.faults.next((request) => request.target.includes('page='), { status: 503 }, 1000);
    const { ids, outcome } = await read();
    expect(ids).toHaveLength(10);
    expect(outcome.reasons.join()).toContain('DataSafe listAuditEvents answered 503');
  });

  it('never keeps a reading going beyond its budget', async () => {
    put(200);
    standIn.dataSafe.maxPage = 1;
    const { outcome } = await read({ budget: { calls: 20 } });
    expect(outcome.reasons[0]).toContain('the budget of 20 calls for a day is used up');
    expect(standIn.requests.length).toBeLessThanOrEqual(21);
  });

  it('for a compartment that is not there makes the outcome incomplete', async () => {
    const { outcome } = await read({ compartmentId: 'ocid1.compartment.oc1..gone' });
    expect(outcome.complete).toBe(false);
  });
});

describe('what was collected in a window', () => {
  it('comes in the order of its collection, whenever it happened, and is counted', async () => {
    put(10);
    const source = createCollectedSource(connection, optionsOf(), () => nowMs);
    const { batches, outcome } = source.read({ fromMs: window.fromMs + 10 * hourMs, toMs: window.toMs });
    const ids: string[] = [];
    for await (const batch of batches) for (const record of batch) ids.push(record.place);
    expect(ids).toEqual(['e5', 'e6', 'e7', 'e8', 'e9'].map((id) => `event ${id}`));
    expect(outcome()).toMatchObject({ complete: true, reasons: [] });
    expect(requestsTo('/auditEvents?')[0]).toContain('(timeCollected ge "2026-11-18T15:00:00.000Z")');
  });

  it('is incomplete where the service counts otherwise', async () => {
    put(10);
    standIn.dataSafe.countsMore = 1;
    const source = createCollectedSource(connection, optionsOf(), () => nowMs);
    const { batches, outcome } = source.read(window);
    for await (const batch of batches) expect(batch.length).toBeGreaterThan(0);
    expect(outcome()).toMatchObject({ complete: false, reasons: [expect.stringContaining('11')] });
    standIn.dataSafe.countsMore = 0;
  });
});

const diagnose = () =>
  createDataSafeSource(connection, optionsOf(), () => nowMs)
    .diagnose(window)
    .then(({ findings }) => findings);

describe('the name of a silent target', () => {
  it('is read from the list of targets; where that is refused, the manifest and doctor say so, and nothing else changes', async () => {
    standIn.dataSafe.targets.push({ id: targetId.toUpperCase(), displayName: 'erp-quiet' });
    const named = await read();
    expect(named.trails).toMatchObject([{ targetName: 'erp-quiet' }]);
    expect((await diagnose()).map(({ check }) => check)).not.toContain('target names');
    standIn.dataSafe.refusesTargets = true;
    const refused = await read();
    expect(refused.trails[0]).not.toHaveProperty('targetName');
    expect(refused.outcome).toMatchObject({ complete: true, reasons: [] });
    expect(refused.outcome.requests).toContainEqual({
      operation: 'listTargetDatabases',
      fault: expect.stringContaining('404'),
    });
    const finding = (await diagnose()).find(({ check }) => check === 'target names');
    expect(finding).toMatchObject({
      state: 'warning',
      advice: expect.stringContaining('data-safe-target-databases'),
    });
  });
});

describe('doctor', () => {
  it('is content with events and a trail that collects', async () => {
    put(3);
    expect((await diagnose()).map(({ check, state }) => [check, state])).toEqual([
      ['audit events', 'ok'],
      ['audit trails', 'ok'],
    ]);
  });

  it('names a target without a trail that collects', async () => {
    standIn.dataSafe.trails[0] = { id: trailId, targetId, status: 'STOPPED' };
    const findings = await diagnose();
    expect(findings.map(({ state }) => state)).toEqual(['warning', 'warning']);
    expect(findings[1]?.advice).toContain(targetId);
  });

  it('names the right that is missing', async () => {
    standIn.faults.next('/audit', { status: 404 }, 100);
    const findings = await diagnose();
    expect(findings.map(({ state }) => state)).toEqual(['failed', 'failed']);
    expect(findings[0]?.advice).toContain('data-safe-audit-events');
    expect(findings[1]?.advice).toContain('data-safe-audit-trails');
  });
});
