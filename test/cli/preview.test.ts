import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Project, defaultConfiguration, ndjson } from '../support/cli.js';
import { databaseEvent } from '../support/raw-event.js';
import { runHere } from '../support/run-here.js';
import { type Rendered, RunningPreview, next } from '../support/running-preview.js';

/* Each test waits for what the preview says, never for a time; a busy machine may take its time for it. */

const date = '2026-11-19';

const projects: Project[] = [];
const previews: RunningPreview[] = [];

afterEach(async () => {
  for (const each of previews.splice(0)) await each.kill();
  for (const each of projects.splice(0)) await each.remove();
});

/** With an archive of one day; made once and never changed: each test has a copy. */
let original: Project;

beforeAll(async () => {
  const events = ndjson([databaseEvent('end', `${date}T02:00:00Z`)]);
  const files = { 'events/a.ndjson': events, 'ours/report.css': 'body { color: #111111 }' };
  original = await Project.create(files, `${defaultConfiguration}templates: ./ours\n`);
  const { code, stderr } = await runHere(original.directory, date);
  if (code !== 0) throw new Error(stderr);
});

afterAll(() => original.remove());

async function project(): Promise<Project> {
  const made = await Project.create({});
  projects.push(made);
  await cp(original.directory, made.directory, { recursive: true });
  return made;
}

async function preview(made: Project, ...args: readonly string[]): Promise<RunningPreview> {
  const started = await RunningPreview.start(made.directory, ...args);
  // Before it answers: one that never does is ended, too.
  previews.push(started);
  await started.listening();
  return started;
}

/** Waits until a page has the words, from rendering to rendering. Gives the page. */
async function shows(
  shown: RunningPreview,
  renderings: AsyncGenerator<Rendered>,
  path: string,
  words: string,
): Promise<string> {
  for (;;) {
    const { text } = await shown.get(path);
    if (text.includes(words)) return text;
    await next(renderings);
  }
}

describe('preview of the newest day', () => {
  it('shows page, mail and workbook, the page byte for byte as archived', async () => {
    const made = await project();
    const shown = await preview(made);
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
    const shown = await preview(await project());
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
});

describe('preview while templates are edited', () => {
  it('shows what is saved, once the browser is told', async () => {
    const made = await project();
    const shown = await preview(made);
    const renderings = shown.renderings();
    expect(await next(renderings)).toEqual({ number: 1, faults: 0 });
    await made.write('ours/report.css', 'body { color: #222222 }');
    expect(await next(renderings)).toMatchObject({ number: 2, faults: 0 });
    await shows(shown, renderings, '/report.html', '#222222');

    await made.write('ours/messages/en/ours.yaml', 'reportVerdict:\n  COMPLIANT: ALL IS WELL\n');
    await shows(shown, renderings, '/report.html', 'ALL IS WELL');
    // A folder that is new is watched from then on.
    await made.write('ours/messages/en/ours.yaml', 'reportVerdict:\n  COMPLIANT: QUITE WELL\n');
    await shows(shown, renderings, '/report.html', 'QUITE WELL');
    expect((await shown.get('/mail/body.txt')).text).toContain('QUITE WELL');

    await made.write('backup-report.yaml', `${defaultConfiguration}templates: ./ours\nlanguage: de\n`);
    const page = await shows(shown, renderings, '/report.html', 'lang="de"');
    expect(page).toMatch(/<html[^>]* lang="de"/);
  });

  it('shows where a template has its fault, in its place alone, and recovers', async () => {
    const made = await project();
    const shown = await preview(made);
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
    expect((await shown.get('/mail/body.txt')).text).toContain('COMPLIANT');

    await made.write('ours/messages/en/ours.yaml', 'outcome: [\n');
    await shows(shown, renderings, '/mail.html', 'ours.yaml');

    await rm(join(made.directory, 'ours/messages'), { recursive: true });
    await rm(join(made.directory, 'ours/report.html.hbs'));
    while ((await shown.get('/report.html')).text !== before) await next(renderings);
    expect((await shown.get('/mail.html')).text).not.toContain('ours.yaml');
  });
});

describe('the end of a preview', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('comes on %s, and nothing is left', async (signal) => {
    const made = await project();
    const shown = await preview(made);
    const before = await readdir(made.directory, { recursive: true });
    await made.write('ours/report.css', 'body { color: #333333 }');
    const code = await shown.stop(signal);
    const after = await readdir(made.directory, { recursive: true });
    expect({
      code,
      added: after.filter((name) => !before.includes(name)),
      removed: before.filter((name) => !name.startsWith('temporary/') && !after.includes(name)),
      temporary: await readdir(shown.temporary),
    }).toEqual({ code: 0, added: [], removed: [], temporary: [] });
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
