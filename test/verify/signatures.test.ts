import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFileSystemArchive } from '../../src/archives/file-system/file-system-archive.js';
import { publishKey, revokeKey } from '../../src/day/signatures/key-store.js';
import { sealEnvelope } from '../../src/signing/envelope.js';
import { pinnedKey } from '../../src/signing/key-record.js';
import { statementOf, statementPayloadType } from '../../src/signing/statement.js';
import type { Manifest } from '../../src/model/manifest.js';
import type { Verification } from '../../src/verify/verify-archive.js';
import { Project, defaultConfiguration, ndjson } from '../support/cli.js';
import { copyFolder } from '../support/copy-folder.js';
import { runPlainly } from '../support/run-here.js';
import { firstKey, firstPem, secondKey } from '../support/signing.js';
import { archiveFolder, editManifest, eventsOf, kindsOf, verified } from '../support/verified-archive.js';

const dates = ['2026-11-18', '2026-11-19'];
const [first = '', last = ''] = dates;
const tool = { name: 'oci-backup-reporter', version: '0.0.0' };

let whole: Project;
let project: Project;
let root: string;

beforeAll(async () => {
  const events = dates.map((date) => [`events/${date}.ndjson`, ndjson(eventsOf(date))] as const);
  whole = await Project.create(
    { ...Object.fromEntries(events), 'signing-key.pem': firstPem },
    `${defaultConfiguration}signing: { key: "${'$'}{file:./signing-key.pem}" }\n`,
  );
  for (const date of dates) await runPlainly(whole.directory, date);
});

afterAll(() => whole.remove());

beforeEach(async () => {
  project = await Project.create({});
  root = join(project.directory, archiveFolder);
  copyFolder(join(whole.directory, archiveFolder), root);
});

afterEach(() => project.remove());

const prefixOf = (date: string): string => `daily/${date.replaceAll('-', '/')}/r1/`;
const at = (key: string): string => join(root, key);
const keysFolder = 'daily/keys/';
const sig = (date: string): string => `${prefixOf(date)}manifest.json.sig`;
const dsse = (date: string): string => `${prefixOf(date)}manifest.json.dsse`;
const pem = `${keysFolder}${firstKey.keyId}.pem`;
const record = `${keysFolder}${firstKey.keyId}.json`;

async function flip(key: string, byte: number): Promise<void> {
  const bytes = await readFile(at(key));
  bytes[byte] = (bytes[byte] ?? 0) ^ 1;
  await writeFile(at(key), bytes);
}

async function copy(from: string, to: string): Promise<void> {
  await writeFile(at(to), await readFile(at(from)));
}

async function sealed(date: string, key = firstKey, signedAt = new Date().toISOString()): Promise<void> {
  const bytes = await readFile(at(`${prefixOf(date)}manifest.json`));
  const manifest = JSON.parse(bytes.toString()) as Manifest;
  await writeFile(
    at(dsse(date)),
    sealEnvelope(statementPayloadType, statementOf(manifest, bytes, signedAt), key),
  );
}

/** Workbooks are one line of text here; what chain and log show of a change, other tests tell. */
const besides = new Set(['totals-differ', 'log-differs', 'chain-broken', 'report-differs']);

async function found(outside: Parameters<typeof verified>[1] = {}): Promise<Verification> {
  const { findings, ...rest } = await verified(root, outside);
  return { ...rest, findings: findings.filter(({ kind }) => !besides.has(kind)) };
}

/** Its chain and its log do not matter here. */
const edit = (date: string, change: Parameters<typeof editManifest>[1]) =>
  editManifest(at(prefixOf(date)), change);

it('a signed archive has no finding, and its signatures are counted', async () => {
  const { findings, notes, signatures } = await found();
  expect([findings, signatures]).toEqual([[], 6]);
  expect(notes.filter(({ kind }) => kind !== 'not-carried')).toEqual([]);
});

/** Without its statement a signature is of the time of the report, which is older than this key. */
describe('a signature that does not stand', () => {
  const rows: readonly (readonly [string, () => Promise<unknown>, readonly string[]])[] = [
    ['a bit of it is another one', () => flip(sig(last), 5), [`wrong-signature ${sig(last)}`]],
    ['it is that of another day', () => copy(sig(first), sig(last)), [`wrong-signature ${sig(last)}`]],
    ['it is cut', () => writeFile(at(sig(last)), 'short'), [`malformed-signature ${sig(last)}`]],
    ['it is removed', () => rm(at(sig(last))), [`signature-missing ${sig(last)}`]],
    [
      'the statement is no envelope',
      () => writeFile(at(dsse(last)), '{}'),
      [`malformed-signature ${dsse(last)}`, `outside-validity ${sig(last)}`],
    ],
    [
      'the statement is that of another day',
      () => copy(dsse(first), dsse(last)),
      [`other-files ${dsse(last)}`],
    ],
    [
      'the statement is removed',
      () => rm(at(dsse(last))),
      [`outside-validity ${sig(last)}`, `signature-missing ${dsse(last)}`],
    ],
    [
      'both are removed',
      async () => {
        await rm(at(sig(last)));
        await rm(at(dsse(last)));
      },
      [`signature-missing ${sig(last)}`],
    ],
    [
      'the statement is signed by a key that the archive does not have',
      () => sealed(last, secondKey),
      [`unknown-key ${dsse(last)}`],
    ],
    [
      'the statement says that it was signed before the key was valid',
      () => sealed(last, firstKey, '2020-01-01T00:00:00.000Z'),
      [`outside-validity ${dsse(last)}`, `outside-validity ${sig(last)}`],
    ],
    [
      'the manifest is edited',
      () => edit(last, (manifest) => void (manifest['principal'] = 'somebody else')),
      [`wrong-signature ${sig(last)}`, `other-files ${dsse(last)}`],
    ],
    [
      'the manifest is edited so that it does not ask for a signature, and the signatures are removed',
      async () => {
        await edit(last, (manifest) => {
          delete manifest['signing'];
          manifest['generatedAt'] = '2099-01-01T00:00:00.000Z';
        });
        await rm(at(sig(last)));
        await rm(at(dsse(last)));
      },
      [`unsigned ${prefixOf(last)}manifest.json`],
    ],
    [
      'the key could not be used, and nobody has signed since',
      async () => {
        await edit(last, (manifest) => void (manifest['signing'] = { keyId: null }));
        await rm(at(sig(last)));
        await rm(at(dsse(last)));
      },
      [`unsigned ${prefixOf(last)}manifest.json`],
    ],
    [
      'the signature of a checkpoint is another one',
      async () => {
        const key = `${prefixOf(last)}checkpoint.txt`;
        const text = (await readFile(at(key), 'utf8')).trimEnd();
        const bytes = Buffer.from(text.slice(text.lastIndexOf(' ') + 1), 'base64');
        bytes[9] = (bytes[9] ?? 0) ^ 1;
        await writeFile(at(key), `${text.slice(0, text.lastIndexOf(' ') + 1)}${bytes.toString('base64')}\n`);
      },
      [`wrong-signature ${prefixOf(last)}checkpoint.txt`],
    ],
    [
      'the public key is that of somebody else',
      () => writeFile(at(pem), secondKey.publicPem),
      [`key-damaged ${pem}`],
    ],
    ['the public key is removed', () => rm(at(pem)), [`key-damaged ${pem}`]],
  ];
  it.each(rows)('%s', async (_what, change, expected) => {
    await change();
    expect(kindsOf(await found())).toEqual(expected);
  });

  it('the record of the key is removed: nobody can say who signed', async () => {
    await rm(at(record));
    const kinds = (await found()).findings.map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['unknown-key']));
    expect(kinds).toHaveLength(6);
  });

  it('the key was revoked: told with its reason, and nothing else is', async () => {
    const revokedAt = '2026-01-01T00:00:00.000Z';
    const facts = {
      keyId: firstKey.keyId,
      revokedAt,
      reason: 'stolen',
      recordedAt: revokedAt,
      principal: 'x',
      tool,
    };
    await revokeKey(createFileSystemArchive(root), { plan: 'daily', ...facts });
    const { findings, notes } = await found();
    expect(new Set(findings.map(({ kind }) => kind))).toEqual(new Set(['key-revoked']));
    expect(findings[0]?.words).toContain('(stolen)');
    expect(notes.filter(({ kind }) => kind === 'revoked-key')).toHaveLength(1);
  });
});

const pinned = (key: typeof firstKey) => [pinnedKey(key.publicPem)].flatMap((each) => each ?? []);

describe('keys from elsewhere', () => {
  it('are enough, whatever the archive has in keys/', async () => {
    await rm(at(record));
    const { findings, signatures } = await found({ pinned: pinned(firstKey) });
    expect([findings, signatures]).toEqual([[], 6]);
  });

  it('alone count: a forger who put his own key into the archive is found', async () => {
    const { findings, signatures } = await found({ pinned: pinned(secondKey) });
    expect([findings.length, findings.every(({ kind }) => kind === 'unknown-key'), signatures]).toEqual([
      6,
      true,
      0,
    ]);
  });

  it('ask for signatures of all reports', async () => {
    for (const date of dates) {
      await edit(date, (manifest) => void delete manifest['signing']);
      await rm(at(sig(date)));
      await rm(at(dsse(date)));
    }
    const { findings } = await found({ pinned: pinned(firstKey) });
    expect(findings.filter(({ kind }) => kind === 'unsigned')).toHaveLength(2);
  });
});

it('a further key that has signed nothing is no fault', async () => {
  const nowMs = Date.now();
  await publishKey(createFileSystemArchive(root), secondKey, { plan: 'daily', tool, nowMs, validToMs: null });
  expect((await found()).findings).toEqual([]);
});
