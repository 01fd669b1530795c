import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayMs, hourMs, minuteMs } from '../../src/base/time-units.js';
import type { OciConnection } from '../../src/oci/connection.js';
import type { EventSource, SourceOutcome, SourceRecord } from '../../src/ports/event-source.js';
import { createOciAuditSource } from '../../src/sources/oci-audit/oci-audit-source.js';
import type { OciAuditOptions } from '../../src/sources/oci-audit/options.js';
import { auditRecord } from '../support/audit-record.js';
import { connectTo } from '../support/oci-connection.js';
import { type StandIn, startStandIn } from '../support/oci/stand-in.js';

const window = { fromMs: Date.parse('2026-11-18T05:00:00Z'), toMs: Date.parse('2026-11-19T05:00:00Z') };
const prod = 'ocid1.compartment.oc1..prod';
const below = 'ocid1.compartment.oc1..below';
const gone = 'ocid1.compartment.oc1..gone';

let standIn: StandIn;
let connection: OciConnection;
let nowMs: number;
let root: string;

beforeEach(async () => {
  standIn = await startStandIn();
  connection = await connectTo(standIn);
  nowMs = window.toMs + 6 * hourMs + 12_345;
  standIn.audit.refusedAfterMs = nowMs;
  root = standIn.credentials.tenancyId;
  standIn.inventory.addCompartment(prod, 'prod', root);
  standIn.inventory.addCompartment(below, 'below', prod);
  standIn.inventory.addCompartment(gone, 'gone', root, 'DELETED');
});

afterEach(async () => {
  await standIn.close();
});

function source(options: Partial<OciAuditOptions> = {}): EventSource {
  const common: OciAuditOptions = {
    endpoint: standIn.url,
    includeSubcompartments: true,
    excludeCompartments: [],
    ingestionDelayMs: dayMs,
    parallel: 2,
  };
  return createOciAuditSource(connection, { ...common, ...options }, () => nowMs);
}

interface ReadResult {
  readonly records: readonly SourceRecord[];
  readonly outcome: SourceOutcome;
}

async function read(options: Partial<OciAuditOptions> = {}, range = window): Promise<ReadResult> {
  const { batches, outcome } = source(options).read(range);
  const records: SourceRecord[] = [];
  for await (const batch of batches) records.push(...batch);
  return { records, outcome: outcome() };
}

const valueOf = (record: SourceRecord | undefined): unknown =>
  record?.kind === 'value' ? record.value : null;

const idsOf = ({ records }: ReadResult): unknown[] =>
  records.map((record) => (valueOf(record) as Record<string, unknown>)['eventId']).sort();

const lists = (): URLSearchParams[] =>
  standIn.requests
    .filter(({ path }) => path.startsWith('/20190901/auditEvents'))
    .map(({ path }) => new URLSearchParams(path.split('?')[1]));

function put(compartmentId: string, ...ids: readonly string[]): void {
  for (const [index, id] of ids.entries()) {
    const time = new Date(window.fromMs + index * hourMs + 123).toISOString();
    standIn.audit.put(compartmentId, auditRecord({ id, time, compartmentId }));
  }
}

describe('records of Audit', () => {
  it('come from every compartment, the root and deleted ones included', async () => {
    put(root, 'r1', 'r2', 'r3', 'r4');
    put(prod, 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7');
    put(below, 'b1');
    put(gone, 'g1');
    const result = await read();
    expect(idsOf(result)).toEqual('b1 g1 p1 p2 p3 p4 p5 p6 p7 r1 r2 r3 r4'.split(' '));
    expect(result.outcome).toMatchObject({ complete: true, reasons: [] });
    const ofProd = result.outcome.requests.find(({ compartmentId }) => compartmentId === prod);
    expect(ofProd).toMatchObject({ operation: 'listEvents', pages: 3, rows: 7, complete: true });
    expect(String(ofProd?.['opcRequestIds']).split(' ')).toHaveLength(3);
  });

  it('are as the service sent them, unknown fields and milliseconds included', async () => {
    const sent = auditRecord({ id: 'a', time: '2026-11-18T23:59:50.120Z', compartmentId: prod });
    standIn.audit.put(prod, sent);
    const { records } = await read();
    expect(JSON.parse(JSON.stringify(valueOf(records[0])))).toEqual(JSON.parse(JSON.stringify(sent)));
    expect(Object.values(valueOf(records[0]) as object)).not.toContain(undefined);
    expect(records[0]?.place).toBe(`${standIn.url.slice('http://'.length)}/${prod}#1`);
  });

  it('are asked for by whole minutes around the window, and not beyond now', async () => {
    put(root, 'r1');
    const edges = { fromMs: window.fromMs + 30_500, toMs: window.toMs + 1 };
    await read({ ingestionDelayMs: 2 * hourMs, parallel: 1 }, edges);
    await read({ parallel: 1 }, edges);
    const times = lists().map((query) => [query.get('startTime'), query.get('endTime')]);
    expect(times[0]).toEqual(['2026-11-18T04:55:00Z', '2026-11-19T07:01:00Z']);
    expect(times.at(-1)).toEqual(['2026-11-18T04:55:00Z', '2026-11-19T11:00:00Z']);
  });

  it('that were processed after midnight are found', async () => {
    const late = auditRecord({ id: 'late', time: '2026-11-19T04:59:50.123Z', compartmentId: prod });
    standIn.audit.put(prod, late, window.toMs + 5 * hourMs);
    standIn.audit.put(prod, { ...late, eventId: 'too late' }, nowMs + minuteMs);
    expect(idsOf(await read())).toEqual(['late']);
  });

  it('come whole through empty pages, and twice where pages overlap', async () => {
    put(prod, 'p1', 'p2', 'p3', 'p4', 'p5');
    standIn.audit.emptyEvery = 2;
    expect(idsOf(await read())).toEqual(['p1', 'p2', 'p3', 'p4', 'p5']);
    standIn.audit.emptyEvery = 0;
    standIn.audit.repeats = true;
    const result = await read();
    expect(result.records).toHaveLength(6);
    expect(new Set(idsOf(result)).size).toBe(5);
    expect(result.outcome.complete).toBe(true);
  });

  it.each([429, 500, 503, 'reset', 'torn'] as const)(
    'are all there after %s between pages',
    async (fault) => {
      put(prod, 'p1', 'p2', 'p3', 'p4', 'p5');
      const isLater = 'page=';
      standIn.faults.next(isLater, typeof fault === 'number' ? { status: fault } : { kind: fault }, 2);
      const result = await read();
      expect(standIn.faults.pending()).toBe(0);
      expect([idsOf(result).length, result.outcome.complete]).toEqual([5, true]);
    },
  );

  it('are listed anew where a page token has expired', async () => {
    put(prod, 'p1', 'p2', 'p3', 'p4', 'p5');
    standIn.audit.expiredTokens = 1;
    const result = await read({ compartments: [prod], includeSubcompartments: false });
    expect(new Set(idsOf(result))).toEqual(new Set(['p1', 'p2', 'p3', 'p4', 'p5']));
    expect(result.outcome.complete).toBe(true);
    expect(result.outcome.requests).toContainEqual(expect.objectContaining({ restarts: 1, rows: 8 }));
  });

  it('are not complete where tokens expire again and again', async () => {
    put(prod, 'p1', 'p2', 'p3', 'p4', 'p5');
    standIn.audit.expiredTokens = 1000;
    const { outcome } = await read();
    expect(outcome.reasons).toEqual([
      expect.stringMatching(/compartment prod .*Audit listEvents answered 400/),
    ]);
  });
});

describe('what cannot be read of Audit', () => {
  it('names a compartment that is refused, and reads the others', async () => {
    put(prod, 'p1');
    put(below, 'b1');
    standIn.audit.denied.add(below);
    const result = await read();
    expect(idsOf(result)).toEqual(['p1']);
    expect(result.outcome.complete).toBe(false);
    expect(result.outcome.reasons).toEqual([
      expect.stringMatching(
        /, compartment below \(ocid1\.compartment\.oc1\.\.below\): .*404 NotAuthorizedOrNotFound/,
      ),
    ]);
    expect(result.outcome.requests).toContainEqual(
      expect.objectContaining({ compartmentId: below, complete: false, rows: 0 }),
    );
  });

  it('keeps what came before a page that failed', async () => {
    put(prod, 'p1', 'p2', 'p3', 'p4', 'p5');
    standIn.faults.next('page=', { status: 500 }, 1000);
    const { records, outcome } = await read();
    expect([records.length, outcome.complete]).toEqual([3, false]);
  });

  it('says of a deleted compartment that it can be left out, and leaves it out', async () => {
    standIn.audit.denied.add(gone);
    const { outcome } = await read();
    expect(outcome.reasons).toEqual([
      expect.stringMatching(/deleted compartment gone .*excludeCompartments$/),
    ]);
    const without = await read({ excludeCompartments: [gone.toUpperCase()] });
    expect(without.outcome).toMatchObject({ complete: true, reasons: [] });
    expect(without.outcome.requests).toContainEqual(
      expect.objectContaining({ operation: 'left out', compartmentId: gone }),
    );
  });

  it('is said where compartments cannot be listed; the root is read all the same', async () => {
    put(root, 'r1');
    standIn.inventory.denied.add(root);
    const result = await read();
    expect(idsOf(result)).toEqual(['r1']);
    expect(result.outcome.reasons).toEqual([expect.stringMatching(/^not all compartments .*404/)]);
  });

  it('ends with the budget, and says how much is left', async () => {
    put(root, 'r1', 'r2', 'r3', 'r4');
    const { outcome } = await read({ budget: { calls: 5 }, parallel: 1 });
    expect(outcome.reasons).toEqual([
      expect.stringMatching(/^\d compartments were not read .*budget of 5 calls/),
    ]);
  });
});

describe('the retention of Audit', () => {
  const rows: readonly [string, number | null, number, string | null][] = [
    ['a day that is kept', 90, 10, null],
    [
      'a day older than it',
      90,
      91,
      'Audit keeps records for 90 days, which does not reach back to 2026-11-18T05:00:00.000Z: older ones are gone',
    ],
    ['a day that a longer one keeps', 365, 300, null],
    ['a day that the shortest one keeps, where it may not be read', null, 80, null],
    ['an older day, where it may not be read', null, 91, 'Audit does not say how long it keeps records'],
  ];

  it.each(rows)('%s', async (_, retention, daysLater, reason) => {
    standIn.audit.retentionPeriodDays = retention;
    nowMs = window.fromMs + daysLater * dayMs + hourMs;
    standIn.audit.refusedAfterMs = nowMs;
    const { outcome } = await read();
    expect(outcome.complete).toBe(reason === null);
    expect(outcome.reasons).toHaveLength(reason === null ? 0 : 1);
    expect(outcome.reasons[0] ?? '').toContain(reason ?? '');
    expect(outcome.requests).toContainEqual(
      expect.objectContaining({ operation: 'getConfiguration', retentionPeriodDays: retention }),
    );
  });
});

describe('the scope of Audit', () => {
  it('is the compartments that are named, with what is below them or without', async () => {
    put(root, 'r1');
    put(prod, 'p1');
    put(below, 'b1');
    expect(idsOf(await read({ compartments: [prod] }))).toEqual(['b1', 'p1']);
    expect(idsOf(await read({ compartments: [prod, below], includeSubcompartments: false }))).toEqual([
      'b1',
      'p1',
    ]);
    expect(idsOf(await read({ compartments: [prod], includeSubcompartments: false }))).toEqual(['p1']);
  });

  describe('in several regions', () => {
    let frankfurt: StandIn;

    beforeEach(async () => {
      frankfurt = await startStandIn();
      put(root, 'of ashburn');
      frankfurt.audit.put(root, auditRecord({ id: 'of frankfurt', time: '2026-11-18T12:00:00Z' }));
      for (const [regionName, regionKey] of [
        ['us-ashburn-1', 'IAD'],
        ['eu-frankfurt-1', 'FRA'],
      ] as const) {
        const isHomeRegion = regionKey === 'IAD';
        standIn.inventory.regions.push({ regionName, regionKey, status: 'READY', isHomeRegion });
      }
    });

    afterEach(async () => {
      await frankfurt.close();
    });

    const everywhere = (): Partial<OciAuditOptions> => ({
      endpoint: undefined,
      endpointOf: (region) => (region === 'eu-frankfurt-1' ? frankfurt.url : standIn.url),
    });

    it('is all that the tenancy uses, but for those that are still set up', async () => {
      const status = 'IN_PROGRESS';
      standIn.inventory.regions.push({ regionName: 'new-1', regionKey: 'NEW', status, isHomeRegion: false });
      const result = await read(everywhere());
      expect(idsOf(result)).toEqual(['of ashburn', 'of frankfurt']);
      expect(result.outcome.complete).toBe(true);
    });

    it('is those that are named', async () => {
      const result = await read({ ...everywhere(), regions: ['fra', 'iad'] });
      expect(idsOf(result)).toEqual(['of ashburn', 'of frankfurt']);
      const regions = new Set(result.outcome.requests.map(({ region }) => region));
      expect(regions).toContain('eu-frankfurt-1');
      expect(idsOf(await read({ ...everywhere(), regions: ['us-ashburn-1'] }))).toEqual(['of ashburn']);
    });

    it('is the own region where the others cannot be listed, and says so', async () => {
      standIn.inventory.deniesRegions = true;
      const result = await read(everywhere());
      expect(idsOf(result)).toEqual(['of ashburn']);
      expect(result.outcome.reasons).toEqual([
        expect.stringMatching(/^the regions .* only us-ashburn-1 was read: .*404/),
      ]);
    });

    it('names a region that this program does not know', async () => {
      const status = 'READY';
      standIn.inventory.regions.push({
        regionName: 'xx-new-1',
        regionKey: 'XXN',
        status,
        isHomeRegion: false,
      });
      const known = everywhere().endpointOf;
      const result = await read({
        ...everywhere(),
        endpointOf: (region) => (region === 'xx-new-1' ? undefined : known?.(region)),
      });
      expect(idsOf(result)).toHaveLength(2);
      expect(result.outcome.reasons).toEqual([
        expect.stringMatching(/^the region xx-new-1, .* is not known$/),
      ]);
    });

    it('goes on where one region is down', async () => {
      frankfurt.faults.next('/20190901/auditEvents', { status: 503 }, 1000);
      const result = await read(everywhere());
      expect(idsOf(result)).toEqual(['of ashburn']);
      expect(result.outcome.reasons.every((reason) => reason.startsWith('eu-frankfurt-1, '))).toBe(true);
    });

    it('is not asked for every compartment where one call after the other fails', async () => {
      for (let each = 0; each < 20; each += 1) standIn.inventory.addCompartment(`${prod}${each}`, 'c', root);
      frankfurt.faults.next('/20190901/auditEvents', { status: 503 }, 1000);
      const { outcome } = await read({ ...everywhere(), parallel: 1 });
      expect(outcome.reasons).toHaveLength(6);
      expect(outcome.reasons).toContainEqual(
        expect.stringMatching(/^eu-frankfurt-1: 19 compartments were not asked, .* 503/),
      );
    });
  });
});
