import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { index } from '../../src/cli/archive-index.js';
import { exportDays } from '../../src/cli/export.js';
import type { Output } from '../../src/cli/output.js';
import { status } from '../../src/cli/status.js';
import { verify } from '../../src/cli/verify.js';
import { BucketOfArchive } from '../support/bucket-of-archive.js';
import type { Project } from '../support/cli.js';
import { copyFolder } from '../support/copy-folder.js';
import { captured } from '../support/run-here.js';
import { sliceOf } from '../support/share-of.js';
import { archiveOf } from '../support/verified-archive.js';

/* What commands say of an archive does not depend on where it lies. */

const dates = ['2026-11-18', '2026-11-19'];
const range = { from: '2026-11-18', to: '2026-11-19' };
const r1 = 'daily/2026/11/18/r1/';
const lastRevision = 'daily/2026/11/19/r2/';

let project: Project;
let bucket: BucketOfArchive;
/** Not within that of the archive. */
let outside: string;

beforeAll(async () => {
  project = await archiveOf(dates);
  bucket = await BucketOfArchive.create(project);
  outside = await mkdtemp(join(tmpdir(), 'outside-'));
});

beforeEach(() => bucket.fill());

afterAll(async () => {
  await bucket.remove();
  await rm(outside, { recursive: true });
});

const logLevel = 'silent';

interface Answer {
  readonly code: number | null;
  readonly stderr: string;
  readonly answer: object;
}

/** What a command answers to a program. */
async function answerOf(command: (output: Output) => Promise<number>): Promise<Answer> {
  const { code, stdout, stderr } = await captured(command);
  return { code, stderr, answer: stdout === '' ? {} : (JSON.parse(stdout) as object) };
}

const verifyBucket = (options: object = {}) =>
  answerOf((output) => verify({ config: bucket.config, json: true, logLevel, ...options }, output));

interface Change {
  readonly what: string;
  readonly key: string;
  /** null: it is deleted. */
  readonly to: ((bytes: Buffer) => Buffer) | null;
}

const flipped = (bytes: Buffer): Buffer => {
  const copy = Buffer.from(bytes);
  copy[copy.length >> 1] = (copy[copy.length >> 1] ?? 0) ^ 1;
  return copy;
};

const changes: readonly Change[] = [
  { what: 'nothing', key: `${r1}report.json`, to: (bytes) => bytes },
  { what: 'a byte of a page', key: `${r1}report.html`, to: flipped },
  { what: 'a workbook that is cut', key: `${r1}report.xlsx`, to: (bytes) => bytes.subarray(0, 900) },
  { what: 'lines that are gone', key: `${r1}jobs.ndjson.gz`, to: null },
  { what: 'an empty manifest', key: `${r1}manifest.json`, to: () => Buffer.alloc(0) },
  { what: 'no newest manifest', key: `${lastRevision}manifest.json`, to: null },
  { what: 'no newest leaf', key: 'daily/log/2.json', to: null },
  { what: 'a foreign object', key: 'daily/notes.txt', to: () => Buffer.from('mine') },
  { what: 'a foreign object in a day', key: `${r1}report.pdf`, to: () => Buffer.from('%PDF') },
];

describe('verify of a bucket', () => {
  it.each(sliceOf(changes))('finds what it finds in a folder: $what', async ({ key, to }) => {
    const folder = join(outside, 'archive');
    copyFolder(join(project.directory, 'reports'), folder);
    const path = join(folder, ...key.split('/'));
    const before = bucket.keys().includes(key) ? bucket.read(key) : Buffer.alloc(0);
    mkdirSync(dirname(path), { recursive: true });
    if (to === null) {
      bucket.delete(key);
      rmSync(path);
    } else {
      bucket.put(key, to(before));
      writeFileSync(path, to(before));
    }
    const there = await answerOf((output) => verify({ archive: folder, json: true, logLevel }, output));
    rmSync(folder, { recursive: true });
    expect(await verifyBucket()).toEqual(there);
    expect(there.code).toBe(to?.(before).equals(before) === true ? 0 : 6);
  });

  it('lists page by page, and sees nothing of other prefixes', async () => {
    bucket.standIn.objects.put('reports', 'compliancedaily/x', Buffer.alloc(0));
    bucket.standIn.objects.put('reports', 'compliance/daily2/x', Buffer.alloc(0));
    const before = bucket.standIn.requests.length;
    expect(await verifyBucket({ plan: 'daily' })).toMatchObject({ code: 0, answer: { artefacts: 24 } });
    const lists = bucket.standIn.requests.slice(before).filter(({ path }) => path.includes('/o?'));
    expect(lists.filter(({ path }) => path.includes('start=')).length).toBeGreaterThan(4);
  });

  it('makes a day again, and takes a checkpoint from outside', async () => {
    const checkpoint = join(project.directory, 'kept.txt');
    writeFileSync(checkpoint, bucket.read(`${lastRevision}checkpoint.txt`));
    const only = { from: '2026-11-18', to: '2026-11-18' };
    const { code, answer } = await verifyBucket({ rebuild: true, checkpoint: [checkpoint], ...only });
    expect(code).toBe(0);
    expect(answer).toMatchObject({ revisions: 1, rebuilt: { sameBytes: 1 } });
    bucket.delete('daily/log/2.json');
    bucket.delete(`${lastRevision}checkpoint.txt`);
    const rolledBack = await verifyBucket({ checkpoint: [checkpoint] });
    expect(JSON.stringify(rolledBack.answer)).toContain('rolled-back');
    expect(rolledBack.code).toBe(6);
  });
});

const faults = [
  {
    what: 'a read that is refused',
    match: 'report.html',
    fault: { status: 404, code: 'NotAuthorizedOrNotFound' },
  },
  { what: 'a service that fails', match: 'report.xlsx', fault: { status: 503 } },
  { what: 'an answer that breaks off', match: 'events.ndjson.gz', fault: { kind: 'torn' } },
  { what: 'bytes that are not those of the digest', match: 'jobs.ndjson.gz', fault: { kind: 'wrong-body' } },
  {
    what: 'a page of the list that is refused',
    match: 'start=',
    fault: { status: 404, code: 'BucketNotFound' },
  },
  { what: 'a page of the list that is no JSON', match: 'start=', fault: { kind: 'no-json' } },
] as const;

describe('a bucket that cannot be read to its end', () => {
  it.each(sliceOf(faults))('is never called verified: $what', async ({ match, fault }) => {
    bucket.standIn.faults.next(match, fault, 100);
    const { code, stderr, answer } = await verifyBucket();
    expect({ code, answer }).toEqual({ code: 4, answer: {} });
    expect(stderr).toMatch(/cannot (?:read|list) oci:\/\/reports/);
    expect(stderr).toContain('->');
  });

  it('leaves no package', async () => {
    bucket.standIn.faults.next(
      'GET /n/standin/b/reports/o/compliance%2Fdaily%2F2026%2F11%2F19%2Fr2%2Freport.xlsx',
      { status: 503 },
      100,
    );
    const out = join(outside, 'broken.zip');
    const { code, stderr } = await answerOf((output) =>
      exportDays({ config: bucket.config, logLevel, out, ...range }, output),
    );
    expect({ code, said: stderr.includes('cannot read oci://reports') }).toEqual({ code: 4, said: true });
    expect(() => readFileSync(out)).toThrow('ENOENT');
  });
});

describe('other commands of a bucket', () => {
  it('status and export answer what they answer of a folder', async () => {
    const folder = join(project.directory, 'reports');
    const [there, here] = [{ archive: folder }, { config: bucket.config }];
    const config = bucket.config;
    const asked = { json: true, logLevel, ...range };
    const calendar = await answerOf((output) => status({ ...asked, config, ...there }, output));
    expect(await answerOf((output) => status({ ...asked, ...here }, output))).toEqual({
      ...calendar,
      answer: { ...calendar.answer, steps: expect.anything() },
    });
    const packages: Buffer[] = [];
    for (const [name, place] of Object.entries({ there, here })) {
      const out = join(outside, name, 'days.tar.gz');
      const { code } = await captured((output) => exportDays({ ...asked, config, ...place, out }, output));
      expect(code).toBe(0);
      packages.push(readFileSync(out));
    }
    expect(packages[0]?.equals(packages[1] ?? Buffer.alloc(0))).toBe(true);
  });
});

const pages = 'pages';

function writeIndex(options: object = {}) {
  const asked = { config: bucket.config, logLevel, bucket: pages, prefix: 'backups/daily/', ...range };
  return captured((output) => index({ ...asked, ...options }, output));
}

describe('index into a second bucket', () => {
  beforeEach(() => bucket.standIn.objects.createBucket(pages));

  it('writes two pages as HTML, over its own of before, and nothing else', async () => {
    const archived = bucket.keys();
    expect((await writeIndex()).code).toBe(0);
    const { objects } = bucket.standIn;
    const first = objects.details(pages, 'backups/daily/index.html');
    const { code, stdout } = await writeIndex();
    expect(code).toBe(0);
    expect(stdout).toContain('page       oci://pages/backups/daily/index.html');
    expect(objects.names(pages)).toEqual(['backups/daily/definitions.html', 'backups/daily/index.html']);
    for (const name of objects.names(pages)) {
      expect(objects.details(pages, name)?.headers['content-type']).toBe('text/html; charset=utf-8');
    }
    const page = objects.details(pages, 'backups/daily/index.html');
    expect(page?.etag).not.toBe(first?.etag);
    expect(page?.bytes.equals(first?.bytes ?? Buffer.alloc(0))).toBe(true);
    expect(bucket.keys()).toEqual(archived);
  });

  it('leads from page to page by relative links, and to days by the address of the archive alone', async () => {
    const hrefs = async (): Promise<readonly string[]> => {
      expect((await writeIndex()).code).toBe(0);
      const page = String(bucket.standIn.objects.get(pages, 'backups/daily/index.html'));
      return [...new Set([...page.matchAll(/<a [^>]*href="([^"#]+)/g)].map(([, href = '']) => href))];
    };
    expect(await hrefs()).toEqual(['definitions.html']);
    await project.write('bucket.yaml', bucket.configuration('publicUrl: https://files.example.com/a/'));
    expect((await hrefs()).filter((href) => !/(?:json|xlsx)$/.test(href))).toEqual([
      'definitions.html',
      'https://files.example.com/a/daily/2026/11/18/r1/report.html',
      'https://files.example.com/a/daily/2026/11/19/r2/report.html',
    ]);
    await project.write('bucket.yaml', bucket.configuration());
  });

  it.each([
    {
      what: 'the bucket of the archive',
      options: { bucket: 'reports' },
      words: 'this is the bucket of the archive',
    },
    {
      what: 'a name that is no bucket',
      options: { bucket: '../b/reports' },
      words: 'no bucket has such a name',
    },
    { what: 'a bucket of dots', options: { bucket: '..' }, words: 'no bucket has such a name' },
    { what: 'a prefix that leads elsewhere', options: { prefix: '../' }, words: '--prefix ../' },
    { what: 'a prefix that begins with /', options: { prefix: '/a/' }, words: '--prefix /a/' },
    { what: 'a prefix without / at its end', options: { prefix: 'a' }, words: '--prefix a' },
  ])('refuses $what', async ({ options, words }) => {
    const before = bucket.standIn.requests.filter(({ method }) => method === 'PUT').length;
    const { code, stderr } = await writeIndex(options);
    expect({ code, said: stderr.includes(words) ? words : stderr }).toEqual({ code: 2, said: words });
    expect(bucket.standIn.requests.filter(({ method }) => method === 'PUT')).toHaveLength(before);
  });

  it.each([
    { what: 'a service that fails', plan: () => bucket.standIn.faults.next('PUT /', { status: 503 }, 100) },
    {
      what: 'a right that is missing',
      plan: () => bucket.standIn.faults.next('index.html', { status: 404 }, 100),
    },
    {
      what: 'a bucket whose rule keeps what is there',
      plan: () => {
        bucket.standIn.objects.createBucket(pages, { retentionRule: { displayName: 'for ever' } });
        bucket.standIn.objects.put(pages, 'backups/daily/index.html', Buffer.from('old'));
      },
    },
  ])('ends with 4 and says why: $what', async ({ plan }) => {
    plan();
    const { code, stdout, stderr } = await writeIndex();
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toMatch(/cannot write oci:\/\/pages\/backups\/daily\/(?:index|definitions)\.html: /);
    expect(stderr).toContain('->');
  });
});
