import { readFile, readdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../src/base/time-units.js';
import { queryTime } from '../../src/oci/query-time.js';
import { packageRoot } from '../../src/package-root.js';
import type { SourceRecord } from '../../src/ports/event-source.js';
import { createOciAuditSource } from '../../src/sources/oci-audit/oci-audit-source.js';
import { createLoggingSearchSource } from '../../src/sources/logging-search/logging-search-source.js';
import { auditRecord, loggedAuditRecord } from '../support/audit-record.js';
import { connectTo } from '../support/oci-connection.js';
import { type StandIn, startStandIn } from '../support/oci/stand-in.js';

const zones = ['America/New_York', 'Asia/Kolkata', 'UTC'];
/** A day whose clocks change in New York, and hours of one digit everywhere. */
const window = { fromMs: Date.parse('2026-11-01T04:00:00Z'), toMs: Date.parse('2026-11-02T05:00:00Z') };

const ownZone = process.env['TZ'];

function setZone(zone: string | undefined): void {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
}

afterEach(() => setZone(ownZone));

describe('a time in a query string', () => {
  it.each(zones)('is UTC text with two digits for each part in %s', (zone) => {
    setZone(zone);
    expect(queryTime(Date.parse('2026-11-19T05:00:00Z'))).toBe('2026-11-19T05:00:00Z');
    expect(queryTime(Date.parse('2026-01-02T03:04:05.999Z'))).toBe('2026-01-02T03:04:05Z');
  });

  it('is why the zone does not matter: a Date of the SDK goes out otherwise', async () => {
    setZone('America/New_York');
    const { default: sdk } = await import('oci-common');
    const { uri } = await sdk.composeRequest({
      baseEndpoint: 'https://audit.example',
      defaultHeaders: {},
      path: '/auditEvents',
      method: 'GET',
      queryParams: {
        asDate: new Date('2026-11-19T05:00:00Z'),
        asText: queryTime(Date.parse('2026-11-19T05:00:00Z')),
      },
    });
    expect(uri).toContain('asText=2026-11-19T05:00:00Z');
    // As soon as this fails, the SDK is mended, and queryTime is not needed any more.
    expect(uri).not.toContain('asDate=2026-11-19T05:00:00');
  });
});

/**
 * Requests of the SDK by GET are named after what they do. Times of those that have a body go right as a Date.
 * https://docs.oracle.com/iaas/tools/typescript/latest/
 */
const getWithTime =
  /\.(?:list|get|head|summarize)[A-Z]\w*\(\s*\{[^}]*?\b(?:time|start|end|date)\w*:\s*new Date\b/i;
const queryNames =
  /\b(?:startTime|endTime|time[A-Z]\w*(?:GreaterThan|LessThan|OrEqualTo|Started|Ended)\w*)\s*:\s*new Date\b/;

describe('no Date goes into a query string', () => {
  it('in any file that makes calls', async () => {
    const root = new URL('src', packageRoot);
    // Azure's SDK has no such fault, and sends times in bodies.
    const files = (await readdir(root, { recursive: true })).filter(
      (name) => name.endsWith('.ts') && !name.startsWith('azure/'),
    );
    const found: string[] = [];
    for (const name of files) {
      const text = await readFile(new URL(`src/${name}`, packageRoot), 'utf8');
      if (getWithTime.test(text) || queryNames.test(text)) found.push(name);
    }
    expect(found).toEqual([]);
  });

  it.each([
    'client.listEvents({ compartmentId, startTime: new Date(fromMs) })',
    'database.listBackups({ timeExpiryScheduledGreaterThanOrEqualTo: new Date(0) })',
    'client.listAuditEventAnalytics({ compartmentId, timeStarted: new Date(1) })',
    'const request = { endTime: new Date() };',
  ])('and it would be seen: %s', (text) => {
    expect(getWithTime.test(text) || queryNames.test(text)).toBe(true);
  });
});

async function countOfRecords(batches: AsyncIterable<readonly SourceRecord[]>): Promise<number> {
  let records = 0;
  for await (const batch of batches) records += batch.length;
  return records;
}

describe.each(zones)('with the clock of the machine in %s', (zone) => {
  let standIn: StandIn;
  const nowMs = (): number => window.toMs + 6 * hourMs;

  beforeEach(async () => {
    setZone(zone);
    standIn = await startStandIn();
  });

  afterEach(async () => {
    await standIn.close();
  });

  /** At the edges of the day, and a second outside of them. */
  const times = [window.fromMs - 1000, window.fromMs, window.toMs - 1, window.toMs].map((ms) =>
    new Date(ms).toISOString(),
  );

  it('Audit is asked for the same range, and gives the same records', async () => {
    const root = standIn.credentials.tenancyId;
    for (const time of times) standIn.audit.put(root, auditRecord({ id: time, time }));
    const options = {
      endpoint: standIn.url,
      includeSubcompartments: true,
      excludeCompartments: [],
      ingestionDelayMs: dayMs,
      parallel: 1,
    };
    const connection = await connectTo(standIn);
    const { batches, outcome } = createOciAuditSource(connection, options, nowMs).read(window);
    expect(await countOfRecords(batches)).toBe(4);
    expect(outcome()).toMatchObject({ complete: true, reasons: [] });
    const list = standIn.requests.find(({ path }) => path.includes('/auditEvents'));
    expect(list?.path).toContain('startTime=2026-11-01T03:55:00Z&endTime=2026-11-02T11:00:00Z');
  });

  it('Logging is asked for the same range, and gives the same records', async () => {
    const log = `${standIn.credentials.tenancyId}/_Audit_Include_Subcompartment`;
    for (const time of times)
      standIn.search.put(log, Date.parse(time), loggedAuditRecord({ id: time, time }));
    const options = { endpoint: standIn.url, ingestionDelayMs: dayMs, parallel: 1 };
    const connection = await connectTo(standIn);
    const { batches, outcome } = createLoggingSearchSource(connection, options, nowMs).read(window);
    expect(await countOfRecords(batches)).toBe(4);
    expect(outcome()).toMatchObject({ complete: true, reasons: [] });
  });
});
