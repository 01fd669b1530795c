import { spawnSync } from 'node:child_process';
import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import type { Manifest } from '../../src/model/manifest.js';
import { listPlan } from '../../src/verify/listing/list-plan.js';
import { readRevisionFacts } from '../../src/verify/reading/read-revision.js';
import { createTimestampReader, signatureStampedMs } from '../../src/verify/reading/timestamp-reader.js';
import { shippedKinds } from '../../src/wiring/report-kinds.js';
import { verifyReadersOf } from '../../src/wiring/wire-verify.js';
import { Project, defaultConfiguration, jsonOf, ndjson } from '../support/cli.js';
import { databaseEvent } from '../support/raw-event.js';
import { runPlainly } from '../support/run-here.js';
import { firstPem } from '../support/signing.js';
import { StampingFolder, StampingServer, hasOpenssl } from '../support/timestamp-authority.js';
import { verified } from '../support/verified-archive.js';

const date = '2026-11-19';
const secret = 'sesame-7251';
const signing = 'signing: { key: "${file:./signing-key.pem}" }\n';
const events = ndjson([databaseEvent('end', `${date}T02:00:00Z`, { id: 'e1' })]);

let folder: StampingFolder;
let server: StampingServer;
let project: Project;

async function start(more = '', files: Readonly<Record<string, string>> = {}): Promise<void> {
  const ca = (await folder.read('ca.pem')).toString();
  const timestamp = `timestamp: { url: "http://u:${secret}@${server.host}/${secret}", ca: ./tsa.pem, timeout: 5s }\n`;
  project = await Project.create(
    { 'events/a.ndjson': events, 'tsa.pem': ca, ...files },
    `${defaultConfiguration}${timestamp}${more}`,
  );
}

const run = (json = false) => runPlainly(project.directory, date, [], json ? { json: true } : {});
const opensslVerifies = (data: string) => {
  const inRevision = join(project.directory, 'reports/daily/2026/11/19/r1');
  const how = ['-data', data, '-in', 'manifest.json.tsr', '-CAfile', '../../../../keys/ca.pem'];
  return spawnSync('openssl', ['ts', '-verify', ...how], { cwd: inRevision, encoding: 'utf8' });
};

/** All files of the project but its configuration, and what a command said. */
async function everythingWritten(...said: readonly { stdout: string; stderr: string }[]): Promise<string> {
  const entries = await readdir(project.directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((each) => each.isFile() && each.name !== 'backup-report.yaml');
  const texts = await Promise.all(files.map((each) => readFile(join(each.parentPath, each.name), 'latin1')));
  return [...texts, ...said.map(({ stdout, stderr }) => stdout + stderr)].join('\n');
}

describe.skipIf(!hasOpenssl)('a plan with a time-stamping authority', () => {
  beforeAll(async () => {
    folder = await StampingFolder.create();
    server = await StampingServer.start(folder);
  });
  afterEach(async () => {
    server.answers.length = 0;
    server.asked.length = 0;
    await project.remove();
  });
  afterAll(async () => {
    await server.stop();
    await folder.remove();
  });

  it.each([
    ['the manifest, where the plan does not sign', '', {}, 'manifest.json'],
    ['the signature, where it does', signing, { 'signing-key.pem': firstPem }, 'manifest.json.sig'],
  ])('stamps %s, as openssl agrees', async (_what, more, files, data) => {
    await start(more, files);
    const said = await run();
    expect(said).toMatchObject({ code: 0, stderr: '' });
    expect(said.stdout).toContain(`  stamped    1 revision: ${date} r1`);
    const manifest = jsonOf<Manifest>(await project.revision(date), 'manifest.json');
    expect(manifest.timestamp).toEqual({ authority: server.host });
    const ca = (await project.list('reports/daily/keys')).find((name) =>
      /^timestamp-ca-[0-9a-f]{64}\.pem$/.test(name),
    );
    await project.write('reports/daily/keys/ca.pem', await project.read(`reports/daily/keys/${ca ?? ''}`));
    expect(opensslVerifies(data).stdout).toContain('Verification: OK');
    expect(opensslVerifies('report.json').status).not.toBe(0);
    const again = await run(true);
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout)).not.toHaveProperty('timeStamps');
    expect(server.asked).toHaveLength(1);
    expect(await everythingWritten(said, again)).not.toContain(secret);
  });

  it('makes and mails the report where it is down, and the next run fills the gap', async () => {
    await start();
    server.answers.push(() => Buffer.from('<html>Down</html>'));
    const said = await run();
    expect(said.code).toBe(4);
    expect(said.stdout).toContain(
      `  NO TIME STAMP ${date} r1: the time-stamping authority ${server.host}: its`,
    );
    expect(said.stderr).toContain(
      'backup-report: 1 revision has no time stamp: the time-stamping authority ',
    );
    expect(await project.list('outbox')).toHaveLength(1);
    const before = await project.revision(date);
    expect([...before.keys()]).not.toContain('manifest.json.tsr');
    const next = await run(true);
    expect(next.code).toBe(0);
    expect(JSON.parse(next.stdout)).toMatchObject({
      timeStamps: { stamped: [{ date, revision: 1 }], unstamped: [] },
    });
    const after = await project.revision(date);
    expect(after.has('manifest.json.tsr')).toBe(true);
    for (const [name, bytes] of before) expect(after.get(name)).toEqual(bytes);
    expect(await everythingWritten(said, next)).not.toContain(secret);
  });

  it('waits for a signature that is owed', async () => {
    await start(signing);
    const said = await run();
    expect(said.code).toBe(4);
    expect(said.stdout).toContain(
      `  NO TIME STAMP ${date} r1: it is not signed yet, and the time stamp is over`,
    );
    expect(server.asked).toEqual([]);
    await project.write('signing-key.pem', firstPem);
    const next = await run();
    expect(next).toMatchObject({ code: 0, stderr: '' });
    expect(next.stdout).toContain(`  signed     1 earlier revision: ${date} r1\n  stamped    1 revision`);
  });

  it('has an archive of which verify says whether its stamps are genuine', async () => {
    await start();
    await run();
    const revision = 'daily/2026/11/19/r1';
    const tsr = `${revision}/manifest.json.tsr`;
    const good = await project.read(`reports/${tsr}`);
    const keys = await project.list('reports/daily/keys');
    const ca = `daily/keys/${keys.find((name) => name.startsWith('timestamp-ca-')) ?? ''}`;
    const root = await project.read(`reports/${ca}`);
    const told = async () =>
      (await verified(join(project.directory, 'reports'))).findings
        .filter(({ kind }) => kind.startsWith('timestamp'))
        .map(({ kind, key, words }) => `${kind} ${key}: ${words}`);
    expect(await told()).toEqual([]);

    await project.write(`reports/${ca}`, 'no certificate');
    expect(await told()).toEqual([
      `timestamp-unchecked ${tsr}: over the manifest: there is no certificate to check CN=Stamps of Tests by`,
      `timestamp-unchecked ${ca}: it is not the certificate that its name says`,
    ]);
    await project.write(`reports/${ca}`, root);

    await project.write(`reports/${tsr}`, await folder.replyOver(Buffer.from('other bytes')));
    expect(await told()).toEqual([`timestamp-wrong ${tsr}: over the manifest: it is about other bytes`]);
    await project.write(`reports/${tsr}`, good);

    const forged = Buffer.from(good);
    // The last byte of the signature.
    forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
    await project.write(`reports/${tsr}`, forged);
    expect(await told()).toEqual([
      `timestamp-wrong ${tsr}: over the manifest: it is not what the authority signed`,
    ]);
    await rm(join(project.directory, 'reports', tsr));
    expect(await told()).toEqual([
      `timestamp-missing ${tsr}: it has no time stamp, and its manifest asks for one of ${server.host}`,
    ]);
  });

  it('knows when a signature was there, and of one that came after the stamp it does not', async () => {
    await start();
    await run();
    const archive = createFileSystemArchive(join(project.directory, 'reports'));
    const stampedMs = async (): Promise<number | null> => {
      const [listed] = (await listPlan(archive, 'daily')).revisions;
      if (listed === undefined) return null;
      const facts = await readRevisionFacts(archive, 'daily', listed, verifyReadersOf(shippedKinds));
      return signatureStampedMs(createTimestampReader(archive, 'daily'), facts);
    };
    const place = 'reports/daily/2026/11/19/r1';
    await project.write(`${place}/manifest.json.sig`, 'a signature that came later');
    expect(await stampedMs()).toBe(null);
    const later = await folder.replyOver(Buffer.from('a signature that came later'));
    await project.write(`${place}/manifest.json.tsr`, later);
    expect(Math.abs(((await stampedMs()) ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it.each([
    ['nothing', 'timestamp: {}', ['timestamp.url: must be', 'timestamp.ca: ']],
    ['another protocol', 'timestamp: { url: "ftp://x/y", ca: a }', ['timestamp.url: must be a URL']],
    [
      'an unknown key',
      'timestamp: { url: "http://x", ca: a, key: b }',
      ['timestamp.key: this version knows'],
    ],
  ])('that is configured with %s is told', async (_what, more, words) => {
    project = await Project.create({ 'events/a.ndjson': events }, `${defaultConfiguration}${more}\n`);
    const { code, stderr } = await run();
    expect(code).toBe(2);
    for (const each of words) expect(stderr).toContain(each);
  });
});
