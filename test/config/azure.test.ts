import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { azurePlaces } from '../../src/azure/clouds.js';
import { archivableConfiguration } from '../../src/config/archivable-configuration.js';
import { type LoadedConfiguration, loadConfiguration, loadWithoutMissing } from '../../src/config/load.js';
import { backupComplianceKeys } from '../../src/config/backup-compliance-schema.js';
import { settingsSchemaOf } from '../../src/config/report-settings.js';
import { hourMs, minuteMs } from '../../src/base/time-units.js';

const workspace = '00000000-0000-4000-8000-000000000001';
const client = '00000000-0000-4000-8000-0000000000bb';
const bySecret = `signIn: { type: client-secret, tenantId: contoso.example, clientId: ${client}, clientSecret: s }`;
const source = `type: azure-monitor, workspaces: [${workspace}]`;

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'config-'));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

async function fileOf(sources: string, ...more: readonly string[]): Promise<string> {
  const path = join(directory, 'c.yaml');
  const archive = 'archive: { type: file-system, directory: ./r }';
  const lines = ['plan: daily', 'timezone: UTC', `sources: [${sources}]`, archive, ...more];
  await writeFile(path, `${lines.join('\n')}\n`);
  return path;
}

async function load(sources: string, ...more: readonly string[]): Promise<LoadedConfiguration> {
  return loadConfiguration(await fileOf(sources, ...more));
}

describe('a source of Azure', () => {
  it('has what it needs by default', async () => {
    const { configuration } = await load(`{ ${source} }`, `azure: { ${bySecret} }`);
    expect(configuration.sources).toEqual([
      {
        type: 'azure-monitor',
        workspaces: [workspace],
        longestJob: 24 * hourMs,
        ingestionDelay: 24 * hourMs,
        rowsPerQuery: 20_000,
        parallel: 2,
      },
    ]);
    expect(configuration.azure).toMatchObject({ cloud: 'public', timeout: 200_000, attempts: 6 });
  });

  it.each([
    ['type: managed-identity'],
    [`type: managed-identity, clientId: ${client}`],
    ['type: workload-identity'],
    [`type: workload-identity, tenantId: ${client}, clientId: ${client}, tokenFile: ./token`],
    ['type: default'],
  ])('signs in by %s', async (signIn) => {
    const { configuration } = await load(`{ ${source} }`, `azure: { signIn: { ${signIn} } }`);
    expect(configuration.azure?.signIn.type).toBe(/type: ([\w-]+)/.exec(signIn)?.[1]);
  });

  it.each([
    ['type: azure-monitor', bySecret, 'sources[0].workspaces: is required: a list of workspace ids'],
    [
      'type: azure-monitor, workspaces: []',
      bySecret,
      'sources[0].workspaces: must name at least one workspace',
    ],
    ['type: azure-monitor, workspaces: [prod]', bySecret, 'sources[0].workspaces[0]: must be a GUID'],
    [
      `type: azure-monitor, workspaces: [${workspace}, ${workspace}]`,
      bySecret,
      'sources[0].workspaces: names a workspace twice',
    ],
    [`${source}, parallel: 6`, bySecret, 'sources[0].parallel: must be at most 5'],
    [`${source}, rowsPerQuery: 500000`, bySecret, 'sources[0].rowsPerQuery: must be at most 100000'],
    [`${source}, longestJob: 59m`, bySecret, 'sources[0].longestJob: must be from 1h to 30d'],
    [`${source}, region: iad`, bySecret, 'sources[0].region'],
    [source, `${bySecret}, cloud: german`, 'azure.cloud: must be public, usgov or china'],
    [source, `${bySecret}, endpoint: "http://127.0.0.1:1"`, 'azure.endpoint: must be a URL with https://'],
    [source, `${bySecret}, authority: login`, 'azure.authority: must be a URL with https://'],
    [source, 'signIn: { type: device-code }', 'azure.signIn.type'],
    [
      source,
      `signIn: { type: client-secret, tenantId: t, clientId: ${client} }`,
      'azure.signIn.clientSecret',
    ],
    [
      source,
      'signIn: { type: client-secret, tenantId: t, clientId: me, clientSecret: s }',
      'azure.signIn.clientId: must be a GUID',
    ],
    [
      source,
      'signIn: { type: default, tenantId: "a/b" }',
      'azure.signIn.tenantId: must be the GUID or the domain',
    ],
  ])('is refused: %s %s', async (each, azure, words) => {
    await expect(load(`{ ${each} }`, `azure: { ${azure} }`)).rejects.toThrow(words);
  });

  it('is refused without a sign-in', async () => {
    await expect(load(`{ ${source} }`)).rejects.toThrow('azure: is required for the source azure-monitor');
  });

  it('is left out, and nothing else, where its secret is not there', async () => {
    const path = await fileOf(
      `{ ${source} }`,
      `azure: { ${bySecret.replace(' s }', ' "${NO_SUCH_SECRET}" }')} }`,
    );
    await expect(loadConfiguration(path)).rejects.toThrow('NO_SUCH_SECRET is not set');
    const { leftOut, configuration } = await loadWithoutMissing(path);
    expect(leftOut?.get('azure')?.message).toContain('azure.signIn.clientSecret');
    expect(configuration.azure).toBeUndefined();
  });

  it('has no secret in the archive', async () => {
    const written = {
      azure: { cloud: 'usgov', signIn: { type: 'client-secret', clientId: client, clientSecret: 'hunter2' } },
    };
    expect(archivableConfiguration(written)).toEqual({
      azure: {
        cloud: 'usgov',
        signIn: { type: 'client-secret', clientId: client, clientSecret: '[removed]' },
      },
    });
  });
});

describe('the settle delay', () => {
  const files = '{ type: local-files, paths: [a] }';
  const azure = `azure: { ${bySecret} }`;

  it.each<readonly [string, string, readonly string[], number]>([
    ['6 h for other sources', files, [], 6 * hourMs],
    [
      '6 h 30 min where one of the sources is of Azure',
      `${files}, { ${source} }`,
      [azure],
      6 * hourMs + 30 * minuteMs,
    ],
    ['as set, also with Azure', `{ ${source} }`, [azure, 'settleDelay: 2h'], 2 * hourMs],
  ])('is %s', async (_what, sources, more, expected) => {
    const { configuration, settings } = await load(sources, ...more);
    expect(configuration.settleDelay).toBe(expected);
    // A report is made again from its settings, which do not have the sources.
    expect(settingsSchemaOf(backupComplianceKeys).parse(settings).settleDelay).toBe(expected);
  });
});

describe('the places of a cloud', () => {
  it.each([
    [
      'public',
      'https://api.loganalytics.io/v1',
      'https://login.microsoftonline.com',
      'https://api.loganalytics.io',
    ],
    [
      'usgov',
      'https://api.loganalytics.us/v1',
      'https://login.microsoftonline.us',
      'https://api.loganalytics.us',
    ],
    [
      'china',
      'https://api.loganalytics.azure.cn/v1',
      'https://login.chinacloudapi.cn',
      'https://api.loganalytics.azure.cn',
    ],
  ] as const)('%s', (cloud, endpoint, authority, audience) => {
    expect(azurePlaces(cloud, {})).toEqual({ endpoint, authority, audience });
  });

  it.each([
    ['https://x.example', 'https://x.example/v1'],
    ['https://x.example/', 'https://x.example/v1'],
    ['https://x.example/v1/', 'https://x.example/v1'],
  ])('with the endpoint %s has its version', (endpoint, expected) => {
    expect(azurePlaces('public', { endpoint })).toMatchObject({
      endpoint: expected,
      audience: 'https://api.loganalytics.io',
    });
  });
});
