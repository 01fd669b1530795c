import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { preview as previewHere } from '../../src/cli/preview.js';
import { rowsShown, workbookPage } from '../../src/preview/workbook-page.js';
import { type CliResult, Project, defaultConfiguration, ndjson, runCli } from '../support/cli.js';
import { databaseEvent } from '../support/raw-event.js';
import { captured, runHere } from '../support/run-here.js';

const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const date = '2026-11-19';

interface Rendered {
  readonly number: number;
  readonly faults: number;
}

/** A preview at work. */
class RunningPreview {
  readonly child: ChildProcess;
  readonly url: string;
  readonly temporary: string;

  constructor(child: ChildProcess, url: string, temporary: string) {
    this.child = child;
    this.url = url;
    this.temporary = temporary;
  }

  static async start(directory: string, ...args: readonly string[]): Promise<RunningPreview> {
    const temporary = join(directory, 'temporary');
    await mkdir(temporary, { recursive: true });
    const child = spawn(process.execPath, [main, 'preview', ...args], {
      cwd: directory,
      env: { PATH: process.env['PATH'], TMPDIR: temporary },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.once('data', (text: Buffer) => resolve(text.toString().trim()));
      child.once('close', () => reject(new Error(`the preview ended: ${said}`)));
    });
    return new RunningPreview(child, url, temporary);
  }

  async get(
    path: string,
  ): Promise<{ readonly status: number; readonly headers: Headers; readonly text: string }> {
    const response = await fetch(new URL(path, this.url));
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  /** A request as it is written, which fetch would tidy up. */
  async ask(path: string, options: { method?: string; host?: string }): Promise<number> {
    const { hostname, port, host } = new URL(this.url);
    const headers = { host: options.host ?? host };
    const sent = request({ hostname, port, path, method: options.method ?? 'GET', headers });
    const answered = once(sent, 'response');
    sent.end();
    const [response] = (await answered) as [{ statusCode: number; resume(): void }];
    response.resume();
    return response.statusCode;
  }

  /** The renderings that the browser is told of, from the one that is shown now. */
  async *renderings(): AsyncGenerator<Rendered> {
    const response = await fetch(new URL('/events', this.url));
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end === -1) break;
        const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1];
        text = text.slice(end + 2);
        if (data !== undefined) yield JSON.parse(data) as Rendered;
      }
    }
  }

  async stop(
    signal: NodeJS.Signals,
  ): Promise<{ readonly code: number | null; readonly milliseconds: number }> {
    const began = Date.now();
    const closed = once(this.child, 'close') as Promise<[number | null]>;
    this.child.kill(signal);
    const [code] = await closed;
    return { code, milliseconds: Date.now() - began };
  }
}

const projects: Project[] = [];
const previews: RunningPreview[] = [];

afterEach(async () => {
  for (const each of previews.splice(0)) each.child.kill('SIGKILL');
  for (const each of projects.splice(0)) await each.remove();
});

/** With an archive of one day; made once, each test has a copy. */
let original: Project;

beforeAll(async () => {
  const events = ndjson([databaseEvent('end', `${date}T02:00:00Z`)]);
  const files = { 'events/a.ndjson': events, 'ours/report.css': 'body { color: #111111 }' };
  original = await Project.create(files, `${defaultConfiguration}templates: ./ours\n`);
  const { code, stderr } = await runHere(original.directory, date);
  if (code !== 0) throw new Error(stderr);
});

afterAll(() => original.remove());

async function copy(): Promise<Project> {
  const made = await Project.create({});
  await cp(original.directory, made.directory, { recursive: true });
  return made;
}

async function project(): Promise<Project> {
  const made = await copy();
  projects.push(made);
  return made;
}

async function preview(made: Project, ...args: readonly string[]): Promise<RunningPreview> {
  const started = await RunningPreview.start(made.directory, ...args);
  previews.push(started);
  return started;
}

/** What ends before it shows anything needs no process. */
const failing = (
  made: Project,
  more: Partial<Parameters<typeof previewHere>[0]> = {},
): Promise<CliResult> => {
  const config = join(made.directory, 'backup-report.yaml');
  return captured((output) => previewHere({ config, port: 0, logLevel: 'silent', ...more }, output));
};

/** The next rendering that is told. */
async function next(renderings: AsyncGenerator<Rendered>): Promise<Rendered> {
  const { value } = await renderings.next();
  if (value === undefined) throw new Error('no more renderings are told');
  return value;
}

/** Ends it while it renders, and tells what came of that. */
async function endOn(signal: NodeJS.Signals, made: Project, shown: RunningPreview) {
  const before = await readdir(made.directory, { recursive: true });
  const renderings = shown.renderings();
  await next(renderings);
  await made.write('ours/report.css', 'body { color: #333333 }');
  const { code, milliseconds } = await shown.stop(signal);
  const after = await readdir(made.directory, { recursive: true });
  const added = after.filter((name) => !before.includes(name));
  const removed = before.filter((name) => !name.startsWith('temporary/') && !after.includes(name));
  const temporary = await readdir(shown.temporary);
  return { code, added, removed, temporary, isQuick: milliseconds < 1500 };
}

const cleanEnd = { code: 0, added: [], removed: [], temporary: [], isQuick: true };

describe('preview of the newest day', () => {
  let made: Project;
  let shown: RunningPreview;

  beforeAll(async () => {
    made = await copy();
    shown = await RunningPreview.start(made.directory);
  });

  afterAll(async () => {
    shown.child.kill('SIGKILL');
    await made.remove();
  });

  it('shows page, mail and workbook, the page byte for byte as archived', async () => {
    expect(shown.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const archived = (await made.revision(date)).get('report.html');
    expect((await shown.get('/report.html')).text).toBe(String(archived));
    expect((await shown.get('/mail.html')).text).toContain('[COMPLIANT] Backup report 2026-11-19');
    expect((await shown.get('/mail/body.html')).text).toContain('<table');
    expect((await shown.get('/mail/body.html')).text).not.toContain('cid:');
    expect((await shown.get('/mail/body.txt')).headers.get('content-type')).toMatch(/^text\/plain/);
    const workbook = await shown.get('/workbook.html');
    expect(workbook.text).toMatch(/<h2 id="sheet-1">Summary/);
    expect(workbook.text).toContain('2026-11-19');
    const index = await shown.get('/');
    for (const path of ['/report.html', '/mail.html', '/workbook.html']) {
      expect(index.text).toContain(`src="${path}"`);
    }
  });

  it('keeps the policy of each page strict: only the index runs the script that reloads', async () => {
    const policy = async (path: string) => (await shown.get(path)).headers.get('content-security-policy');
    expect(await policy('/')).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(await policy('/mail.html')).not.toContain('script-src');
    expect(await policy('/mail/body.html')).toMatch(
      /^default-src 'none'; style-src 'unsafe-inline'; img-src/,
    );
    for (const path of ['/report.html', '/mail.html', '/mail/body.html', '/workbook.html']) {
      const { text, headers } = await shown.get(path);
      expect(text).not.toContain('preview.js');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
    }
    expect((await shown.get('/workbook.html')).text).toMatch(
      /http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-/,
    );
  });

  it('answers GET of known paths, of this machine alone', async () => {
    const { host } = new URL(shown.url);
    expect(await shown.ask('/', {})).toBe(200);
    expect(await shown.ask('/?q', { host: host.replace('127.0.0.1', 'localhost') })).toBe(200);
    for (const path of [
      '/nowhere',
      '/../package.json',
      '/..%2fpackage.json',
      '//report.html',
      '/report.html/',
    ]) {
      expect([path, await shown.ask(path, {})]).toEqual([path, 404]);
    }
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD']) {
      expect([method, await shown.ask('/', { method })]).toEqual([method, 405]);
    }
    for (const other of ['evil.example', `evil.example:${new URL(shown.url).port}`, '127.0.0.1']) {
      expect([other, await shown.ask('/', { host: other })]).toEqual([other, 421]);
    }
  });

  it('ends on SIGINT within a second, and leaves nothing', async () => {
    expect(await endOn('SIGINT', made, shown)).toEqual(cleanEnd);
  });
});

describe('preview while templates are edited', () => {
  let made: Project;
  let shown: RunningPreview;

  beforeAll(async () => {
    made = await copy();
    shown = await RunningPreview.start(made.directory);
  });

  afterAll(async () => {
    shown.child.kill('SIGKILL');
    await made.remove();
  });

  it('shows what is saved, once the browser is told', async () => {
    const renderings = shown.renderings();
    expect(await next(renderings)).toEqual({ number: 1, faults: 0 });
    await made.write('ours/report.css', 'body { color: #222222 }');
    expect(await next(renderings)).toMatchObject({ number: 2, faults: 0 });
    expect((await shown.get('/report.html')).text).toContain('#222222');

    await made.write('ours/messages/en/ours.yaml', 'reportVerdict:\n  COMPLIANT: ALL IS WELL\n');
    await next(renderings);
    // A folder that is new is watched from then on.
    await made.write('ours/messages/en/ours.yaml', 'reportVerdict:\n  COMPLIANT: QUITE WELL\n');
    let page = '';
    while (!page.includes('QUITE WELL')) {
      page = (await shown.get('/report.html')).text;
      if (!page.includes('QUITE WELL')) await next(renderings);
    }
    expect((await shown.get('/mail/body.txt')).text).toContain('QUITE WELL');

    await made.write('backup-report.yaml', `${defaultConfiguration}templates: ./ours\nlanguage: de\n`);
    while (!page.includes('lang="de"')) {
      await next(renderings);
      page = (await shown.get('/report.html')).text;
    }
    expect(page).toMatch(/<html[^>]* lang="de"/);
  });

  it('shows where a template has its fault, in its place alone, and recovers', async () => {
    const renderings = shown.renderings();
    await next(renderings);
    const before = (await shown.get('/report.html')).text;
    await made.write('ours/report.html.hbs', 'one\n  {{nowhere}}\n<b>\n');
    // Of what was saved last, something may still be to come.
    let { faults } = await next(renderings);
    while (faults === 0) ({ faults } = await next(renderings));
    expect(faults).toBe(1);
    const { status, text } = await shown.get('/report.html');
    expect(status).toBe(200);
    expect(text).toMatch(/ours\/report\.html\.hbs:2:5: &quot;nowhere&quot; not defined/);
    expect(text).toContain('<mark>    2    {{nowhere}}</mark>\n    3  &lt;b&gt;');
    expect((await shown.get('/mail/body.txt')).text).toContain('KONFORM');

    await made.write('ours/messages/en/ours.yaml', 'outcome: [\n');
    while (!(await shown.get('/mail.html')).text.includes('ours.yaml')) await next(renderings);

    await rm(join(made.directory, 'ours/messages'), { recursive: true });
    await rm(join(made.directory, 'ours/report.html.hbs'));
    while ((await shown.get('/report.html')).text !== before) await next(renderings);
    expect((await shown.get('/mail.html')).text).not.toContain('ours.yaml');
  });

  it('ends on SIGTERM within a second, and leaves nothing', async () => {
    expect(await endOn('SIGTERM', made, shown)).toEqual(cleanEnd);
  });
});

describe('preview of the demo', () => {
  it('shows the demo where there is no configuration, made in a folder that goes with it', async () => {
    const made = await Project.create({});
    projects.push(made);
    await rm(join(made.directory, 'backup-report.yaml'));
    const shown = await preview(made);
    expect((await shown.get('/')).text).toContain('<title>Preview: demo-company ');
    const { text } = await shown.get('/mail/body.txt');
    expect(text).toMatch(/^\[NON-COMPLIANT\] /);
    expect(text).toContain('45 of 48 resources compliant');
    expect((await shown.get('/mail/picture-1')).headers.get('content-type')).toBe('image/png');
    await shown.stop('SIGTERM');
    expect(await readdir(shown.temporary)).toEqual([]);
    expect(await readdir(made.directory)).toEqual(['temporary']);
  });

  it('shows the demo in the look of the configuration', async () => {
    const made = await project();
    const shown = await preview(made, '--demo');
    const { text } = await shown.get('/report.html');
    expect(text).toContain('demo-company');
    expect(text).toContain('#111111');
  });
});

describe('preview of what is not there', () => {
  it('a day: ends with 2 and names the newest', async () => {
    const made = await project();
    const { code, stderr } = await failing(made, { date: '2026-11-18' });
    expect(code).toBe(2);
    expect(stderr).toMatch(/--date 2026-11-18: there is no report of this day/);
    expect(stderr).toContain('-> The newest day there is 2026-11-19.');
  });

  it('any report: ends with 2 and says how to make one', async () => {
    const made = await Project.create({});
    projects.push(made);
    const { code, stderr } = await failing(made);
    expect(code).toBe(2);
    expect(stderr).toMatch(/there is no report of daily in the archive yet/);
  });

  it('a configuration: ends with 2', async () => {
    const { code, stderr } = await failing(original, { config: 'nowhere.yaml' });
    expect({ code }).toEqual({ code: 2 });
    expect(stderr).toMatch(/cannot read the configuration nowhere\.yaml/);
  });

  it.each([
    ['--port', 'x', /Write a number up to 65535/],
    ['--port', '70000', /Write a number up to 65535/],
  ])('%s %s: ends with 2', async (option, value, words) => {
    const made = await project();
    const { code, stderr } = await runCli(['preview', option, value], { cwd: made.directory });
    expect({ code }).toEqual({ code: 2 });
    expect(stderr).toMatch(words);
  });

  it('a free port: ends with 2', async () => {
    const made = await project();
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const bound = taken.address();
    const port = typeof bound === 'object' ? (bound?.port ?? 0) : 0;
    const { code, stderr } = await failing(made, { port });
    taken.close();
    expect(code).toBe(2);
    expect(stderr).toContain(`--port ${port}: cannot listen there`);
  });

  it.each(['report.json', 'jobs.ndjson.gz'])('the %s of the manifest: ends with 4', async (name) => {
    const made = await project();
    const path = join(made.directory, 'reports/daily/2026/11/19/r1', name);
    await rm(path);
    await writeFile(path, '{}');
    const { code, stderr } = await failing(made);
    expect(code).toBe(4);
    expect(stderr).toMatch(new RegExp(`cannot show .*${name}: it is not the one that its manifest names`));
  });
});

describe('a workbook as a page', () => {
  it('shows values as their formats have them, merged cells, and that rows are left out', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('A <sheet>');
    sheet.addRow([
      '<b>',
      0.999,
      new Date('2026-11-19T02:10:00Z'),
      26.5 / 24,
      12345,
      { formula: '1+1', result: 2 },
    ]);
    for (const [column, numFmt] of [
      [2, '0.0%'],
      [3, 'yyyy-mm-dd hh:mm'],
      [4, '[h]:mm'],
      [5, '#,##0'],
    ] as const) {
      sheet.getCell(1, column).numFmt = numFmt;
    }
    sheet.getCell('A1').fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFC74634' } };
    sheet.getCell('A2').value = 'merged';
    sheet.mergeCells('A2:B3');
    for (let row = 4; row <= rowsShown + 7; row += 1) sheet.getCell(row, 1).value = `row ${row}`;
    book.addWorksheet('kept apart', { state: 'hidden' }).addRow([true]);
    const page = await workbookPage(Buffer.from(await book.xlsx.writeBuffer()));
    expect(page).toContain('A &lt;sheet&gt;</h2>');
    const cells = [...page.matchAll(/<td([^>]*)>([^<]*)<\/td>/g)].map(([, , text]) => text);
    expect(cells.slice(0, 6)).toEqual(['&lt;b&gt;', '99.9%', '2026-11-19 02:10', '26:30', '12,345', '2']);
    expect(page).toMatch(/background: #C74634/);
    expect(page).toMatch(/colspan="2" rowspan="2">merged</);
    expect(page).toContain(`>row ${rowsShown}<`);
    expect(page).not.toContain(`>row ${rowsShown + 1}<`);
    expect(page).toContain('7 more rows of this sheet are in the workbook');
    expect(page).toContain('kept apart (hidden)</h2>');
  });

  it('cannot be made of what is no workbook', async () => {
    await expect(workbookPage(Buffer.from('<html>'))).rejects.toThrow('it is not a workbook');
  });
});
