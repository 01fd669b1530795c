import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { itemRows, jobRows } from '../support/azure/backup-rows.js';
import { AzureStandIn, azureAuthorityUrl, azurePrincipal } from '../support/azure/stand-in.js';
import { Project, jsonOf } from '../support/cli.js';
import { mainHere } from '../support/main-here.js';

const workspace = '00000000-0000-4000-8000-000000000001';
const { tenantId, clientId, clientSecret } = azurePrincipal;
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const configurationOf = (standIn: AzureStandIn): string => `plan: daily
timezone: UTC
sources:
  - type: azure-monitor
    name: vaults
    workspaces: [${workspace}]
azure:
  signIn:
    type: client-secret
    tenantId: ${tenantId}
    clientId: ${clientId}
    clientSecret: \${file:./secret}
  endpoint: ${standIn.url}
  authority: ${standIn.url}
  audience: ${standIn.audience}
  ca: ${fileURLToPath(azureAuthorityUrl)}
archive: { type: file-system, directory: ./reports }
mail: { type: outbox, directory: ./outbox, from: a@example.com, to: [b@example.com] }
`;

it('a run over Azure alone needs no OCI, names its queries, and writes no secret and no token', async () => {
  const standIn = await AzureStandIn.start();
  closing.push(() => standIn.close());
  standIn.workspace(workspace).put('AddonAzureBackupJobs', jobRows);
  standIn.workspace(workspace).put('CoreAzureBackup', itemRows);
  const project = await Project.create({ secret: `${clientSecret}\n` }, configurationOf(standIn));
  closing.push(() => project.remove());

  const { stdout, stderr } = await mainHere(['run', '--date', '2026-11-18'], project.directory);
  const files = await project.revision('2026-11-18');
  const manifest = jsonOf<{ sources: readonly Record<string, unknown>[] }>(files, 'manifest.json');
  expect(manifest.sources).toMatchObject([
    { name: 'vaults', type: 'azure-monitor', complete: true, controlTotals: { read: 10 } },
  ]);
  expect(JSON.stringify(manifest)).toContain('AddonAzureBackupJobs\\n| where TimeGenerated >= datetime(');

  const written = await textsBelow(project.directory);
  expect(written.length).toBeGreaterThan(8);
  for (const text of [...written, stdout, stderr]) expect(text).not.toMatch(/token-\d/);
  expect(written.filter((text) => text.includes(clientSecret))).toEqual([`${clientSecret}\n`]);
  expect(`${stdout}${stderr}`).not.toContain(clientSecret);
});

async function textsBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  return Promise.all(paths.map((path) => readFile(path, 'latin1')));
}
