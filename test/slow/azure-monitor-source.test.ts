import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AzureConnection } from '../../src/azure/connection.js';
import { dayMs, hourMs } from '../../src/base/time-units.js';
import type { TimeWindow } from '../../src/model/report-day.js';
import type { SourceOutcome, SourceRecord } from '../../src/ports/event-source.js';
import { createAzureMonitorSource } from '../../src/sources/azure-monitor/azure-monitor-source.js';
import type { AzureMonitorOptions } from '../../src/sources/azure-monitor/options.js';
import { diagnosticsRows, itemRows, jobRows, strangeRow } from '../support/azure/backup-rows.js';
import { type ConnectOptions, bySecret, connectToStandIn } from '../support/azure/connect.js';
import { AzureStandIn, azurePrincipal } from '../support/azure/stand-in.js';
import type { StoredRow, Workspace } from '../support/azure/workspace.js';

const window: TimeWindow = {
  fromMs: Date.parse('2026-11-18T00:00:00Z'),
  toMs: Date.parse('2026-11-19T00:00:00Z'),
  aheadToMs: Date.parse('2026-11-19T06:30:00Z'),
};
const runMs = window.toMs + 6.5 * hourMs;

/** One for all tests, because TLS and a sign-in take longer than what they test. */
let standIn: AzureStandIn;
let connection: AzureConnection;
let workspaceId: string;
let workspace: Workspace;

beforeAll(async () => {
  standIn = await AzureStandIn.start();
  connection = await connectToStandIn(standIn);
});

beforeEach(() => {
  standIn.forget();
  workspaceId = randomUUID();
  workspace = standIn.workspace(workspaceId);
});

afterAll(() => standIn.close());

/** A workspace with the tables that vaults write to, as they are a day after the first push. */
function putEstate(): void {
  workspace.put('AddonAzureBackupJobs', jobRows);
  workspace.put('CoreAzureBackup', itemRows);
}

interface ReadResult {
  readonly records: readonly SourceRecord[];
  readonly rows: readonly StoredRow[];
  readonly outcome: SourceOutcome;
}

async function read(
  options: Partial<AzureMonitorOptions> = {},
  connecting?: ConnectOptions,
): Promise<ReadResult> {
  const through = connecting === undefined ? connection : await connectToStandIn(standIn, connecting);
  const all: AzureMonitorOptions = {
    workspaces: [workspaceId],
    longestJobMs: dayMs,
    ingestionDelayMs: dayMs,
    rowsPerQuery: 20_000,
    parallel: 2,
    ...options,
  };
  const { batches, outcome } = createAzureMonitorSource(through, all, () => runMs).read(window);
  const records: SourceRecord[] = [];
  for await (const batch of batches) records.push(...batch);
  const rows = records.map((record) => (record as { value: { row: StoredRow } }).value.row);
  return { records, rows, outcome: outcome() };
}

const rowsAt = (...times: readonly string[]): StoredRow[] =>
  times.map((TimeGenerated) => ({ TimeGenerated }));

const isRowsOf =
  (table: string) =>
  ({ query, isCount }: { readonly query: string; readonly isCount: boolean }): boolean =>
    query.startsWith(table) && !isCount;

/** One row a second, from an instant on. */
function rowsFrom(time: string, count: number): StoredRow[] {
  const firstMs = Date.parse(time);
  return Array.from({ length: count }, (_, index) => ({
    TimeGenerated: new Date(firstMs + index * 1000).toISOString(),
    JobUniqueId: `job-${index}`,
  }));
}

describe('the rows of a workspace', () => {
  it('come as the service wrote them: names, all digits of times and numbers, nothing that is empty', async () => {
    putEstate();
    workspace.put('AddonAzureBackupJobs', [
      {
        TimeGenerated: '2026-11-18T13:00:00.0000001Z',
        JobUniqueId: 'big',
        Bytes: 9_007_199_254_740_993n,
        Small: 9_007_199_254_740_991n,
        Quoted: '9007199254740993 "and\\ more"',
        IsDone: false,
        JobFailureCode: '',
      },
    ]);
    const { records, rows, outcome } = await read();
    expect(outcome).toMatchObject({ complete: true, reasons: [] });
    expect(records).toHaveLength(11);
    expect(records[0]).toMatchObject({
      kind: 'value',
      value: { table: 'AddonAzureBackupJobs', workspace: workspaceId },
      place: expect.stringMatching(`^${workspaceId}/AddonAzureBackupJobs 2026-11-17T00:00:00.000Z/.*#1$`),
    });
    expect(rows[0]).toEqual({
      TimeGenerated: '2026-11-18T02:41:10.1234567Z',
      JobUniqueId: '6d0c0000-0000-4000-8000-000000000001',
      OperationName: 'Job',
      Category: 'AddonAzureBackupJobs',
      SchemaVersion: 'V2',
      State: 'Active',
      JobOperation: 'Backup',
      JobStatus: 'InProgress',
      JobStartDateTime: '2026-11-18T01:30:00Z',
      JobDurationInSecs: 0,
      DataTransferredInMB: 0,
      AdHocOrScheduledJob: 'Scheduled',
      BackupManagementType: 'IaaSVM',
      BackupItemUniqueId: 'westeurope;900001;vm-app01',
      VaultUniqueId: '1111111111111111111',
      ResourceId: expect.stringContaining('/vaults/rsv-demo'),
    });
    expect(rows.find(({ JobUniqueId: id }) => id === 'big')).toEqual({
      TimeGenerated: '2026-11-18T13:00:00.0000001Z',
      JobUniqueId: 'big',
      Bytes: '9007199254740993',
      Small: 9_007_199_254_740_991,
      Quoted: '9007199254740993 "and\\ more"',
      IsDone: false,
    });
  });

  it('come from AzureDiagnostics where columns are missing, and without those of other services', async () => {
    workspace.put('AzureDiagnostics', [...diagnosticsRows, strangeRow]);
    const { rows, outcome } = await read();
    expect(outcome).toMatchObject({ complete: true, reasons: [] });
    expect(rows).toEqual(diagnosticsRows);
  });

  it('are of the day and the longest job before it, states of two days', async () => {
    workspace.put(
      'AddonAzureBackupJobs',
      rowsAt(
        '2026-11-16T23:59:59.9999999Z',
        '2026-11-17T00:00:00Z',
        '2026-11-19T06:29:59.9999999Z',
        '2026-11-19T06:30:00Z',
      ),
    );
    workspace.put(
      'CoreAzureBackup',
      rowsAt('2026-11-16T23:59:59Z', '2026-11-17T00:00:00Z', '2026-11-19T06:30:00Z'),
    );
    const { rows, outcome } = await read();
    expect(outcome.complete).toBe(true);
    expect(rows.map(({ TimeGenerated: time }) => time)).toEqual([
      '2026-11-17T00:00:00Z',
      '2026-11-19T06:29:59.9999999Z',
      '2026-11-17T00:00:00Z',
    ]);
  });

  it('leave their queries in the manifest', async () => {
    putEstate();
    const { outcome } = await read();
    const { requests } = outcome;
    expect(requests.filter(({ isThere }) => isThere === false).map(({ table }) => table)).toEqual(
      expect.arrayContaining(['AddonAzureBackupAlerts', 'AddonAzureBackupStorage', 'AzureDiagnostics']),
    );
    const query = requests.find(({ operation }) => operation === 'query');
    expect(query).toMatchObject({
      workspace: workspaceId,
      counted: query?.['rows'],
      pages: 1,
      complete: true,
      windowEnd: '2026-11-19T06:30:00.000Z',
      requestIds: expect.stringMatching(/^[0-9a-f-]{36} [0-9a-f-]{36}$/),
    });
    const heard = standIn.queries.map(({ headers }) => headers['x-ms-client-request-id']);
    for (const id of String(query?.['requestIds']).split(' ')) expect(heard).toContain(id);
  });

  it('come from several workspaces, each with its own id', async () => {
    putEstate();
    const other = randomUUID();
    standIn.workspace(other).put('AddonAzureBackupJobs', jobRows.slice(0, 1));
    const { records, outcome } = await read({ workspaces: [workspaceId, other] });
    expect(outcome.complete).toBe(true);
    const found = records.map((record) => (record as { value: { workspace: string } }).value.workspace);
    expect(found.filter((id) => id === other)).toHaveLength(1);
  });
});

describe('a workspace that cannot show its jobs is not one without failures', () => {
  it('has no table of Azure Backup', async () => {
    const { outcome } = await read();
    expect(outcome.complete).toBe(false);
    expect(outcome.reasons).toEqual([
      `workspace ${workspaceId}: there is no Azure Backup data in this workspace, neither AddonAzureBackupJobs nor AzureDiagnostics of Azure Backup: send the diagnostic setting of each vault to it`,
    ]);
  });

  it.each<readonly [string, () => void]>([
    ['AzureDiagnostics of other services alone', () => workspace.put('AzureDiagnostics', [strangeRow])],
    ['items, but no table of jobs', () => workspace.put('CoreAzureBackup', itemRows)],
  ])('has %s', async (_what, put) => {
    put();
    const { outcome } = await read();
    expect(outcome.reasons).toEqual([expect.stringContaining('there is no Azure Backup data')]);
  });

  it('has the tables, but nothing has come for two days', async () => {
    workspace.put('AddonAzureBackupJobs');
    workspace.put('CoreAzureBackup');
    const { outcome } = await read();
    expect(outcome.reasons).toEqual([
      expect.stringContaining(
        'no row of Azure Backup came into this workspace since 2026-11-17T00:00:00.000Z',
      ),
    ]);
  });

  it('has no jobs that day, but its vaults send: that is complete', async () => {
    workspace.put('AddonAzureBackupJobs');
    workspace.put('CoreAzureBackup', itemRows);
    expect((await read()).outcome).toMatchObject({ complete: true, reasons: [] });
  });
});

describe('completeness is proven', () => {
  it('by halving what has more rows than a query may give', async () => {
    putEstate();
    workspace.put('AddonAzureBackupJobs', rowsFrom('2026-11-18T05:00:00Z', 250));
    const { rows, outcome } = await read({ rowsPerQuery: 100 });
    expect(outcome).toMatchObject({ complete: true, reasons: [] });
    const ids = rows.map(({ JobUniqueId: id }) => id).filter((id) => String(id).startsWith('job-'));
    expect(new Set(ids).size).toBe(250);
    expect(ids).toHaveLength(250);
    expect(
      outcome.requests.every(({ operation, rows: each }) => operation === 'count' || Number(each) < 100),
    ).toBe(true);
  });

  it('by halving what the service cuts off', async () => {
    putEstate();
    workspace.put('AddonAzureBackupJobs', rowsFrom('2026-11-18T05:00:00Z', 130));
    standIn.maxRows = 70;
    const { rows, outcome } = await read();
    expect(outcome).toMatchObject({ complete: true, reasons: [] });
    expect(rows).toHaveLength(140);
  });

  it('is not for a minute with too many rows: the reason is the inner one of the service', async () => {
    putEstate();
    workspace.put('AddonAzureBackupJobs', rowsFrom('2026-11-18T05:00:00Z', 60));
    standIn.maxRows = 20;
    const { rows, outcome } = await read();
    expect(outcome.reasons).toEqual([
      expect.stringMatching(
        /^workspace [0-9a-f-]+, AddonAzureBackupJobs, 2026-11-18T05:00:00.000Z\/2026-11-18T05:01:00.000Z: the service calls its results partial \(-2133196797: Query result set has exceeded the internal record count limit 20 /,
      ),
    ]);
    expect(rows).toHaveLength(30);
  });

  it('reads once more when rows come between the count and the reading', async () => {
    putEstate();
    let counts = 0;
    let isLate = false;
    standIn.onQuery = ({ table, summary }) => {
      if (table !== 'AddonAzureBackupJobs') return;
      if (summary !== null) counts += 1;
      else if (!isLate) {
        isLate = true;
        workspace.put('AddonAzureBackupJobs', rowsFrom('2026-11-18T20:00:00Z', 1));
      }
    };
    const { rows, outcome } = await read();
    expect(outcome).toMatchObject({ complete: true, reasons: [] });
    expect(rows).toHaveLength(11);
    expect(counts).toBe(3);
  });

  it('is not when rows are missing and nothing tells why', async () => {
    workspace.put('AddonAzureBackupJobs', jobRows.slice(0, 2));
    standIn.faults.next(isRowsOf('AddonAzureBackupJobs'), { kind: 'short' }, 1000);
    const { outcome } = await read();
    expect(outcome.complete).toBe(false);
    expect(outcome.reasons[0]).toMatch(/the answer has \d+ rows, the service counts \d+$/);
  });

  it('is not when the service calls an answer partial for a reason of its own', async () => {
    workspace.put('AddonAzureBackupJobs', jobRows.slice(0, 2));
    const words = 'a partition could not be read';
    standIn.faults.next(isRowsOf('AddonAzureBackupJobs'), { kind: 'partial', words }, 1000);
    const { outcome } = await read();
    expect(outcome.complete).toBe(false);
    expect(outcome.reasons[0]).toContain('(-2133196797: a partition could not be read)');
  });

  it('asks for less where a query takes longer than the service allows', async () => {
    putEstate();
    standIn.faults.next(({ query, isCount }) => query.startsWith('AddonAzureBackupJobs') && !isCount, {
      status: 504,
    });
    const { rows, outcome } = await read();
    expect(outcome).toMatchObject({ complete: true, reasons: [] });
    expect(rows).toHaveLength(10);
  });

  it('asks for less where even counting takes too long', async () => {
    putEstate();
    standIn.faults.next('AddonAzureBackupJobs', { status: 504 });
    const { rows, outcome } = await read();
    expect(outcome).toMatchObject({ complete: true, reasons: [] });
    expect(rows).toHaveLength(10);
  });

  it('asks for less where an answer does not fit into memory', async () => {
    workspace.put('CoreAzureBackup', itemRows);
    const long = 'x'.repeat(1000);
    workspace.put(
      'AddonAzureBackupJobs',
      rowsFrom('2026-11-18T05:00:00Z', 200).map((row) => ({ ...row, ExtendedProperties: long })),
    );
    const { rows, outcome } = await read({}, { calls: { maxBytes: 120_000 } });
    expect(outcome).toMatchObject({ complete: true, reasons: [] });
    expect(rows).toHaveLength(202);
    expect(
      outcome.requests.filter(
        ({ table, rows: each }) => table === 'AddonAzureBackupJobs' && Number(each) === 200,
      ),
    ).toEqual([]);
  });
});

function readWhile(...fault: Parameters<AzureStandIn['faults']['next']>): Promise<ReadResult> {
  putEstate();
  standIn.faults.next(...fault);
  return read();
}

describe('what fails becomes words', () => {
  it.each([
    [
      403,
      'Azure Monitor answered 403 InsufficientAccessError: InsufficientAccessError: The provided credentials',
    ],
    [404, 'Azure Monitor answered 404 PathNotFoundError'],
    [401, 'Azure Monitor answered 401 InvalidTokenError'],
  ] as const)('%i, once for a workspace', async (status, words) => {
    const { records, outcome } = await readWhile('', { status }, 1000);
    expect(records).toEqual([]);
    expect(outcome.reasons).toEqual([expect.stringContaining(`workspace ${workspaceId}: ${words}`)]);
    expect(standIn.queries.length).toBeLessThan(4);
  });

  it.each([
    ['500', { status: 500 }],
    ['429 without Retry-After', { status: 429 }],
    ['429 with Retry-After', { status: 429, retryAfterSeconds: 0 }],
    ['a reset', { kind: 'reset' }],
    ['a page for people', { kind: 'html' }],
    ['an answer without tables', { kind: 'empty' }],
    ['a cut connection', { kind: 'cut' }],
    ['an answer that does not end', { kind: 'stall' }],
  ] as const)('%s is asked for again', async (_what, fault) => {
    const { rows, outcome } = await readWhile(isRowsOf('AddonAzureBackupJobs'), fault);
    expect(outcome).toMatchObject({ complete: true, reasons: [] });
    expect(rows).toHaveLength(10);
  });

  it.each([
    ['500', { status: 500 }, /Azure Monitor answered 500 InternalServerError/],
    ['a reset', { kind: 'reset' }, /the query to Azure Monitor failed: .*(ECONNRESET|hang up|disconnected)/],
    ['a page for people', { kind: 'html' }, /the answer is no JSON \(text\/html\): "<html>Please sign in/],
    ['an answer without tables', { kind: 'empty' }, /the answer has no table of rows/],
    ['a cut connection', { kind: 'cut' }, /the query to Azure Monitor failed: /],
  ] as const)('%s that stays is told, and the rest is read', async (_what, fault, words) => {
    const { records, outcome } = await readWhile('AddonAzureBackupJobs', fault, 1000);
    expect(outcome.reasons).toEqual([expect.stringMatching(words)]);
    expect(outcome.reasons.join()).not.toMatch(/\n| at .*\.js/);
    expect(records).toHaveLength(2);
  });

  it('a wait that is longer than the deadline is not waited for', async () => {
    const { outcome } = await readWhile(
      'AddonAzureBackupJobs',
      { status: 429, retryAfterSeconds: 3600 },
      1000,
    );
    expect(outcome.reasons).toEqual([
      expect.stringContaining('it asks to wait 60 min (Retry-After), which is not waited for'),
    ]);
  });

  it('a quota that stays ends with the deadline', async () => {
    putEstate();
    standIn.faults.next('AddonAzureBackupJobs', { status: 429 }, 1000);
    const { outcome } = await read({}, { calls: { deadlineMs: 1500, firstDelayMs: 100 } });
    expect(outcome.reasons).toEqual([expect.stringMatching(/429 ThrottledError[^;]*$/)]);
  });

  it('a service that never answers', async () => {
    putEstate();
    standIn.faults.next('AddonAzureBackupJobs', { kind: 'silence' }, 1000);
    const { outcome } = await read({}, { calls: { timeoutMs: 300, attempts: 2 } });
    expect(outcome.reasons).toContainEqual(expect.stringContaining('no answer for 0.3 s'));
  });

  it('the end of the budget', async () => {
    putEstate();
    const { outcome } = await read({ budget: { calls: 3 } });
    expect(outcome.reasons).toEqual([expect.stringContaining('the budget of 3 calls for a day is used up')]);
  });

  it('a secret that is wrong, without the secret', async () => {
    putEstate();
    const secret = 'hunter2-is-wrong';
    const { outcome } = await read({}, { signIn: { ...bySecret, clientSecret: secret } as typeof bySecret });
    expect(outcome).toMatchObject({
      complete: false,
      reasons: ['Microsoft Entra ID gave no token: AADSTS7000215: Invalid client secret provided.'],
    });
    expect(JSON.stringify(outcome)).not.toContain(secret);
  });

  it('has no token and no secret in records and requests', async () => {
    putEstate();
    const text = JSON.stringify(await read());
    expect(text).not.toContain(azurePrincipal.clientSecret);
    expect(text).not.toMatch(/token-\d/);
  });
});

it('a reading that is ended ends its calls', async () => {
  putEstate();
  standIn.faults.next(isRowsOf('AddonAzureBackupJobs'), { kind: 'silence' }, 1000);
  const patient = await connectToStandIn(standIn, { calls: { timeoutMs: 60_000 } });
  const options = {
    workspaces: [workspaceId],
    longestJobMs: dayMs,
    ingestionDelayMs: 0,
    rowsPerQuery: 1000,
    parallel: 1,
  };
  const reading = createAzureMonitorSource(patient, options, () => runMs).read(window);
  const batches = reading.batches[Symbol.asyncIterator]();
  const first = batches.next();
  while (
    !standIn.queries.some(({ query }) =>
      isRowsOf('AddonAzureBackupJobs')({ query, isCount: query.includes('count()') }),
    )
  ) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  await batches.return?.();
  await first;
  expect(reading.outcome()).toMatchObject({ complete: false, reasons: ['the reading was ended'] });
});
