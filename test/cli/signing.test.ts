import { spawnSync } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import { readArchivedKeys } from '../../src/day/signatures/key-store.js';
import type { Manifest } from '../../src/model/manifest.js';
import { verifyDetached, verifyEnvelope } from '../../src/signing/verify-signature.js';
import { Project, defaultConfiguration, jsonOf, ndjson } from '../support/cli.js';
import { databaseEvent } from '../support/raw-event.js';
import { runPlainly } from '../support/run-here.js';
import { firstKey, firstPem, secretOf } from '../support/signing.js';

const date = '2026-11-19';
const signing = 'signing: { key: "${file:./signing-key.pem}" }\n';
const events = ndjson([databaseEvent('end', `${date}T02:00:00Z`, { id: 'e1' })]);
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

let project: Project;

async function start(
  more = signing,
  files: Readonly<Record<string, string>> = { 'signing-key.pem': firstPem },
) {
  project = await Project.create({ 'events/a.ndjson': events, ...files }, `${defaultConfiguration}${more}`);
}

const run = (json = false) => runPlainly(project.directory, date, [], json ? { json: true } : {});

/** Every file below the project but the key, and what a command said. */
async function everythingWritten(...said: readonly { stdout: string; stderr: string }[]): Promise<string> {
  const entries = await readdir(project.directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((each) => each.isFile() && each.name !== 'signing-key.pem');
  const texts = await Promise.all(files.map((each) => readFile(join(each.parentPath, each.name), 'latin1')));
  return [...texts, ...said.map(({ stdout, stderr }) => stdout + stderr)].join('\n');
}

async function verdictsOf(files: ReadonlyMap<string, Buffer>) {
  const archive = createFileSystemArchive(join(project.directory, 'reports'));
  const { ring } = await readArchivedKeys(archive, 'daily');
  const bytes = files.get('manifest.json') ?? Buffer.alloc(0);
  const manifest = jsonOf<Manifest>(files, 'manifest.json');
  const times = { claimedMs: Date.now(), stampedMs: null };
  const signature = files.get('manifest.json.sig') ?? Buffer.alloc(0);
  return [
    verifyDetached(bytes, signature, ring, { times }).kind,
    verifyEnvelope(files.get('manifest.json.dsse') ?? Buffer.alloc(0), { bytes, manifest }, ring, times).kind,
  ];
}

describe('a plan that signs', () => {
  beforeEach(() => start());
  afterEach(() => project.remove());

  it('signs the manifest of each revision and publishes its key', async () => {
    const said = await run();
    expect(said).toMatchObject({ code: 0, stderr: '' });
    expect(said.stdout).toContain(`  signature  with key ${firstKey.keyId.slice(0, 16)}\n`);
    const files = await project.revision(date);
    expect(jsonOf<Manifest>(files, 'manifest.json').signing).toEqual({ keyId: firstKey.keyId });
    expect(await verdictsOf(files)).toEqual(['valid', 'valid']);
    expect(await project.list('reports/daily/keys')).toEqual([
      `${firstKey.keyId}.json`,
      `${firstKey.keyId}.pem`,
    ]);
    expect((await project.read(`reports/daily/keys/${firstKey.keyId}.pem`)).toString()).toBe(
      firstKey.publicPem,
    );
    const again = await run(true);
    expect(again.code).toBe(0);
    expect(await project.revision(date)).toEqual(files);
  });

  it('says so to a program', async () => {
    const { signature } = JSON.parse((await run(true)).stdout) as { signature: unknown };
    expect(signature).toEqual({ kind: 'signed', keyId: firstKey.keyId });
  });

  it.skipIf(!hasOpenssl)('is believed by openssl alone, and not after one byte was changed', async () => {
    await run();
    const folder = join(project.directory, 'reports/daily/2026/11/19/r1');
    const pem = join(project.directory, `reports/daily/keys/${firstKey.keyId}.pem`);
    const verify = (file: string, signatureFile = 'manifest.json.sig') =>
      spawnSync(
        'openssl',
        ['pkeyutl', '-verify', '-pubin', '-inkey', pem, '-rawin', '-in', file, '-sigfile', signatureFile],
        { cwd: folder, encoding: 'utf8' },
      );
    expect(verify('manifest.json')).toMatchObject({ status: 0, stdout: 'Signature Verified Successfully\n' });
    const { payload, signatures } = JSON.parse(
      (await project.read('reports/daily/2026/11/19/r1/manifest.json.dsse')).toString(),
    ) as { payload: string; signatures: { sig: string }[] };
    const statement = Buffer.from(payload, 'base64');
    const head = `DSSEv1 28 application/vnd.in-toto+json ${statement.length} `;
    await project.write('statement', Buffer.concat([Buffer.from(head), statement]));
    await project.write('statement.sig', Buffer.from(signatures[0]?.sig ?? '', 'base64'));
    const inProject = (name: string) => join(project.directory, name);
    expect(verify(inProject('statement'), inProject('statement.sig'))).toMatchObject({ status: 0 });
    const text = (await project.read('reports/daily/2026/11/19/r1/manifest.json')).toString();
    await project.write('edited.json', text.replace('COMPLETE', 'COMPLETF'));
    expect(verify(join(project.directory, 'edited.json')).status).not.toBe(0);
  });

  it('writes its secret nowhere', async () => {
    const written = await everythingWritten(await run(), await run(true));
    expect(written).not.toContain(secretOf(firstPem));
    expect(written).toContain(firstKey.keyId);
  });
});

describe('a key that cannot be reached', () => {
  afterEach(() => project.remove());

  it.each([
    ['a file', signing, /^signing\.key cannot read \.\/signing-key\.pem: it does not exist \(ENOENT\)$/],
    [
      'a variable',
      'signing: { key: "${NO_KEY_IS_HERE}" }\n',
      /^signing\.key the environment variable NO_KEY_IS_HERE is not set$/,
    ],
  ])('as %s costs no report: it is archived unsigned, exit 4', async (_what, more, words) => {
    await start(more, {});
    const said = await run(true);
    expect(said.code).toBe(4);
    const { signature } = JSON.parse(said.stdout) as { signature: object };
    expect(signature).toMatchObject({ kind: 'unsigned', reason: expect.stringMatching(words) });
    expect(said.stderr).toContain('backup-report: the report is archived and not signed: signing.key ');
    const files = await project.revision(date);
    expect([...files.keys()].filter((name) => name.startsWith('manifest'))).toEqual(['manifest.json']);
    expect(jsonOf<Manifest>(files, 'manifest.json').signing).toEqual({ keyId: null });
    expect(await project.list('outbox')).toHaveLength(1);
  });

  it('is told on a terminal, and the next run signs, once', async () => {
    await start(signing, {});
    const first = await run();
    expect(first.stdout).toContain('  NOT SIGNED signing.key cannot read ./signing-key.pem');
    const still = await run();
    expect(still).toMatchObject({ code: 4 });
    expect(still.stdout).toContain(`  NOT SIGNED ${date} r1: signing.key cannot read`);
    const before = await project.revision(date);
    await project.write('signing-key.pem', firstPem);
    const next = await run();
    expect(next).toMatchObject({ code: 0, stderr: '' });
    expect(next.stdout).toContain(`  signed     1 earlier revision: ${date} r1\n`);
    const files = await project.revision(date);
    expect(await verdictsOf(files)).toEqual(['valid', 'valid']);
    for (const [name, bytes] of before) expect(files.get(name)).toEqual(bytes);
    const last = await run(true);
    expect(JSON.parse(last.stdout)).not.toHaveProperty('lateSignatures');
    expect(await project.revision(date)).toEqual(files);
  });
});

describe('the section signing', () => {
  afterEach(() => project.remove());

  it.each([
    ['no key at all', 'signing: {}\n', ['signing: needs key or vault, one of the two (line ']],
    [
      'both',
      'signing: { key: "${file:./signing-key.pem}", vault: { secretId: ocid1.vaultsecret.oc1..x } }\n',
      ['signing: needs key or vault, one of the two (line '],
    ],
    [
      'several faults',
      'signing: { key: hunter2, vault: { secretId: ocid1.key.oc1..x, regoin: iad } }\n',
      [
        'signing.key: is no private key in PEM',
        'signing.vault.secretId: must be the OCID of a secret',
        'signing.vault.regoin: this version knows no such key',
      ],
    ],
    ['a reference that is none', 'signing: { key: "${file:}" }\n', ['signing.key: ${file:} names no file']],
    ['a list', 'signing: { key: [1] }\n', ['signing.key: must be text']],
  ])('with %s is a fault of the configuration, told at once', async (_what, more, words) => {
    await start(more);
    const { code, stderr } = await run();
    expect(code).toBe(2);
    for (const each of words) expect(stderr).toContain(each);
    expect(stderr).not.toContain('hunter2');
    expect(await project.list('reports')).toEqual([]);
  });
});
