import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { connectToStandIn } from '../support/azure/connect.js';
import { AzureStandIn } from '../support/azure/stand-in.js';

/* In a file of its own: the SDK finds out once per process what kind of machine it runs on. */

const workspace = '00000000-0000-4000-8000-000000000001';
const limits = { gate: null, stop: new AbortController().signal };

let standIn: AzureStandIn;

beforeAll(async () => {
  standIn = await AzureStandIn.start();
  standIn.workspace(workspace).put('CoreAzureBackup', [{ TimeGenerated: '2026-11-18T03:00:00Z' }]);
  vi.stubEnv('AZURE_POD_IDENTITY_AUTHORITY_HOST', standIn.machineUrl);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await standIn.close();
});

it.each([[null], ['00000000-0000-4000-8000-0000000000cc']])(
  'a machine signs in by its own identity, or by the one that is named: %s',
  async (identity) => {
    standIn.machineIdentity = identity;
    const named = identity === null ? {} : { clientId: identity };
    const connection = await connectToStandIn(standIn, { signIn: { type: 'managed-identity', ...named } });
    const text = 'CoreAzureBackup\n| summarize Rows = count()';
    expect(await connection.query({ workspace, text, fromMs: 0, toMs: 1 }, limits)).toMatchObject({
      rows: [[1]],
    });
    expect([...standIn.tokens.audiences.values()].at(-1)).toBe(standIn.audience);
  },
);
