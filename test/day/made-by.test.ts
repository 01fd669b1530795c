import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfiguration } from '../../src/config/load.js';
import { makeDailyReport } from '../../src/day/make-daily-report.js';
import type { DayResult } from '../../src/day/report-plan.js';
import { archivedFileOf } from '../../src/model/archive-keys.js';
import type { Manifest } from '../../src/model/manifest.js';
import type { Archive } from '../../src/ports/archive.js';
import { wirePlan } from '../../src/wiring/wire-plan.js';
import { quiet } from '../support/judge-day.js';
import { dayOf } from '../support/judge.js';
import { databaseEvent } from '../support/raw-event.js';
import { oneLine } from '../support/run-here.js';
import { themeHere } from '../support/theme-here.js';

const date = '2026-11-19';
const next = '2026-11-20';
const inventory = 'resourceId,resourceType,resourceName\nocid1.database.oc1.iad.erpprd,database,ERPPRD\n';
const logo = '<svg xmlns="http://www.w3.org/2000/svg"/>';

const { privateKey: pem } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
/** A line of the key: how it is written around it does not matter. */
const partOfKey = pem.split('\n')[3] ?? '';

const secrets = {
  SMTP_USER: 'smtp-user-hunter2',
  SMTP_PASSWORD: 'smtp-password-hunter2',
  DKIM_KEY: pem,
  API_KEY: pem,
  PASSPHRASE: 'passphrase-hunter2',
  FINGERPRINT: 'aa:bb:hunter2',
  WEBHOOK: 'https://hooks.example.com/services/T0/hunter2',
  HEARTBEAT: 'https://hc.example.com/ping/hunter2',
  FOOTER: 'footer-hunter2',
};

/** Every key that holds a secret, each with `${VAR}` or with the secret itself. */
const configuration = `plan: daily
timezone: UTC
sources: [{ type: local-files, paths: ["./events/*.ndjson"] }]
inventory: { type: file, path: ./inventory.csv }
templates: ./own
branding: { company: Example, logo: ./logo.svg, footer: "\${FOOTER}" }
archive: { type: file-system, directory: ./archive }
mail:
  type: smtp
  host: mail.example.com
  username: "\${SMTP_USER}"
  password: "\${SMTP_PASSWORD}"
  from: reports@example.com
  to: [ops@example.com]
  dkim: { domain: example.com, selector: s1, privateKey: "\${DKIM_KEY}" }
channels: [{ type: webhook, name: ops, url: "\${WEBHOOK}" }]
heartbeat: { url: "\${HEARTBEAT}" }
auth:
  type: api-key
  tenancy: ocid1.tenancy.oc1..t
  user: ocid1.user.oc1..u
  fingerprint: "\${FINGERPRINT}"
  privateKey: "\${API_KEY}"
  passphrase: "\${PASSPHRASE}"
`;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'made-by-'));
  await Promise.all(
    ['events', 'own/messages/en', 'own/notes'].map((each) => mkdir(join(folder, each), { recursive: true })),
  );
  const events = [date, next].map((day) =>
    databaseEvent('end', `${day}T02:00:00Z`, { id: day, resourceId: `ocid1.dbbackup.oc1.iad.${day}` }),
  );
  await writeFile(
    join(folder, 'events/all.ndjson'),
    events.map((each) => `${JSON.stringify(each)}\n`).join(''),
  );
  await writeFile(join(folder, 'inventory.csv'), inventory);
  await writeFile(join(folder, 'logo.svg'), logo);
  await writeFile(join(folder, 'own/mail.css'), 'td { padding: 0 }\n');
  await writeFile(join(folder, 'own/messages/en/own.yaml'), 'own: { word: ours }\n');
  await writeFile(join(folder, 'own/notes.txt'), 'no template');
  Object.assign(process.env, secrets);
});

afterEach(async () => {
  for (const name of Object.keys(secrets)) delete process.env[name];
  await rm(folder, { recursive: true, force: true });
});

async function make(
  day: string,
  { text = configuration, through = (archive: Archive) => archive } = {},
): Promise<DayResult> {
  const path = join(folder, 'backup-report.yaml');
  await writeFile(path, text);
  const { plan, ports } = await wirePlan(await loadConfiguration(path), quiet, themeHere);
  const renderers = ports.renderers.map(oneLine);
  const archive = through(ports.archive);
  const reportDay = dayOf(day, 'UTC');
  const request = { day: reportDay, generatedAtMs: reportDay.cutOffMs + 6 * 3_600_000, notify: false };
  return makeDailyReport(plan, request, { ...ports, renderers, archive });
}

/** Every file of the archive by key. */
async function archived(): Promise<ReadonlyMap<string, Buffer>> {
  const root = join(folder, 'archive');
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const read = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [path.slice(root.length + 1), await readFile(path)] as const;
  });
  return new Map(await Promise.all(read));
}

async function manifestOf(day: string, revision = 1): Promise<Manifest> {
  const key = `daily/${day.replaceAll('-', '/')}/r${revision}/manifest.json`;
  return JSON.parse((await archived()).get(key)?.toString('utf8') ?? 'null') as Manifest;
}

const kept = async () => [...(await archived()).keys()].filter((key) => key.startsWith('daily/made-by/'));
const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const crashing = (archive: Archive): Archive => ({
  ...archive,
  create: async (key, body, type) => {
    if (key.endsWith('/report.json')) throw new Error('killed');
    return archive.create(key, body, type);
  },
});

describe('what a report was made with', () => {
  it('is archived under its digest, and the manifest names it', async () => {
    await make(date);
    const files = await archived();
    const { madeBy, inventoryDigest } = await manifestOf(date);
    expect(Object.keys(madeBy)).toEqual([
      'configuration',
      'inventory',
      'logo',
      'settings',
      'templates/mail.css',
      'templates/messages/en/own.yaml',
    ]);
    const contents = Object.entries(madeBy).map(([name, digest]) => [
      name,
      files.get(`daily/made-by/${digest}`),
    ]);
    const others = contents.filter(([name]) => name !== 'configuration' && name !== 'settings');
    expect(Object.fromEntries(others.map(([name, bytes]) => [name, bytes?.toString()]))).toEqual({
      inventory,
      logo,
      'templates/mail.css': 'td { padding: 0 }\n',
      'templates/messages/en/own.yaml': 'own: { word: ours }\n',
    });
    expect(madeBy['inventory']).toBe(inventoryDigest);
    const keptFiles = [...files].filter(([key]) => key.startsWith('daily/made-by/'));
    expect(keptFiles.filter(([key, bytes]) => key !== `daily/made-by/${sha256(bytes)}`)).toEqual([]);
    expect([...files.keys()].filter((key) => archivedFileOf('daily', key) === null)).toEqual([]);
  });

  it.each([
    ['as references', configuration],
    [
      'in clear',
      configuration.replace(/"\$\{(\w+)\}"/g, (_all, name: keyof typeof secrets) =>
        JSON.stringify(secrets[name]),
      ),
    ],
  ])('has no secret, wherever the configuration has one, %s', async (_what, text) => {
    // The footer is on the page, and no secret.
    await make(date, { text: text.replace(/footer: "[^"]*"/, 'footer: ours') });
    const files = await archived();
    expect(files.size).toBeGreaterThan(10);
    const all = [...files].map(([key, bytes]) =>
      (key.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1'),
    );
    expect(all.filter((each) => each.includes('hunter2') || each.includes(partOfKey))).toEqual([]);
    expect(all.filter((each) => each.includes('mail.example.com'))).toHaveLength(1);
  });

  it('is stored once: the next day adds what changed, and nothing else', async () => {
    await make(date);
    const before = await kept();
    await make(next);
    expect(await kept()).toEqual(before);
    await writeFile(join(folder, 'own/mail.css'), 'td { padding: 1px }\n');
    await make(next, { text: configuration.replace('Example', 'Another') });
    // A day that says the same is not written again, nor is what it would have been made with.
    expect(await kept()).toEqual(before);
  });

  it('without a manifest is harmless: the run after a crash finds it there', async () => {
    await expect(make(date, { through: crashing })).rejects.toThrow('killed');
    const left = await kept();
    expect(left).toHaveLength(6);
    expect([...(await archived()).keys()]).toEqual(left);

    expect(await make(date)).toMatchObject({ kind: 'committed', revision: 1 });
    expect(await kept()).toEqual(left);
  });

  it.each(['inventory', 'configuration'])(
    'is never taken as it is where its bytes are others (%s): it is named, and stays as it is',
    async (name) => {
      await make(date);
      const { madeBy } = await manifestOf(date);
      const path = join(folder, 'archive/daily/made-by', madeBy[name] ?? '');
      const whole = await readFile(path);
      await writeFile(path, 'others');
      const incomplete = { status: 'INCOMPLETE', statusReasons: [expect.stringContaining(path)] };
      expect(await make(next)).toMatchObject({ kind: 'committed', report: incomplete });
      expect(await make(next)).toMatchObject({ report: { status: 'INCOMPLETE' } });
      const { revision } = await make(next);
      // It is told of the first revision, whatever number of them there are.
      expect(await make(next)).toMatchObject({ kind: 'unchanged', revision });
      expect(await readFile(path, 'utf8')).toBe('others');

      await writeFile(path, whole);
      expect(await make(next)).toMatchObject({ report: { status: 'COMPLETE', statusReasons: [] } });
    },
  );

  it('may be made by two processes at once', async () => {
    let isFirst = true;
    const raced = (archive: Archive): Archive => ({
      ...archive,
      create: async (key, body, type) => {
        if (isFirst && key.includes('/made-by/')) {
          isFirst = false;
          await archive.create(key, body, type);
        }
        return archive.create(key, body, type);
      },
    });
    expect(await make(date, { through: raced })).toMatchObject({ kind: 'committed' });
  });
});

describe('the manifest', () => {
  it('has the digest of what is in each gzipped file, and what else decides on bytes', async () => {
    await make(date);
    const files = await archived();
    const manifest = await manifestOf(date);
    expect(manifest).toMatchObject({ schemaVersion: 2, contentDigestVersion: 2 });
    const gzipped = manifest.artefacts.filter(({ contentSha256 }) => contentSha256 !== undefined);
    expect(gzipped.map(({ name }) => name).sort()).toEqual([
      'events.ndjson.gz',
      'jobs.ndjson.gz',
      'recovery-points.ndjson.gz',
    ]);
    for (const { name, contentSha256 } of gzipped) {
      const bytes = files.get(`daily/2026/11/19/r1/${name}`) ?? Buffer.alloc(0);
      expect([name, contentSha256]).toEqual([name, sha256(gunzipSync(bytes))]);
    }
    const { icu, tz, zlib } = process.versions;
    expect(manifest.runtime).toEqual({
      icu: icu ?? null,
      timeZones: tz ?? null,
      zlib,
      processor: process.arch,
    });
  });

  it('says why a source is not complete', async () => {
    await make(date, { text: configuration.replace('./events/*.ndjson', './missing.ndjson') });
    const [source] = (await manifestOf(date)).sources;
    expect(source?.complete).toBe(false);
    expect(source?.reasons.join()).toContain('missing.ndjson');
  });
});
