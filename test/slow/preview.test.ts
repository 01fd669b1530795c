import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { defaultConfiguration } from '../support/cli.js';
import { leftBehind } from '../support/left-behind.js';
import { PreviewProjects } from '../support/preview-projects.js';
import { type Rendered, type RunningPreview, next } from '../support/running-preview.js';

/* Each test waits for what the preview says, never for a time; a busy machine may take its time for it. */

const date = '2026-11-19';
let projects: PreviewProjects;

beforeAll(async () => {
  projects = await PreviewProjects.create(date);
});

afterEach(() => projects.clear());

afterAll(() => projects.remove());

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

describe('preview while templates are edited', () => {
  it('shows what is saved, once the browser is told', async () => {
    const made = await projects.copy();
    const shown = await projects.preview(made);
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
    const made = await projects.copy();
    const shown = await projects.preview(made);
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
    expect(text).toMatch(/ours\/report\.html\.hbs:2:5: nowhere: there is no &quot;nowhere&quot; here/);
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

describe('beside the page', () => {
  it('faults that the day does not show are checked for behind the preview, and told', async () => {
    const made = await projects.copy();
    const shown = await projects.preview(made);
    const renderings = shown.renderings();
    expect(await next(renderings)).toEqual({ number: 1, faults: 0 });
    // Nobody looks at the mail.
    await made.write('ours/mail.html.hbs', '<p>{{#if slice}}{{nowhere}}{{/if}}{{plan}}</p>');
    let { faults } = await next(renderings);
    while (faults === 0) ({ faults } = await next(renderings));
    expect(faults).toBe(1);
  });

  it('the logo is a picture of the mail, from the preview itself', async () => {
    const made = await projects.copy();
    const logo =
      '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><rect width="90" height="30"/></svg>';
    await made.write('logo.svg', logo);
    await made.write('backup-report.yaml', `${defaultConfiguration}branding: { logo: logo.svg }\n`);
    const shown = await projects.preview(made);
    expect((await shown.get('/mail/body.html')).text).toMatch(/<img[^>]* src="\/mail\/picture-1"/);
    const { status, headers } = await shown.get('/mail/picture-1');
    expect([status, headers.get('content-type')]).toEqual([200, 'image/png']);
  });
});

describe('the end of a preview', () => {
  it('comes on SIGINT, and nothing is left', async () => {
    const made = await projects.copy();
    const shown = await projects.preview(made);
    expect(await leftBehind(made, shown, 'SIGINT')).toEqual({
      code: 0,
      added: [],
      removed: [],
      temporary: [],
    });
  });
});

describe('preview of the demo', () => {
  it('shows the demo where there is no configuration, made in a folder that goes with it', async () => {
    const made = await projects.empty();
    await rm(join(made.directory, 'backup-report.yaml'));
    const shown = await projects.preview(made);
    expect((await shown.get('/')).text).toContain('<title>Preview: demo-company ');
    const { text } = await shown.get('/mail/body.txt');
    expect(text).toMatch(
      /^NON-COMPLIANT · [0-9]{4}-[0-9]{2}-[0-9]{2} · demo-company\n3 of 52 resources need attention\n/,
    );
    expect(text).toContain('3 failed, 1 accepted for now, 48 compliant.');
    expect((await shown.get('/mail.html')).text).not.toContain('cid:');
    await shown.stop('SIGTERM');
    expect(await readdir(shown.temporary)).toEqual([]);
    expect(await readdir(made.directory)).toEqual(['temporary']);
  });

  it('shows the demo in the look of the configuration', async () => {
    const made = await projects.copy();
    const shown = await projects.preview(made, '--demo');
    const { text } = await shown.get('/report.html');
    expect(text).toContain('demo-company');
    expect(text).toContain('#111111');
  });
});
