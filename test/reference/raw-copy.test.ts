import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { dayMs } from '../../src/base/time-units.js';
import { packageRoot } from '../../src/package-root.js';
import { type CliResult, Project, ndjson } from '../support/cli.js';
import { mainHere } from '../support/main-here.js';
import { type StandIn, startStandIn } from '../support/oci/stand-in.js';
import { databaseEvent } from '../support/raw-event.js';

const readText = (path: string): Promise<string> => readFile(new URL(path, packageRoot), 'utf8');
const page = await readText('docs/oci.md');
const [, section = ''] = page.split('\n### The raw copy\n');
const [, block = ''] = /```yaml\n([^]*?)```/.exec(section) ?? [];
const written: {
  readonly sources: readonly [
    { readonly bucket: string; readonly prefix: string; readonly namespace: string },
  ];
} = parse(block);
const [source] = written.sources;

const date = '2026-11-19';
const writtenMs = Date.parse('2026-11-19T04:07:00Z');
const projects: Project[] = [];
const standIns: StandIn[] = [];

afterEach(async () => {
  for (const each of standIns.splice(0)) await each.close();
  for (const each of projects.splice(0)) await each.remove();
});

/** What Connector Hub writes of a stream: a line for each message, the event as base64. */
function messages(events: readonly object[]): Buffer {
  const lines = events.map((event, offset) => ({
    stream: 'backup-reporter-events',
    partition: '0',
    key: null,
    value: Buffer.from(JSON.stringify(event)).toString('base64'),
    offset,
    timestamp: writtenMs,
  }));
  return gzipSync(ndjson(lines));
}

/** The raw copy with one backup, delivered twice. @param atMs when its objects were written */
async function rawCopy(atMs: number): Promise<StandIn> {
  let isThen = true;
  const standIn = await startStandIn({
    namespace: source.namespace,
    nowMs: () => (isThen ? atMs : Date.now()),
  });
  standIns.push(standIn);
  standIn.objects.createBucket(source.bucket);
  const ids = { databaseId: 'ocid1.database.oc1.iad.orders', dbUniqueName: 'ORDERS' };
  const events = (['begin', 'end'] as const).map((phase, index) =>
    databaseEvent(phase, `2026-11-19T12:0${index}:00Z`, { id: phase, details: ids }),
  );
  for (const run of ['1', '2']) {
    const name = `${source.prefix}ocid1.serviceconnector.oc1.iad.x/0/20261119T120000Z_20261119T120700Z.${run}.data.gz`;
    standIn.objects.put(source.bucket, name, messages(events));
  }
  isThen = false;
  return standIn;
}

/** `run` with the configuration of the page, but for the places of the stand-in. */
async function runOver(
  standIn: StandIn,
  more: object = {},
): Promise<CliResult & { readonly manifest: string }> {
  const project = new Project(await mkdtemp(join(tmpdir(), 'raw-copy-')));
  projects.push(project);
  const auth = { type: 'config-file', file: await standIn.writeConfigFile(project.directory) };
  const sources = [{ ...source, ...more, endpoint: standIn.url }];
  await project.write('backup-report.yaml', stringify({ ...written, sources, auth }));
  const said = await mainHere(['run', '--date', date], project.directory, {
    SOURCE_DATE_EPOCH: '1795600000',
  });
  const manifest = await project.read('reports/daily-backup/2026/11/19/r1/manifest.json');
  return { ...said, manifest: manifest.toString() };
}

describe('the raw copy of Connector Hub', () => {
  it('is read as it is by the configuration of docs/oci.md, each event once', async () => {
    const { code, stdout, stderr, manifest } = await runOver(await rawCopy(writtenMs + dayMs / 2));
    expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^COMPLIANT  daily-backup  2026-11-19 /);
    expect(manifest).toMatch(/"read": ?4,\s*"used": ?2,\s*"duplicate": ?2/);
  });

  it('is found in a later copy by a longer margin, and the report without one is INCOMPLETE', async () => {
    const copied = await rawCopy(writtenMs + 30 * dayMs);
    expect((await runOver(copied)).code).toBe(3);
    expect((await runOver(copied, { margin: '60d' })).code).toBe(0);
  });

  it('needs the right that docs/oci.md and the Terraform module have, whichever way it is asked for', async () => {
    const policies = await readText('deploy/terraform/policies.tf');
    const [, right = '', when = ''] =
      /object-storage = \[\n +\{ allow = "([^"]*)", when = \["([^"]*)"\] \},\n {4}\]/.exec(policies) ?? [];
    const statement = `${right} where ${when}`
      .replace('${local.here}', 'compartment X')
      .replace('${local.raw_bucket}', source.bucket);
    const [, permissions = ''] = page.split('\n## Permissions\n');
    expect(permissions).toContain(`\nallow group backup-report to ${statement}\n`);
    const variables = await readText('deploy/terraform/variables.tf');
    for (const name of ['sources', 'more_rights']) {
      const [, body = ''] = new RegExp(`^variable "${name}" \\{\\n([^]*?)^\\}`, 'm').exec(variables) ?? [];
      expect([name, /setsubtract\([^)]*"object-storage"/.test(body)]).toEqual([name, true]);
    }
    expect(policies).toMatch(/granted += concat\([^)]*var\.sources\), tolist\(var\.more_rights\)/);
  });
});
