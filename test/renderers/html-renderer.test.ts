import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { DailyReport } from '../../src/model/daily-report.js';
import { packageRoot } from '../../src/package-root.js';
import { createHtmlRenderer } from '../../src/renderers/html/html-renderer.js';
import {
  failedResource,
  incompleteParts,
  reportOf,
  sampleReport,
  sampleResource,
} from '../support/sample-report.js';
import { noJobs } from '../support/job-lines.js';

const templates = new URL('templates/', packageRoot);
const renderer = createHtmlRenderer(templates);
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'html-renderer-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

async function render(report: DailyReport): Promise<string> {
  const path = join(directory, 'report.html');
  await renderer.render({ report, jobs: noJobs }, path);
  return readFile(path, 'utf8');
}

/** The part of a page from one heading to the next. */
function section(page: string, id: string): string {
  const start = page.indexOf(`<section aria-labelledby="${id}">`);
  expect(start).toBeGreaterThan(0);
  return page.slice(start, page.indexOf('</section>', start));
}

function many<Item>(count: number, item: (index: number) => Item): readonly Item[] {
  return Array.from({ length: count }, (_, index) => item(index));
}

describe('report.html', () => {
  it('is byte for byte the same for the same report, from another renderer too', async () => {
    const first = await render(sampleReport(incompleteParts()));
    const path = join(directory, 'again.html');
    await createHtmlRenderer(templates).render(
      { report: sampleReport(incompleteParts()), jobs: noJobs },
      path,
    );
    expect(await readFile(path, 'utf8')).toBe(first);
  });

  it('allows itself its own style and nothing else', async () => {
    const page = await render(sampleReport());
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(style.length).toBeGreaterThan(1000);
    expect(page.replaceAll('&#x3D;', '=')).toContain(
      `default-src 'none'; style-src 'sha256-${hash}'`.replaceAll("'", '&#x27;'),
    );
    expect(page).not.toMatch(/<script|<link rel="stylesheet"|@import|url\(|\ssrc=|\sstyle="|\son\w+="/i);
  });

  it('shows hostile names and messages as the text they are', async () => {
    const page = await render(sampleReport(incompleteParts()));
    expect(page).toContain('<bdi>&lt;script&gt;alert(&quot;name&quot;)&lt;/script&gt;</bdi>');
    expect(page).toContain('<bdi>{{constructor}} {{{__proto__}}} {{#each this}}</bdi>');
    expect(page).toContain('two␍␊lines␉tab␀null␛[31mred␡\ufffd\ufffdend');
    expect(page).toContain('invoice[U+202E]fdp.exe[U+2066]');
    expect(page).toContain('&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;');
    expect(page).toContain('com.oraclecloud&lt;/td&gt;&lt;b&gt;');
    expect(page).not.toContain('L'.repeat(301));
    expect(page).toContain(`${'L'.repeat(300)}… (40,000 characters)`);
  });

  it('puts INCOMPLETE and every reason above the verdict', async () => {
    const page = await render(sampleReport(incompleteParts()));
    const alarm = page.slice(page.indexOf('class="alarm"'), page.indexOf('class="banner'));
    expect(alarm).toContain('INCOMPLETE');
    expect(alarm).toContain('events/b.ndjson.gz ends in the middle of a record.');
    expect(alarm).toContain('1 record could not be read; 0 are tolerated.');
    expect(page).toContain('<title>INCOMPLETE · NON-COMPLIANT');
  });

  it('is green when everything was seen and nothing is wrong', async () => {
    const page = await render(reportOf([sampleResource()]));
    expect(page).toContain('banner solid-good');
    expect(page).not.toContain('INCOMPLETE');
  });

  it.each([
    ['a source failed', reportOf([sampleResource()], { status: 'INCOMPLETE', statusReasons: ['x'] })],
    [
      'one resource is unknown',
      reportOf([sampleResource({ outcome: 'UNKNOWN', compliance: 'UNKNOWN' }), sampleResource()]),
    ],
    ['one resource is non-compliant', reportOf([failedResource(), sampleResource()])],
    ['nothing was seen', reportOf([])],
  ])('has no green banner when %s', async (_, report) => {
    expect(await render(report)).not.toContain('banner solid-good');
  });

  it('says in words that nothing was seen, and shows nothing green', async () => {
    const page = await render(reportOf([]));
    const body = page.slice(page.indexOf('</style>'), page.indexOf('id="provenance"'));
    expect(body).toContain('Nothing was seen');
    expect(body).toContain('nothing judged');
    expect(body).not.toMatch(/(?:tone|edge|fill|solid)-good/);
  });

  it('tells of each exception why, its last failure in the words of the service, and its owner', async () => {
    const exceptions = section(await render(sampleReport()), 'exceptions');
    const order = ['ORDERS', 'script&gt;', 'HYPERLINK', 'lines␉tab', '{{constructor}}'];
    const found = order.map((name) => exceptions.indexOf(name));
    expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(Math.min(...found)).toBeGreaterThan(0);
    expect(exceptions).toContain('RMAN-03009: failure of backup command on ORA_DISK_1; ORA-19809');
    expect(exceptions).toContain('45 h 48 min old at the cut-off; at most 26 h are allowed.');
    expect(exceptions).toContain('2026-11-18 02:12 EST');
    expect(exceptions).toContain('no owner named');
    expect(exceptions).toContain('default (no policy matched)');
    expect(exceptions).toContain('Also: A backup was retried by hand at 04:15.');
    expect(exceptions).not.toContain('PAYROLL');
  });

  it('shows the balance of resources and of records, and says where it does not hold', async () => {
    const page = (await render(sampleReport())).replaceAll('&#x3D;', '=');
    expect(page).toContain('12 expected = 6 compliant + 4 non-compliant + 1 unknown + 1 not applicable');
    expect(page).toContain('48 read = 40 used + 4 duplicate + 2 outside + 2 ignored + 0 rejected: balanced.');
    expect(page).not.toContain('not balance');
    const report = sampleReport();
    const wrong = await render({ ...report, totals: { ...report.totals, expected: 13 } });
    expect(wrong).toContain('These totals do not balance.');
  });

  it('shows what was not understood or not expected', async () => {
    const page = await render(sampleReport(incompleteParts()));
    expect(section(page, 'rejected')).toContain('abababababab…');
    expect(section(page, 'unrecognised')).toContain('com.oraclecloud.newservice.createbackup.end');
    expect(section(page, 'strangers')).toContain('ocid1.database.oc1.iad.stranger');
    expect(section(page, 'findings')).toContain('a later one succeeded');
    expect(section(page, 'provenance')).toContain('Not complete');
  });

  it('lists open incidents before cleared ones, with what they bear on', async () => {
    const incidents = section(await render(sampleReport()), 'incidents');
    expect(incidents.indexOf('BACKUP_FAILURE')).toBeLessThan(incidents.indexOf('CDB_DOWN'));
    expect(incidents).toContain('Context only');
    expect(incidents).toContain('opening not seen');
    expect(incidents).toContain('failed &lt;ORA-19809&gt;.');
  });

  it.each([
    [23, '23 hours. This day has 23 hours, because the clocks change.'],
    [24.5, '24.5 hours. This day has 24.5 hours, because the clocks change.'],
    [24, '24 hours</span>'],
  ])('says how long a day of %d hours is', async (hours, words) => {
    const report = sampleReport();
    expect(await render({ ...report, reportDay: { ...report.reportDay, hours } })).toContain(words);
  });

  it('cuts long lists, worst first, and says how many are missing and where they are', async () => {
    const failed = many(1_001, (i) => failedResource({ resourceName: `BAD-${i}`, resourceId: `bad-${i}` }));
    const fine = many(1_004, (i) => sampleResource({ resourceName: `FINE-${i}`, resourceId: `fine-${i}` }));
    const page = await render(reportOf([...failed, ...fine]));
    expect(section(page, 'exceptions').match(/<li class="exception /g)).toHaveLength(1_000);
    expect(section(page, 'exceptions')).toContain(
      '1 more exception is not shown here; report.xlsx and report.json hold the full population.',
    );
    expect(section(page, 'exceptions')).not.toContain('BAD-1000');
    expect(section(page, 'resources').match(/role="rowheader"/g)).toHaveLength(2_000);
    expect(section(page, 'resources')).toContain('5 more resources are not shown here; report.xlsx and');
  });

  it('has one h1, and a caption for each table', async () => {
    const page = await render(sampleReport(incompleteParts()));
    expect(page.match(/<h1/g)).toHaveLength(1);
    expect(page.match(/<caption/g)).toHaveLength(page.match(/<table/g)?.length ?? 0);
    expect(page).toContain('<html lang="en">');
  });

  it('names the template that is missing, faulty or asks for what the report does not have', async () => {
    const own = pathToFileURL(`${directory}/`);
    const faulty = createHtmlRenderer(own).render(
      { report: sampleReport(), jobs: noJobs },
      join(directory, 'x'),
    );
    await expect(faulty).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringContaining('report.html.hbs'),
    });
    await writeFile(new URL('report.css', own), 'p {}');
    for (const source of ['{{verdikt}}', '{{#if x}', '{{constructor.name}}']) {
      await writeFile(new URL('report.html.hbs', own), source);
      const result = createHtmlRenderer(own).render(
        { report: sampleReport(), jobs: noJobs },
        join(directory, 'x'),
      );
      await expect(result).rejects.toMatchObject({
        kind: 'usage',
        message: expect.stringContaining('report.html.hbs'),
      });
    }
  });

  it('says which file could not be written', async () => {
    const path = join(directory, 'nowhere', 'report.html');
    await expect(renderer.render({ report: sampleReport(), jobs: noJobs }, path)).rejects.toMatchObject({
      kind: 'storage',
      message: expect.stringContaining(path),
    });
  });
});
