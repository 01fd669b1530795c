import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { randomUUID } from 'node:crypto';
import { dayMs } from '../../src/base/time-units.js';
import type { Finding } from '../../src/ports/finding.js';
import { createAzureMonitorSource } from '../../src/sources/azure-monitor/azure-monitor-source.js';
import { diagnosticsRows, itemRows, jobRows } from '../support/azure/backup-rows.js';
import { type ConnectOptions, bySecret, connectToStandIn } from '../support/azure/connect.js';
import { AzureStandIn } from '../support/azure/stand-in.js';
import type { Workspace } from '../support/azure/workspace.js';

const window = { fromMs: Date.parse('2026-11-12T06:00:00Z'), toMs: Date.parse('2026-11-19T06:00:00Z') };

let standIn: AzureStandIn;
let id: string;
let workspace: Workspace;

beforeAll(async () => {
  standIn = await AzureStandIn.start();
});

beforeEach(() => {
  standIn.forget();
  id = randomUUID();
  workspace = standIn.workspace(id);
});

afterAll(() => standIn.close());

async function diagnose(connecting: ConnectOptions = {}): Promise<readonly Finding[]> {
  const connection = await connectToStandIn(standIn, connecting);
  const options = {
    workspaces: [id],
    longestJobMs: dayMs,
    ingestionDelayMs: dayMs,
    rowsPerQuery: 1000,
    parallel: 1,
  };
  const source = createAzureMonitorSource(connection, options, () => window.toMs);
  return (await source.diagnose(window)).findings;
}

const lineOf = ({ check, state, words }: Finding): string => `${state} ${check.replace(id, 'W')}: ${words}`;

describe('doctor of a source of Azure', () => {
  it('tells the sign-in, tables with their newest rows, the schema and the clock', async () => {
    workspace.put('AddonAzureBackupJobs', jobRows);
    workspace.put('AddonAzureBackupAlerts');
    workspace.put('CoreAzureBackup', itemRows);
    const findings = await diagnose();
    expect(findings.map(lineOf)).toEqual([
      expect.stringMatching(/^ok sign-in: client-secret [0-9a-f-]+ of tenant [0-9a-f-]+$/),
      'ok W AddonAzureBackupJobs: 8 rows, the newest of 2026-11-18T12:00:00Z',
      'ok W AddonAzureBackupAlerts: no row came in the last 7 days',
      'ok W CoreAzureBackup: 2 rows, the newest of 2026-11-17T20:00:01Z',
      'ok W tables: not there: AddonAzureBackupPolicy, AddonAzureBackupProtectedInstance, AddonAzureBackupStorage, AzureDiagnostics',
      'ok W schema: resource specific',
      expect.stringMatching(/^ok clock: \d s (behind|ahead of) Azure's$/),
    ]);
  });

  it.each<readonly [string, () => void, string]>([
    [
      'both',
      () => {
        workspace.put('AddonAzureBackupJobs', jobRows);
        workspace.put('AzureDiagnostics', diagnosticsRows);
      },
      'ok W schema: vaults send resource specific rows, and AzureDiagnostics as well',
    ],
    [
      'AzureDiagnostics',
      () => workspace.put('AzureDiagnostics', diagnosticsRows),
      'ok W schema: AzureDiagnostics',
    ],
    ['none', () => undefined, 'failed W schema: no row of Azure Backup came in the last 7 days'],
  ])('tells the schema: %s', async (_what, put, line) => {
    put();
    expect((await diagnose()).map(lineOf)).toContain(line);
  });

  it.each([
    [403, 'Log Analytics Reader'],
    [404, 'Compare the workspace ids'],
    [401, 'azure.audience'],
  ] as const)('says what to do about %i', async (status, advice) => {
    standIn.faults.next('', { status }, 100);
    const found = (await diagnose()).find(({ state }) => state === 'failed');
    expect(found).toMatchObject({ check: `workspace ${id}`, advice: expect.stringContaining(advice) });
  });

  it.each<readonly [string, ConnectOptions, string]>([
    ['another secret', { signIn: { ...bySecret, clientSecret: 'x' } as typeof bySecret }, 'not to its id'],
    [
      'a machine without an environment for it',
      { signIn: { type: 'workload-identity' } },
      'docs/azure.md says what each type needs',
    ],
    ['an authority that is not trusted', { authorities: null }, 'NODE_EXTRA_CA_CERTS'],
  ])('says what to do about %s', async (_what, connecting, advice) => {
    const findings = await diagnose(connecting);
    expect(findings).toMatchObject([
      { check: 'sign-in', state: 'failed', advice: expect.stringContaining(advice) },
    ]);
  });
});
