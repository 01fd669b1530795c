import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AzureConnection, CallLimits } from '../../src/azure/connection.js';
import type { AzureSignIn } from '../../src/azure/credential.js';
import { parseExactly } from '../../src/azure/exact-json.js';
import { signInWords } from '../../src/azure/sign-in-words.js';
import { bySecret, connectToStandIn } from '../support/azure/connect.js';
import { AzureStandIn, azurePrincipal } from '../support/azure/stand-in.js';

const { tenantId, clientId, assertion } = azurePrincipal;
const workspace = '00000000-0000-4000-8000-000000000001';
const unlimited: CallLimits = { gate: null, stop: new AbortController().signal };

let standIn: AzureStandIn;
let folder: string;

beforeAll(async () => {
  standIn = await AzureStandIn.start();
  standIn.workspace(workspace).put('AddonAzureBackupJobs', [{ TimeGenerated: '2026-11-18T03:00:00Z' }]);
  folder = await mkdtemp(join(tmpdir(), 'azure-'));
});

beforeEach(() => standIn.forget());
afterEach(() => vi.unstubAllEnvs());

afterAll(async () => {
  await standIn.close();
  await rm(folder, { recursive: true });
});

function ask(connection: AzureConnection, limits = unlimited): Promise<unknown> {
  const text = 'AddonAzureBackupJobs\n| summarize Rows = count()';
  return connection.query({ workspace, text, fromMs: 0, toMs: Date.parse('2026-11-19T00:00:00Z') }, limits);
}

async function rejected(work: Promise<unknown>): Promise<Error> {
  return work.then(
    () => new Error('nothing was thrown'),
    (error: Error) => error,
  );
}

describe('a sign-in', () => {
  it('by secret gets a token for the audience, and the query its time span and limit', async () => {
    const connection = await connectToStandIn(standIn);
    expect(connection.principal).toBe(`client-secret ${clientId} of tenant ${tenantId}`);
    expect(await ask(connection)).toMatchObject({ rows: [[1]], partial: null });
    expect([...standIn.tokens.audiences.values()]).toEqual([standIn.audience]);
    expect(standIn.queries).toMatchObject([
      {
        workspace,
        timespan: '1969-12-31T23:00:00.000Z/2026-11-19T01:00:00.000Z',
        headers: { prefer: 'wait=1' },
      },
    ]);
    expect(Math.abs(connection.clockSkewMs() ?? 1e9)).toBeLessThan(5000);
    await ask(connection);
    expect(standIn.signIns).toHaveLength(2);
  });

  it('by workload identity gives the token of its file', async () => {
    const tokenFile = join(folder, 'token');
    await writeFile(tokenFile, assertion);
    const signIn: AzureSignIn = { type: 'workload-identity', tenantId, clientId, tokenFile };
    expect(await ask(await connectToStandIn(standIn, { signIn }))).toMatchObject({ rows: [[1]] });
  });

  it('by default takes the environment first', async () => {
    vi.stubEnv('AZURE_TENANT_ID', tenantId);
    vi.stubEnv('AZURE_CLIENT_ID', clientId);
    vi.stubEnv('AZURE_CLIENT_SECRET', azurePrincipal.clientSecret);
    expect(await ask(await connectToStandIn(standIn, { signIn: { type: 'default' } }))).toMatchObject({
      rows: [[1]],
    });
  });

  it.each<readonly [string, Partial<typeof bySecret>, RegExp]>([
    [
      'another secret',
      { clientSecret: 'hunter2' },
      /^Microsoft Entra ID gave no token: AADSTS7000215: Invalid client secret provided\.$/,
    ],
    [
      'an unknown client',
      { clientId: workspace },
      /AADSTS700016: Application with identifier '[^']+' was not found in the directory\.$/,
    ],
    [
      'an unknown tenant',
      { tenantId: workspace },
      /^Microsoft Entra ID gave no token: AADSTS90002: Tenant '[^']+' not found\.$/,
    ],
  ])('with %s is refused in words', async (_what, other, words) => {
    const signIn = { ...bySecret, ...other } as AzureSignIn;
    const error = await rejected(ask(await connectToStandIn(standIn, { signIn })));
    expect(error.message).toMatch(words);
    expect(error.message).not.toMatch(/hunter2|\n|Trace ID/);
    expect(standIn.queries).toEqual([]);
  });

  it('without what the environment must have says what is missing', async () => {
    const error = await rejected(
      ask(await connectToStandIn(standIn, { signIn: { type: 'workload-identity' } })),
    );
    expect(error.message).toMatch(
      /^Microsoft Entra ID gave no token: WorkloadIdentityCredential: .*AZURE_CLIENT_ID/,
    );
  });

  it('to a server that is not trusted is not made', async () => {
    const error = await rejected(ask(await connectToStandIn(standIn, { authorities: null })));
    expect(error.message).toMatch(/^Microsoft Entra ID gave no token: .*certificate/i);
    expect(standIn.signIns).toEqual([]);
  });

  it('for another audience is refused by the query API', async () => {
    const connection = await connectToStandIn(standIn, { audience: 'https://api.loganalytics.us' });
    expect((await rejected(ask(connection))).message).toMatch(
      /^Azure Monitor answered 401 InvalidTokenError/,
    );
  });
});

describe('a query', () => {
  it('is ended when its reading is', async () => {
    standIn.faults.next('', { kind: 'silence' });
    const stop = new AbortController();
    const connection = await connectToStandIn(standIn, { calls: { timeoutMs: 60_000 } });
    const asked = rejected(ask(connection, { gate: null, stop: stop.signal }));
    while (standIn.queries.length === 0) await new Promise((resolve) => setImmediate(resolve));
    stop.abort(new Error('enough'));
    expect((await asked).message).toBe('enough');
  });

  it('counts every attempt', async () => {
    let attempts = 0;
    const gate = { enter: () => void (attempts += 1), leftMs: () => 10_000 };
    standIn.faults.next('', { status: 503 }, 2);
    await ask(await connectToStandIn(standIn), { ...unlimited, gate });
    expect(attempts).toBe(3);
  });

  it('tells of each repetition', async () => {
    const told: unknown[] = [];
    const log = { warn: (...args: readonly unknown[]) => void told.push(args) };
    standIn.faults.next('', { status: 429 });
    await ask(await connectToStandIn(standIn, { log: log as never }));
    expect(told).toEqual([
      [
        { attempt: 1, waitMs: 0, reason: expect.stringContaining('429 ThrottledError') },
        'Azure call failed, trying again',
      ],
    ]);
  });

  it('of a workspace that is not there is refused', async () => {
    const connection = await connectToStandIn(standIn);
    const asked = connection.query({ workspace: clientId, text: 'T', fromMs: 0, toMs: 1 }, unlimited);
    expect((await rejected(asked)).message).toContain('404 PathNotFoundError');
  });
});

describe('JSON of which no digit is lost', () => {
  it.each<readonly [string, unknown]>([
    ['[9007199254740991]', [9_007_199_254_740_991]],
    ['[9007199254740993]', ['9007199254740993']],
    ['[-9223372036854775808,1]', ['-9223372036854775808', 1]],
    ['["9007199254740993","a\\"9007199254740993"]', ['9007199254740993', 'a"9007199254740993']],
    ['{"1234567890123456789":5412.25}', { '1234567890123456789': 5412.25 }],
    ['[1e300,12345678.5,0.1234567890123456]', [1e300, 12_345_678.5, 0.123_456_789_012_345_6]],
    ['["\\\\",12345678901234567890]', ['\\', '12345678901234567890']],
  ])('%s', (text, value) => {
    expect(parseExactly(text)).toEqual(value);
  });

  it('is none where the text is none', () => {
    expect(() => parseExactly('{"a":12345678901234567890')).toThrow(SyntaxError);
  });
});

it('words of a refused sign-in never show the secret', () => {
  expect(signInWords(new Error('the secret s3cret~1 is wrong'), null, ['s3cret~1'])).toBe(
    'the secret [removed] is wrong',
  );
});
