import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import type { PageLimits } from '../../src/model/page-limits.js';
import { createPageRenderer } from '../../src/renderers/html/page-renderer.js';
import { jobStatuses } from '../../src/reports/backup-compliance/model/backup-job.js';
import { statusClass } from '../../src/reports/backup-compliance/views/charts/colours.js';
import { backupPageView } from '../../src/reports/backup-compliance/views/report-views.js';
import { backupPage } from '../support/backup-renderers.js';
import { noJobs } from '../support/job-lines.js';
import {
  failedResource,
  incompleteParts,
  reportOf,
  sampleReport,
  sampleResource,
  sampleSlice,
  sampleWaiver,
} from '../support/sample-report.js';
import { englishTheme, themeOf, makeTheme } from '../support/theme.js';

const renderer = backupPage(englishTheme);

/** Sections of what the day may have none of. */
const emptySections = ['new', 'resolved', 'incidents', 'waivers', 'changes', 'rules'] as const;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'html-renderer-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

async function render(report: DailyReport, limits?: PageLimits): Promise<string> {
  const path = join(directory, 'report.html');
  const limited = limits === undefined ? renderer : createPageRenderer(englishTheme, backupPageView(limits));
  await limited.render({ report, lines: noJobs }, path);
  return readFile(path, 'utf8');
}

/** The part of a page from one heading to the next. */
function section(page: string, id: string): string {
  const start = page.indexOf(`<section aria-labelledby="${id}">`);
  expect(start).toBeGreaterThan(0);
  return page.slice(start, page.indexOf('</section>', start));
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** What the script of a page reads, as far as it is looked at here. */
interface PageData {
  readonly total: number;
  readonly tables: { readonly head: readonly string[] };
  readonly columns: {
    readonly name: readonly string[];
    readonly head: readonly number[];
    readonly tail: readonly string[];
  };
}

function dataOf(page: string): PageData {
  const [, text = ''] = /<script type="application\/json" id="data">([\s\S]*?)<\/script>/.exec(page) ?? [];
  return JSON.parse(text) as PageData;
}

/** The links to sections. */
function jumps(page: string): string {
  const start = page.indexOf('<nav class="jump"');
  return page.slice(start, page.indexOf('</nav>', start));
}

/** `aab`: no digits, which a message may differ in and still be the same. */
function letters(number: number): string {
  return [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
}

function many<Item>(count: number, item: (index: number) => Item): readonly Item[] {
  return Array.from({ length: count }, (_, index) => item(index));
}

describe('report.html', () => {
  it('is byte for byte the same for the same report, from another renderer too', async () => {
    const first = await render(sampleReport(incompleteParts()));
    const path = join(directory, 'again.html');
    await backupPage(englishTheme).render({ report: sampleReport(incompleteParts()), lines: noJobs }, path);
    expect(await readFile(path, 'utf8')).toBe(first);
  });

  it('allows itself its own style and script and nothing else', async () => {
    const page = await render(sampleReport());
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
    const [, script = ''] = /<script type="module">([\s\S]*?)<\/script>/.exec(page) ?? [];
    const [, data = ''] = /<script type="application\/json" id="data">([\s\S]*?)<\/script>/.exec(page) ?? [];
    expect(data.length).toBeGreaterThan(1000);
    expect(style.length).toBeGreaterThan(1000);
    expect(script.length).toBeGreaterThan(1000);
    const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    expect(policy.replaceAll('&#x3D;', '=').replaceAll('&#x27;', "'")).toBe(
      `default-src 'none'; style-src '${hash(style)}'; script-src '${hash(script)}' '${hash(data)}'; img-src data:; ` +
        "base-uri 'none'; form-action 'none'",
    );
    const markup = page.replace(style, '').replace(script, '').replace(data, '');
    expect(markup.match(/<script|<style/g)).toHaveLength(3);
    expect(markup).not.toMatch(/<link rel="stylesheet"|url\(|\ssrc=|\sstyle="|\son\w+="/i);
    expect(style).not.toMatch(/@import|url\(/);
    expect(script).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|DOMParser|createContextualFragment|document\.write|eval|fetch|XMLHttpRequest/,
    );
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

  it('says INCOMPLETE in the bar and every reason directly below the headline', async () => {
    const page = await render(sampleReport(incompleteParts()));
    const bar = page.slice(page.indexOf('<header class="bar">'), page.indexOf('</header>'));
    expect(bar).toMatch(/solid-warn">INCOMPLETE<.*solid-bad">NON-COMPLIANT</);
    const alarm = page.slice(page.indexOf('</h1>'), page.indexOf('class="worst"'));
    expect(alarm).toMatch(/^<\/h1>\n<div class="alarm"/);
    expect(alarm).toContain('events/b.ndjson.gz ends in the middle of a record.');
    expect(alarm).toContain('1 record could not be read; 0 are tolerated.');
    expect(page).toContain('<title>INCOMPLETE · NON-COMPLIANT');
  });

  it('folds reasons of INCOMPLETE from the third on, and drops none', async () => {
    const statusReasons = many(5, (i) => `Reason ${i}.`);
    const page = await render(reportOf([sampleResource()], { status: 'INCOMPLETE', statusReasons }));
    const alarm = page.slice(page.indexOf('class="alarm"'), page.indexOf('class="chips"'));
    expect([...alarm.matchAll(/Reason (\d)/g)].map(([, number]) => number)).toEqual([...'01234']);
    expect(alarm.slice(alarm.indexOf('<details')).match(/Reason/g)).toHaveLength(3);
    expect(alarm).toContain('<summary>3 more reasons</summary>');
  });

  it('says nothing three times: verdict and INCOMPLETE stand in the bar, and once in the title', async () => {
    const page = await render(sampleReport(incompleteParts()));
    const face = page.slice(page.indexOf('<body>'), page.indexOf('id="exceptions"'));
    for (const word of ['NON-COMPLIANT', 'INCOMPLETE']) expect(face.split(word)).toHaveLength(2);
    expect(face).not.toMatch(/\d expected/);
  });

  it('is green when everything was seen and nothing is wrong', async () => {
    const page = await render(reportOf([sampleResource()]));
    expect(page).toContain('verdict solid-good');
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
  ])('has no green verdict when %s', async (_, report) => {
    expect(await render(report)).not.toContain('verdict solid-good');
  });

  it('says in words that nothing was seen, and shows nothing green', async () => {
    const page = await render(reportOf([]));
    const body = page.slice(page.indexOf('</style>'), page.indexOf('id="provenance"'));
    expect(body).toContain('Nothing was seen');
    expect(body).toContain('nothing was due');
    expect(body).toContain('None could be found, because nothing was seen.');
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

  it('tells of each exception since when it is one, its open incident, its restores and its severity', async () => {
    const exceptions = section(await render(sampleReport()), 'exceptions');
    const orders = exceptions.slice(0, exceptions.indexOf('script&gt;'));
    expect(orders).toContain(
      'Critical · <bdi>dba-oncall@example.com</bdi> · since 2026-11-17, 3 bad days in a row',
    );
    expect(orders).toContain('<dt>Open incident</dt><dd><bdi>HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE</bdi>');
    expect(orders).toContain('since 2026-11-19 04:16 EST');
    expect(orders).toContain('<dt>Last restore</dt><dd>never');
    expect(exceptions).toContain('<bdi>&lt;i&gt;BACKUP_FAILURE&lt;/i&gt;</bdi>');
  });

  it('has a square for each of the last days, with its date and outcome in words', async () => {
    const exceptions = section(await render(sampleReport()), 'exceptions');
    const [, strip = ''] = /<ol class="strip">(.*?)<\/ol>/.exec(exceptions) ?? [];
    const squares = [...strip.matchAll(/<li class="tone-(\w+)" title="([^"]+)">/g)];
    expect(squares).toHaveLength(14);
    expect(squares.at(0)?.slice(1)).toEqual(['good', '2026-11-06: Succeeded']);
    expect(squares.at(7)?.slice(1)).toEqual(['quiet', '2026-11-13: no report']);
    expect(squares.at(13)?.slice(1)).toEqual(['bad', '2026-11-19: Failed']);
    expect(strip).toContain('<span class="away">2026-11-19: Failed</span>');
  });

  it('keeps the waived ones apart from the exceptions, with the terms of their waiver', async () => {
    const page = await render(sampleReport());
    expect(section(page, 'exceptions')).not.toContain('LEGACY_CRM');
    const waived = section(page, 'waived');
    expect(waived).toContain('LEGACY_CRM');
    expect(waived).toContain('Accepted for now (1)');
    expect(waived).toContain('Accepted until 2026-12-31 (42 days after the report day):');
    expect(waived).toContain('CHG-1234');
    expect(waived).toContain('approved by <bdi>ciso@example.com</bdi>');
    expect(page).toContain('1 waived, 1 of them non-compliant or unknown');
    expect(await render(reportOf([sampleResource()]))).not.toContain('id="waived"');
  });

  it('is amber where all that is wrong is waived', async () => {
    const page = await render(reportOf([failedResource({ waiver: sampleWaiver }), sampleResource()]));
    expect(page).toContain('verdict solid-warn">WAIVED<');
    expect(page).not.toContain('id="exceptions"');
    expect(page).toContain('<a class="skip" href="#waived">');
  });

  it('says on its face that it is a slice', async () => {
    const page = await render(sampleSlice());
    const words = 'Slice &#x27;database team&#x27;: 8 of 13 resources';
    expect(page.indexOf(words, page.indexOf('<body>'))).toBeLessThan(page.indexOf('class="worst"'));
    expect(page).toMatch(/<title>[^<]*database team/);
    expect(await render(sampleReport())).not.toContain('Slice &#x27;');
  });

  it('lists what is new and what is resolved since the report before', async () => {
    const page = await render(sampleReport());
    expect(section(page, 'new')).toContain('New since 2026-11-18 (2)');
    expect(section(page, 'new')).toContain('its end was not seen in 12 h &lt;b&gt;.');
    const resolved = section(page, 'resolved');
    expect(resolved).toContain('Resolved since 2026-11-18 (2)');
    expect(resolved).toContain('after 4 bad days since 2026-11-14');
    expect(resolved).toContain('Left the population');
    expect(section(await render(reportOf([])), 'new')).toContain('no earlier report to compare with');
  });

  it('marks a new one that a waiver holds for', async () => {
    const resource = failedResource({ waiver: sampleWaiver });
    const { resourceId, resourceType, resourceName, owner, outcome, compliance } = resource;
    const about = { resourceId, resourceType, resourceName, owner, outcome, compliance };
    const turn = { ...about, badSince: '2026-11-19', badDays: 1, words: 'It failed.' };
    const followUp = { comparedWith: '2026-11-18', newlyBad: [turn], resolved: [] };
    expect(section(await render(reportOf([resource], { followUp })), 'new')).toContain(
      '>Accepted for now</span>',
    );
    const unwaived = { ...resource, waiver: null };
    expect(section(await render(reportOf([unwaived], { followUp })), 'new')).not.toContain(
      '>Accepted for now<',
    );
  });

  it('tells of waivers, changes and findings, whatever is written in them', async () => {
    const page = await render(sampleReport());
    expect(section(page, 'waivers')).toContain('expired 3 days before the report day');
    expect(section(page, 'waivers')).toContain('&lt;script&gt;alert(&quot;approver&quot;)&lt;/script&gt;');
    const changes = section(page, 'changes');
    for (const kind of ['Deletion', 'Settings', 'Restore', 'Termination']) expect(changes).toContain(kind);
    expect(changes).toContain('{{principal}}␍␊Bcc: x@example.com');
    expect(changes).toContain('a[U+202E]b &lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;');
    expect(section(page, 'rules')).toContain('Waiver expired');
    expect(section(page, 'rules')).toContain('The policy matches no resource.');
    expect(section(page, 'policies')).toContain('type mysql, tag &lt;b&gt;tier&lt;/b&gt; &#x3D; *');
  });

  it('cuts the names of a waiver that holds for many', async () => {
    const [waiver] = sampleReport().waivers;
    if (waiver === undefined) throw new Error('the sample has a waiver');
    const held = many(40, (i) => ({
      resourceId: `id-${i}`,
      resourceName: `HELD-${i}`,
      compliance: 'COMPLIANT' as const,
    }));
    const waivers = section(
      await render(reportOf([], { waivers: [{ ...waiver, resources: held }] })),
      'waivers',
    );
    expect(waivers.match(/HELD-/g)).toHaveLength(25);
    expect(waivers).toContain('15 more resources are not shown here');
  });

  it('shows the trend with the report day first, and a day without report as that', async () => {
    const glance = section(await render(sampleReport()), 'glance');
    const trend = glance.slice(glance.indexOf('class="trend"'));
    const dates = [...trend.matchAll(/<th scope="row" class="nowrap">([^<]+)</g)].map(([, date]) => date);
    expect(dates).toHaveLength(14);
    expect(dates[0]).toBe('2026-11-19');
    expect(dates[13]).toBe('2026-11-06');
    expect(trend.match(/no report</g)).toHaveLength(1);
    expect(trend).toMatch(/2026-11-19<.*NON-COMPLIANT.*50\.0%/);
  });

  it('lists who is not judged, and why', async () => {
    const page = await render(sampleReport());
    expect(section(page, 'strangers')).toContain('ocid1.database.oc1.iad.stranger');
    expect(section(page, 'excluded')).toContain('rebuilt nightly');
    expect(section(page, 'excluded')).toContain('&lt;em&gt;EXCLUDED&lt;/em&gt;');
    expect(section(page, 'former')).toContain('terminated, 2026-11-19 10:20 EST');
    expect(section(page, 'former')).toContain('not in the inventory any more');
    expect(page).toContain('2 excluded by a rule, 1 not in the inventory: listed below, not judged.');
    expect(section(page, 'running')).toContain('2026-11-19 23:10 EST');
  });

  it('says what it goes on from', async () => {
    const report = sampleReport();
    const { previousReport } = report;
    if (previousReport === null) throw new Error('the sample goes on from a report');
    const provenance = section(await render(report), 'provenance');
    expect(provenance).toContain('It goes on from the report of 2026-11-18, COMPLETE');
    expect(provenance).toContain('Every event is known since 2026-03-02 00:00 EST, without a gap.');
    const bridged = { ...previousReport, bridgedDays: ['2026-11-17', '2026-11-18'] };
    expect(section(await render({ ...report, previousReport: bridged }), 'provenance')).toContain(
      'No report of 2026-11-17, 2026-11-18: their events were read with this day&#x27;s.',
    );
    expect(section(await render(reportOf([])), 'provenance')).toContain('Cold start');
  });

  it('shows the balance of resources and of records, and says where it does not hold', async () => {
    const page = (await render(sampleReport())).replaceAll('&#x3D;', '=');
    expect(page).toContain('13 expected = 6 compliant + 5 non-compliant + 1 unknown + 1 not applicable');
    expect(page).toContain(
      '13 expected = 8 in database team + 3 in &lt;storage&gt; &amp; co + 2 in no slice',
    );
    expect(page).toContain('48 read = 40 used + 4 duplicate + 2 outside + 2 ignored + 0 rejected: balanced.');
    expect(page).not.toContain('not balance');
    const report = sampleReport();
    const wrong = await render({ ...report, totals: { ...report.totals, expected: 14 } });
    expect(wrong).toContain('These totals do not balance.');
  });

  it('shows what was not understood or not expected', async () => {
    const page = await render(sampleReport(incompleteParts()));
    expect(section(page, 'rejected')).toContain('abababababab…');
    expect(section(page, 'unrecognised')).toContain('com.oraclecloud.newservice.createbackup.end');
    const ignored = section(page, 'ignored');
    expect(ignored).toContain('com.example.&lt;b&gt;wrapper');
    expect(ignored).toContain('names com.oraclecloud.databaseservice.backupdatabase.end');
    expect(ignored).toContain('1 more event is of types that are not shown here');
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

  it('cuts long lists at the limits of the plan, worst first, and says how many are missing and where they are', async () => {
    const failed = many(31, (i) =>
      failedResource({
        resourceName: `BAD-${i}`,
        resourceId: `bad-${i}`,
        // Each a cause of its own: nothing to group.
        lastFailure: { time: '2026-11-19T09:15:00.000Z', message: `It stopped for ${letters(i)}.` },
      }),
    );
    const fine = many(34, (i) => sampleResource({ resourceName: `FINE-${i}`, resourceId: `fine-${i}` }));
    const page = await render(reportOf([...failed, ...fine]), { exceptions: 30, rows: 60, listed: 64 });
    expect(section(page, 'exceptions').match(/<li class="exception /g)).toHaveLength(30);
    expect(section(page, 'exceptions')).toContain(
      '1 more exception is not shown here; report.xlsx and report.json hold the full population.',
    );
    expect(section(page, 'exceptions')).not.toContain('BAD-30');
    const resources = section(page, 'resources');
    expect(resources.match(/role="rowheader"/g)).toHaveLength(60);
    expect(resources).toContain('5 more resources are not shown here; report.xlsx and');
    expect(resources).toContain('Search and filters see the 64 worst of 65 resources.');
    expect(dataOf(page).columns.name).toHaveLength(64);
    expect(dataOf(page).total).toBe(65);
    expect(section(await render(sampleReport()), 'resources')).not.toContain('worst of');
  });

  it('hands its script every text as data, which no text can end', async () => {
    const names = [
      '</script><script>alert(1)</script>',
      '<!--<script>',
      ']]>',
      '\u2028\u2029\ud800',
      '</SCRIPT >',
    ];
    const page = await render(
      reportOf(names.map((resourceName, i) => sampleResource({ resourceName, resourceId: `<id-${i}>` }))),
    );
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page.match(/<\/script/g)).toHaveLength(2);
    expect(page).not.toContain('<!--');
    const { name, head, tail } = dataOf(page).columns;
    expect(name.slice(0, 3)).toEqual(names.slice(0, 3));
    expect(name[4]).toBe(names[4]);
    expect(head.map((place, i) => `${dataOf(page).tables.head[place]}${tail[i]}`)[3]).toBe('<id-3>');
  });

  it('has one h1, and a caption for each table', async () => {
    const page = await render(sampleReport(incompleteParts()));
    expect(page.match(/<h1/g)).toHaveLength(1);
    expect(page.match(/<caption/g)).toHaveLength(page.match(/<table/g)?.length ?? 0);
    expect(page).toContain('<html lang="en" dir="ltr">');
  });

  it('gives each id once, and leads each link to something that is there', async () => {
    const page = await render(sampleReport(incompleteParts()));
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...page.matchAll(/\shref="#([^"]+)"/g)].map(([, target = '']) => target);
    // What a filter shows is decided by the script.
    const places = targets.filter((target) => !target.startsWith('outcome&#x3D;'));
    expect(places.length).toBeGreaterThan(20);
    for (const target of places) expect(ids).toContain(target);
    for (const [, target] of page.matchAll(/\saria-labelledby="([^"]+)"/g)) {
      for (const id of (target ?? '').split(' ')) expect(ids).toContain(id);
    }
  });

  it('says what to do about each exception', async () => {
    const exceptions = section(await render(sampleReport()), 'exceptions');
    expect(exceptions.match(/class="todo"/g)).toHaveLength(5);
    expect(exceptions.match(/<b>What to do:<\/b> \w/g)).toHaveLength(5);
    expect(exceptions).toContain('Find out why nothing started');
  });

  it('copies commands and identifiers by script, and shows them without', async () => {
    const exceptions = section(await render(sampleReport()), 'exceptions');
    const [, id = ''] = /data-text="(ocid1[^"]+)"/.exec(exceptions) ?? [];
    expect(id).toBe('ocid1.database.oc1.iad.orders');
    const [, command = ''] = /data-text="(oci [^"]+)"/.exec(exceptions) ?? [];
    expect(exceptions).toContain(`<dd class="mono"><bdi>${command}</bdi></dd>`);
  });

  it('links to what is there, and to nothing that is empty', async () => {
    const full = jumps(await render(sampleReport()));
    for (const id of ['new', 'resolved', 'incidents', 'waivers', 'changes', 'rules', 'volumes']) {
      expect(full).toContain(`href="#${id}"`);
    }
    const empty = jumps(await render(reportOf([sampleResource()])));
    expect(empty).not.toMatch(/\(0\)|#(?:new|resolved|incidents|waivers|changes|rules|volumes)"/);
  });

  it('has chips of what occurred, each a filter, and of what is accepted', async () => {
    const page = await render(sampleReport());
    const chips = page.slice(page.indexOf('class="chips"'), page.indexOf('<svg class="outcomes"'));
    expect(chips.replaceAll('&#x3D;', '=')).toContain(
      '<a href="#outcome=FAILED"><span class="dot chart-failed"></span><b>3</b> Failed</a>',
    );
    expect(chips).toContain('<a href="#waived"><b>1</b> Accepted for now</a>');
    const well = await render(reportOf([sampleResource()]));
    expect(well.match(/href="#outcome/g)).toHaveLength(1);
  });

  it('never says None of an INCOMPLETE day', async () => {
    const incomplete = { status: 'INCOMPLETE', statusReasons: ['A source failed.'] } as const;
    const followUp = { comparedWith: '2026-11-18', newlyBad: [], resolved: [] };
    const page = await render(reportOf([sampleResource()], { ...incomplete, followUp }));
    for (const id of ['exceptions', ...emptySections]) {
      expect(section(page, id)).toContain('None seen; not everything of this day is known.');
      expect(section(page, id)).not.toContain('>None.<');
    }
  });

  it.each(emptySections)('draws no empty section %s of a COMPLETE day, and no link to it', async (id) => {
    const followUp = { comparedWith: '2026-11-18', newlyBad: [], resolved: [] };
    const page = await render(reportOf([sampleResource()], { followUp }));
    expect(page).not.toMatch(new RegExp(`(?:id|labelledby)="${id}"|href="#${id}"`));
  });

  it('gives jobs the colours that the charts give them', async () => {
    const page = await render(sampleReport());
    const legend = page.slice(
      page.indexOf('<ul class="legend">\n<li>'),
      page.indexOf('</ul>', page.indexOf('<ul class="legend">\n<li>')),
    );
    const classes = [...legend.matchAll(/class="dot ([^"]*)"/g)].map(([, name]) => name);
    expect(classes).toEqual(jobStatuses.map(statusClass));
  });

  it('says on the bar and on each printed page which revision it is, where that is known', async () => {
    const path = join(directory, 'edition.html');
    const edition = { revision: 3, contentDigest: 'ab'.repeat(32), file: 'slice-dba.html' };
    const report = { ...sampleSlice(), plan: 'a"b\\c</style>' };
    await renderer.render({ report, lines: noJobs, edition }, path);
    const page = await readFile(path, 'utf8');
    expect(page).toContain(' · revision 3</span>');
    expect(page).toContain('<a class="file" href="slice-dba.xlsx"');
    const [, paper = ''] = /(@page \{ @top-left .*)/.exec(page) ?? [];
    expect(paper).toContain(
      "\"a\\22 b\\5c c\\3c /style\\3e  · Backup report 2026-11-19 · revision 3 · Slice 'database team'",
    );
    expect(paper).toContain('@top-right { content: "NON-COMPLIANT"; }');
    expect(paper).toContain(`Content SHA-256: ${'ab'.repeat(32)}`);
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    const unknown = await render(sampleReport());
    expect(unknown).not.toContain('revision 3');
    expect(unknown).toContain('<a class="file" href="report.xlsx"');
  });

  it('names its own workbook where a part of the report has one', async () => {
    const fleet = many(2_001, (i) => sampleResource({ resourceName: `R-${i}`, resourceId: `r-${i}` }));
    const path = join(directory, 'part.html');
    const edition = { revision: 1, contentDigest: 'ab'.repeat(32), file: 'slice-dba.html' };
    const slice = { name: 'dba', resources: 2_001, ofResources: 3_000 };
    await renderer.render({ report: reportOf(fleet, { slice }), lines: noJobs, edition }, path);
    const page = await readFile(path, 'utf8');
    expect(page).toContain('slice-dba.xlsx and report.json hold them all');
    expect(page).not.toContain('report.xlsx');
  });

  it('tells of databases and volumes apart, with their age against what is allowed', async () => {
    const page = await render(sampleReport());
    const databases = section(page, 'databases');
    expect(databases).toContain('Databases (12)');
    expect(databases).toMatch(/ORDERS[\s\S]*45 h 48 min<\/b> <span class="soft">of 26 h allowed/);
    expect(section(page, 'volumes')).toContain('Volumes (1)');
    expect(section(page, 'volumes')).toContain('nothing to measure from');
    expect(section(await render(reportOf([])), 'volumes')).toContain('No volume is in the population.');
  });

  it('names the template that is missing, faulty or asks for what the report does not have', async () => {
    const own = pathToFileURL(`${directory}/`);
    const faulty = backupPage(themeOf(own)).render(
      { report: sampleReport(), lines: noJobs },
      join(directory, 'x'),
    );
    await expect(faulty).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringContaining('report.html.hbs'),
    });
    for (const source of ['{{verdikt}}', '{{#if x}', '{{constructor.name}}']) {
      await writeFile(new URL('report.html.hbs', own), source);
      const result = backupPage(await makeTheme('en', directory)).render(
        { report: sampleReport(), lines: noJobs },
        join(directory, 'x'),
      );
      await expect(result).rejects.toMatchObject({
        kind: 'usage',
        message: expect.stringContaining('report.html.hbs:1:'),
      });
    }
  });

  it('says which file could not be written', async () => {
    const path = join(directory, 'nowhere', 'report.html');
    await expect(renderer.render({ report: sampleReport(), lines: noJobs }, path)).rejects.toMatchObject({
      kind: 'storage',
      message: expect.stringContaining(path),
    });
  });
});
