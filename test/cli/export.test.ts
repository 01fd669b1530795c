import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { appendFile, mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import JSZip from 'jszip';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/base/digest.js';
import { index } from '../../src/cli/archive-index.js';
import { type ExportOptions, exportDays } from '../../src/cli/export.js';
import { Project, defaultConfiguration, ndjson } from '../support/cli.js';
import { copyFolder } from '../support/copy-folder.js';
import { namesInTar } from '../support/names-in-tar.js';
import { databaseEvent } from '../support/raw-event.js';
import { captured, runPlainly } from '../support/run-here.js';

const dates = ['2026-11-17', '2026-11-18', '2026-11-19'] as const;
let whole: Project;
let project: Project;

beforeAll(async () => {
  const records = dates.map((date) =>
    databaseEvent('end', `${date}T02:00:00Z`, {
      id: date,
      details: { databaseId: 'ocid1.database.oc1.iad.sales', dbUniqueName: 'SALES</script>' },
    }),
  );
  whole = await Project.create({ 'events/a.ndjson': ndjson(records) });
  for (const date of dates) await runPlainly(whole.directory, date);
});

afterAll(() => whole.remove());

beforeEach(async () => {
  project = await Project.create({});
  copyFolder(whole.directory, project.directory);
});

afterEach(() => project.remove());

const inPlan = (name: string): string => join(project.directory, 'reports/daily', name);
const outFile = (name = 'days.zip'): string => join(project.directory, 'out', name);

function pack(options: Partial<ExportOptions> = {}) {
  const config = join(project.directory, 'backup-report.yaml');
  const range = { from: '2026-11-17', to: '2026-11-19' };
  return captured((output) =>
    exportDays({ config, logLevel: 'silent', out: outFile(), ...range, ...options }, output),
  );
}

/** The files of a package by name, in its order. */
async function unpack(name = 'days.zip'): Promise<ReadonlyMap<string, Buffer>> {
  const { files } = await JSZip.loadAsync(await readFile(outFile(name)));
  const found = new Map<string, Buffer>();
  for (const [path, file] of Object.entries(files)) {
    if (!file.dir) found.set(path.replace(/^days\//, ''), await file.async('nodebuffer'));
  }
  return found;
}

const textOf = (files: ReadonlyMap<string, Buffer>, name: string): string =>
  (files.get(name) ?? Buffer.alloc(0)).toString('utf8');

describe('export', () => {
  it('packs every revision as it is archived, and what it was made with', async () => {
    await project.write('events/b.ndjson', ndjson([databaseEvent('end', '2026-11-18T04:00:00Z')]));
    await runPlainly(project.directory, '2026-11-18');
    const { code, stdout, stderr } = await pack();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`  sha-256    ${sha256Hex(await readFile(outFile()))}`);
    const files = await unpack();
    for (const folder of ['2026/11/17/r1', '2026/11/18/r1', '2026/11/18/r2', '2026/11/19/r1']) {
      for (const name of await readdir(inPlan(folder))) {
        const archived = await readFile(inPlan(`${folder}/${name}`));
        expect(files.get(`archive/daily/${folder}/${name}`)).toEqual(archived);
      }
    }
    for (const name of await readdir(inPlan('made-by'))) {
      expect([...files.keys()]).toContain(`archive/daily/made-by/${name}`);
    }
  });

  it('has the sums of all files but its own', async () => {
    await pack({ sample: 2, seed: '7' });
    const files = await unpack();
    const sums = textOf(files, 'SHA256SUMS').trimEnd().split('\n');
    const expected = [...files].filter(([name]) => name !== 'SHA256SUMS');
    expect(sums).toEqual(expected.map(([name, bytes]) => `${sha256Hex(bytes)}  ${name}`));
    expect([...files.keys()].slice(-7)).toEqual([
      'sample/METHOD.txt',
      'sample/files.txt',
      'sample/jobs.csv',
      'index.html',
      'definitions.html',
      'GUIDE.txt',
      'SHA256SUMS',
    ]);
  });

  it('has a page with the days, and no name in it is markup', async () => {
    await pack();
    const page = textOf(await unpack(), 'index.html');
    expect(page).toContain('href="archive/daily/2026/11/18/r1/report.html"');
    expect(page).toContain('All 3 days are there, and each saw everything');
    expect(page).toContain(String.raw`SALES\u003c/script>`);
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page).toContain('default-src &#x27;none&#x27;');
  });

  it('gives the same bytes again, also as a tar file', async () => {
    for (const name of ['days.zip', 'days.tar.gz']) {
      await pack({ out: outFile(name) });
      const first = await readFile(outFile(name));
      expect((await pack({ out: outFile(name) })).code).toBe(2);
      expect((await pack({ out: outFile(name), overwrite: true })).code).toBe(0);
      expect((await readFile(outFile(name))).equals(first)).toBe(true);
    }
  });

  it('has the same in a tar file', async () => {
    await pack({ out: outFile('days.tar.gz') });
    await pack();
    const names = namesInTar(gunzipSync(await readFile(outFile('days.tar.gz'))));
    expect(names).toEqual([...(await unpack()).keys()].map((name) => `days/${name}`));
  });

  it('has public keys as openssl reads them, and counts signatures', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const der = publicKey.export({ type: 'spki', format: 'der' });
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    await mkdir(inPlan('keys'));
    await writeFile(inPlan(`keys/${sha256Hex(der)}.json`), JSON.stringify({ publicKey: pem }));
    await writeFile(inPlan(`keys/${'0'.repeat(64)}.json`), JSON.stringify({ publicKey: pem }));
    const manifest = await readFile(inPlan('2026/11/19/r1/manifest.json'));
    await writeFile(
      inPlan('2026/11/19/r1/manifest.json.sig'),
      sign(null, manifest, createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }))),
    );
    expect((await pack()).stdout).toContain('1 signature');
    const files = await unpack();
    expect([...files.keys()].filter((name) => name.startsWith('public-keys/'))).toEqual([
      `public-keys/${sha256Hex(der)}.pem`,
    ]);
    expect(createPublicKey(textOf(files, `public-keys/${sha256Hex(der)}.pem`)).asymmetricKeyType).toBe(
      'ed25519',
    );
    expect(textOf(files, 'GUIDE.txt')).toContain('openssl pkeyutl -verify');
  });
});

/** By their names below the folder of a package. */
const relative = (files: ReadonlyMap<string, Buffer>) =>
  new Map([...files].map(([name, bytes]) => [name.replace(/^(?:deutsch|english)\//, ''), bytes]));

describe('export of a German plan', () => {
  it('has guide, pages and method in German, and the same files of the archive', async () => {
    await project.write('german.yaml', `${defaultConfiguration}language: de\n`);
    const config = join(project.directory, 'german.yaml');
    await pack({ config, sample: 2, seed: '7', out: outFile('deutsch.zip') });
    await pack({ sample: 2, seed: '7', out: outFile('english.zip') });
    const german = await unpack('deutsch.zip');
    const english = await unpack('english.zip');
    const [de, en] = [relative(german), relative(english)];
    expect([...de.keys()]).toEqual([...en.keys()]);
    const made = ['index.html', 'definitions.html', 'GUIDE.txt', 'sample/METHOD.txt', 'SHA256SUMS'];
    const other = [...de].filter(([name, bytes]) => !bytes.equals(en.get(name) ?? Buffer.alloc(0)));
    expect(other.map(([name]) => name).toSorted()).toEqual(made.toSorted());
    for (const name of ['index.html', 'definitions.html'])
      expect(textOf(de, name)).toContain('<html lang="de"');
    expect(textOf(de, 'GUIDE.txt')).toMatch(/BACKUP-BERICHTE|BERICHTE/);
    expect(textOf(de, 'GUIDE.txt')).toContain('sha256sum');
    expect(textOf(de, 'GUIDE.txt')).toMatch(/verify --archive archive --from \d{4}-\d{2}-\d{2} --to/);
    for (const name of made.slice(2, 4)) {
      expect(textOf(de, name)).not.toMatch(/\b(?:every|which|What is not|the package)\b/);
    }
  });
});

describe('export of what is not whole', () => {
  it('packs damaged files as they are and names them, with exit code 6', async () => {
    await appendFile(inPlan('2026/11/18/r1/report.xlsx'), 'more');
    const { code, stdout } = await pack();
    expect(code).toBe(6);
    expect(stdout).toContain(
      'damaged    daily/2026/11/18/r1/report.xlsx: it is not the one that its manifest names',
    );
    const files = await unpack();
    expect(textOf(files, 'archive/daily/2026/11/18/r1/report.xlsx')).toMatch(/more$/);
    for (const name of ['index.html', 'GUIDE.txt']) {
      expect(textOf(files, name)).toContain('daily/2026/11/18/r1/report.xlsx');
    }
  });

  it('has exit code 3 for a day that is missing, and a page that says so', async () => {
    await rm(inPlan('2026/11/18'), { recursive: true });
    expect((await pack()).code).toBe(3);
    expect(textOf(await unpack(), 'index.html')).toContain('1 of 3 days have no usable report');
  });

  it('leaves out what nobody knows, unsafe names and links, and names them', async () => {
    await writeFile(inPlan('notes.txt'), 'mine');
    await mkdir(inPlan('keys'));
    await writeFile(inPlan('keys/CON.json'), '{}');
    await writeFile(inPlan('keys/a\u202ejson.exe'), '{}');
    await writeFile(inPlan('keys/key.json'), '{}');
    await writeFile(inPlan('keys/KEY.json'), '{}');
    await symlink('/etc/passwd', inPlan('keys/passwd'));
    const { code, stdout } = await pack({ json: true });
    expect(code).toBe(0);
    const { leftOut } = JSON.parse(stdout) as { readonly leftOut: readonly string[] };
    expect(leftOut).toEqual(
      ['notes.txt', 'keys/CON.json', 'keys/key.json', 'keys/a\u202ejson.exe', 'keys/passwd']
        .map((name) => `daily/${name}`)
        .sort(),
    );
    const files = await unpack();
    expect([...files.keys()].filter((name) => name.includes('/keys/'))).toEqual([
      'archive/daily/keys/KEY.json',
    ]);
    expect(textOf(files, 'GUIDE.txt')).toContain('daily/keys/CON.json');
  });

  it('leaves no half file where something goes wrong', async () => {
    await mkdir(outFile('days.zip'), { recursive: true });
    expect((await pack({ overwrite: true })).code).toBe(2);
    expect(await readdir(join(project.directory, 'out'))).toEqual(['days.zip']);
    expect(await readdir(outFile('days.zip'))).toEqual([]);
  });
});

describe('export that is asked wrongly', () => {
  it.each([
    { case: 'another ending', options: { out: 'days.rar' }, words: 'neither .zip nor .tar.gz' },
    {
      case: 'a name that is no folder',
      options: { out: '/tmp/..zip' },
      words: 'cannot be the name of a folder',
    },
    {
      case: 'no report',
      options: { from: '2026-10-01', to: '2026-10-02' },
      words: 'there is no report from 2026-10-01 to 2026-10-02',
    },
    { case: 'an end before the beginning', options: { to: '2026-11-16' }, words: 'ends before it begins' },
    { case: 'a day that is not over', options: { to: '2099-01-01' }, words: 'is not over' },
    { case: 'a sample without a seed', options: { sample: 3 }, words: '--sample needs --seed' },
    { case: 'a seed without a sample', options: { seed: '3' }, words: '--seed needs --sample' },
  ])('$case', async ({ options, words }) => {
    const { code, stderr } = await pack(options);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  it('within the archive, also through a link', async () => {
    await symlink(join(project.directory, 'reports'), join(project.directory, 'away'));
    for (const folder of ['reports', 'away']) {
      const { code, stderr } = await pack({ out: join(project.directory, folder, 'days.zip') });
      expect({ code, within: stderr.includes('within the archive') }).toEqual({ code: 2, within: true });
    }
    expect(await readdir(join(project.directory, 'reports'))).toEqual(['daily']);
  });
});

const write = (options: object) => {
  const config = join(project.directory, 'backup-report.yaml');
  return captured((output) =>
    index({ config, logLevel: 'silent', from: '2026-11-17', to: '2026-11-19', ...options }, output),
  );
};

describe('index', () => {
  it('writes a page with links into the archive, and writes over it', async () => {
    const out = join(project.directory, 'public/here');
    expect((await write({ out })).code).toBe(0);
    await writeFile(join(out, 'index.html'), 'old');
    expect((await write({ out })).code).toBe(0);
    const page = await readFile(join(out, 'index.html'), 'utf8');
    expect(page).toContain('href="../../reports/daily/2026/11/19/r1/report.html"');
    expect((await readdir(out)).sort()).toEqual(['definitions.html', 'index.html']);
  });

  it.each([
    { case: 'neither folder nor bucket', options: {}, words: 'either --out or --bucket' },
    { case: 'both', options: { out: 'a', bucket: 'b' }, words: 'either --out or --bucket' },
    {
      case: 'a bucket beside an archive on disk',
      options: { bucket: 'b' },
      words: 'the archive is in no bucket',
    },
  ])('refuses $case', async ({ options, words }) => {
    const { code, stderr } = await write(options);
    expect({ code, said: stderr.includes(words) }).toEqual({ code: 2, said: true });
  });

  it('refuses a folder within the archive', async () => {
    const { code, stderr } = await write({ out: inPlan('keys') });
    expect({ code, said: stderr.includes('within the archive') }).toEqual({ code: 2, said: true });
  });
});
