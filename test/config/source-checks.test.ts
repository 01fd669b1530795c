import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfiguration } from '../../src/config/load.js';
import { explainError } from '../../src/errors.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'source-checks-'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

async function load(report: string, source: string) {
  const path = join(folder, 'c.yaml');
  const azure = 'azure: { signIn: { type: default } }\n';
  await writeFile(
    path,
    `plan: daily\nreport: ${report}\ntimezone: UTC\nsources:\n  - { ${source} }\narchive: { type: file-system, directory: ./r }\n${source.includes('azure') ? azure : ''}`,
  );
  return loadConfiguration(path);
}

/** Without the first line, which names the file. */
async function faultsOf(report: string, source: string): Promise<readonly string[]> {
  const loaded: unknown = await load(report, source).catch((error: unknown) => error);
  if (!(loaded instanceof Error)) return [];
  return explainError(loaded)
    .split('\n')
    .slice(1)
    .map((line) => line.trim());
}

const logs = 'type: log-analytics, compartmentId: ocid1.compartment.oc1..x';
const required = expect.stringMatching(/^sources\[0\]\.logSource: is required for this kind of report/);
const kinds = ['backup-compliance', 'tenancy-changes', 'database-activity'];

describe('the log source of Log Analytics', () => {
  it('is that of backup events by default for backup-compliance alone', async () => {
    const { configuration } = await load('backup-compliance', logs);
    expect(configuration.sources).toMatchObject([{ logSource: 'OCI_Backup_Event_Source' }]);
  });

  it.each(kinds.slice(1))(
    'must be named for %s: the default would be a part that looks whole',
    async (kind) => {
      expect(await faultsOf(kind, logs)).toEqual([required]);
      expect(await faultsOf(kind, `${logs}, logSource: OCI Audit Logs`)).toEqual([]);
      expect(await faultsOf(kind, `${logs}, logSource: oci_backup_event_source`)).toEqual([
        expect.stringContaining('sources[0].logSource: has the events of backups alone'),
      ]);
    },
  );

  it.each(kinds.slice(1))('is not paired by the service for %s', async (kind) => {
    expect(await faultsOf(kind, `${logs}, logSource: all, aggregate: server`)).toEqual([
      expect.stringContaining('sources[0].aggregate: pairs the events of backups'),
    ]);
  });
});

/** Whether a source with nothing but what it must have can give records of a kind. */
const fits = [
  ['type: local-files, paths: [x]', [true, true, true]],
  ['type: object-storage, bucket: b', [true, true, true]],
  ['type: streaming, streamId: ocid1.stream.oc1..s', [true, true, true]],
  ['type: oci-audit', [true, true, false]],
  ['type: logging-search', [true, true, false]],
  ['type: logging-search, logs: [ocid1.c.oc1..x/ocid1.g.oc1..y/ocid1.l.oc1..z]', [true, true, true]],
  [`type: azure-monitor, workspaces: [00000000-0000-4000-8000-000000000000]`, [true, false, false]],
  ['type: data-safe, compartmentId: ocid1.compartment.oc1..x', [true, false, true]],
] as const;

describe.each(kinds)('a plan of %s', (kind) => {
  it.each(fits)('reads %s, or says that it has no records for it', async (source, fit) => {
    const faults = await faultsOf(kind, source);
    expect(faults.length === 0).toBe(fit[kinds.indexOf(kind)]);
    for (const fault of faults)
      expect(fault).toMatch(/has no |has audit events|has backups|Audit is searched/);
  });
});
