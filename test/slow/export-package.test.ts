import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/base/digest.js';
import { Project, ndjson, runCli } from '../support/cli.js';
import { launchBrowser } from '../support/launch-browser.js';
import { databaseEvent } from '../support/raw-event.js';
import { runHere } from '../support/run-here.js';

const run = promisify(execFile);
const dates = ['2026-11-18', '2026-11-19'];
const exported = ['export', '--from', '2026-11-18', '--to', '2026-11-19', '--sample', '2', '--seed', '7'];

let project: Project;

beforeAll(async () => {
  const records = dates.flatMap((date) =>
    ['SALES', 'PAYROLL', 'ORDERS'].map((name) =>
      databaseEvent('end', `${date}T02:00:00Z`, {
        id: `${name}-${date}`,
        resourceId: `ocid1.dbbackup.oc1.iad.${name.toLowerCase()}${date}`,
        details: { databaseId: `ocid1.database.oc1.iad.${name.toLowerCase()}`, dbUniqueName: name },
      }),
    ),
  );
  project = await Project.create({ 'events/a.ndjson': ndjson(records) });
  for (const date of dates) await runHere(project.directory, date);
});

afterAll(() => project.remove());

/** The commands of the guide that stand alone in their lines, each as a shell takes it. */
function commandsOf(guide: string): readonly string[] {
  return guide.split('\n').flatMap((line) => (/^ {2}(?:sha256sum|r=OK)/.test(line) ? [line.trim()] : []));
}

describe('a package', () => {
  it('has the same bytes in four time zones', async () => {
    const sums = new Set<string>();
    for (const TZ of ['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland']) {
      for (const ending of ['zip', 'tar.gz']) {
        const out = join(project.directory, TZ.replace('/', '-'), `days.${ending}`);
        const { code, stderr } = await runCli([...exported, '--out', out], {
          cwd: project.directory,
          env: { TZ },
        });
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        sums.add(`${ending} ${sha256Hex(await readFile(out))}`);
      }
    }
    expect(sums.size).toBe(2);
  });

  it.each([
    { ending: 'zip', unpack: ['unzip', '-q'] },
    { ending: 'tar.gz', unpack: ['tar', '-xzf'] },
  ])('is checked by what Debian has: $ending', async ({ ending, unpack: [tool = '', option = ''] }) => {
    const out = join(project.directory, `bare-${ending}`, `days.${ending}`);
    await runCli([...exported, '--out', out], { cwd: project.directory });
    const folder = join(project.directory, `bare-${ending}`);
    await run(tool, [option, out], { cwd: folder });
    const cwd = join(folder, 'days');
    const guide = await readFile(join(cwd, 'GUIDE.txt'), 'utf8');
    const [, sums = '', manifests = ''] = commandsOf(guide);
    const sh = async (command: string): Promise<string> => (await run('sh', ['-c', command], { cwd })).stdout;
    expect(await sh(sums)).toBe('OK\n');
    expect(await sh(manifests)).toBe('OK\n');
    const method = await readFile(join(cwd, 'sample/METHOD.txt'), 'utf8');
    const script = method.slice(method.indexOf('  SEED='), method.indexOf('| LC_ALL=C sort'));
    const drawn = await sh(
      `${script.replaceAll('/tmp/units.txt', '../units.txt')} | LC_ALL=C sort | head -n 2`,
    );
    const table = await readFile(join(cwd, 'sample/jobs.csv'), 'utf8');
    const digests = table
      .split('\r\n')
      .slice(1, 3)
      .map((row) => row.split('","')[1]);
    expect(
      drawn
        .split('\n')
        .slice(1, 3)
        .map((line) => line.slice(0, 64)),
    ).toEqual(digests);
  });
});

describe('index.html of a package, from disk', () => {
  let browser: Browser;
  let address: string;

  beforeAll(async () => {
    const out = join(project.directory, 'seen', 'days.zip');
    await runCli([...exported, '--out', out], { cwd: project.directory });
    await run('unzip', ['-q', out], { cwd: join(project.directory, 'seen') });
    address = pathToFileURL(join(project.directory, 'seen/days/index.html')).href;
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it.each([375, 1280])('finds resources and leads to their days, %d pixels wide', async (width) => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.setViewport({ width, height: 844 });
    await page.goto(address, { waitUntil: 'load' });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    expect(await page.evaluate("document.querySelectorAll('#found > li').length")).toBe(3);
    // Set at once: this browser may have no font, and then it loses keys.
    await page.evaluate("query.value = 'payroll'; query.dispatchEvent(new Event('input'))");
    expect(await page.evaluate("document.querySelector('#found h3').textContent")).toContain('PAYROLL');
    expect(await page.evaluate("document.querySelectorAll('#found > li').length")).toBe(1);
    expect(requests.filter((url) => !/^(?:file|data):/.test(url))).toEqual([]);
    expect(complaints).toEqual([]);
    for (const link of ['#found a', '.month a.day']) {
      await page.goto(address, { waitUntil: 'load' });
      const href = String(await page.evaluate(`document.querySelector('${link}').href`));
      await page.goto(href, { waitUntil: 'load' });
      expect(await page.evaluate('document.title')).toContain('2026-11-18');
    }
    await page.close();
  });
});
