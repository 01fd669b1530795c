import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import type { MailContent } from '../../src/ports.js';
import { helpersOf } from '../../src/renderers/templates/compile-template.js';
import { backupMail, backupPage } from '../support/backup-renderers.js';
import { type CliResult, Project, defaultConfiguration, ndjson } from '../support/cli.js';
import { noJobs } from '../support/job-lines.js';
import { databaseEvent } from '../support/raw-event.js';
import { runPlainly } from '../support/run-here.js';
import { reportOf, sampleResource } from '../support/sample-report.js';
import { englishTheme, makeTheme, templatesFolder } from '../support/theme.js';

const report = reportOf([sampleResource()]);
let own: string;

beforeEach(async () => {
  own = await mkdtemp(join(tmpdir(), 'templates-'));
});

afterEach(async () => {
  await rm(own, { recursive: true });
});

async function write(name: string, content: string): Promise<void> {
  await mkdir(dirname(join(own, name)), { recursive: true });
  await writeFile(join(own, name), content);
}

async function page(tag = 'en'): Promise<string> {
  const path = join(own, 'rendered.html');
  await backupPage(await makeTheme(tag, own)).render({ report, lines: noJobs }, path);
  return readFile(path, 'utf8');
}

async function mail(tag = 'en'): Promise<MailContent> {
  const input = { report, revision: 1, location: '/archive/report.html', attached: true };
  return backupMail(await makeTheme(tag, own)).renderMail(input);
}

describe('a folder of one’s own', () => {
  it('may be empty: all is as it ships', async () => {
    const path = join(own, 'shipped.html');
    await backupPage(englishTheme).render({ report, lines: noJobs }, path);
    expect(await page()).toBe(await readFile(path, 'utf8'));
  });

  it('may have the style alone', async () => {
    await write('report.css', 'body { color: #123456 }');
    const made = await page();
    expect(made).toContain('<style>\nbody { color: #123456 }\n@page {');
    expect(made).toContain('Backup report');
  });

  it('may have one message alone, for page and mail', async () => {
    await write('messages/en/ours.yaml', 'reportVerdict:\n  COMPLIANT: ALL IS WELL\n');
    expect(await page()).toContain('ALL IS WELL');
    const made = await mail();
    expect(made.html).toContain('ALL IS WELL');
    expect(made.text).toContain('ALL IS WELL');
  });

  it('may have the page alone: the mail is as it ships', async () => {
    const shipped = await mail();
    await write('report.html.hbs', '<!doctype html>\n<title>Ours</title>\n');
    expect(await page()).toBe('<!doctype html>\n<title>Ours</title>\n');
    expect(await mail()).toEqual(shipped);
  });

  it('may change between two pages of one theme, and only then is compiled again', async () => {
    const theme = await makeTheme('en', own);
    const path = join(own, 'rendered.html');
    const made = async (): Promise<string> => {
      await backupPage(theme).render({ report, lines: noJobs }, path);
      return readFile(path, 'utf8');
    };
    const shipped = await made();
    const before = [...theme.compiled.values()];
    expect(await made()).toBe(shipped);
    expect([...theme.compiled.values()]).toEqual(before);
    await write('report.html.hbs', '<!doctype html>\n<title>Ours</title>\n');
    expect(await made()).toBe('<!doctype html>\n<title>Ours</title>\n');
    await rm(join(own, 'report.html.hbs'));
    expect(await made()).toBe(shipped);
  });

  it('may come from an editor that writes a byte order mark and carriage returns', async () => {
    const shipped = await page();
    const text = await readFile(join(templatesFolder, 'report.html.hbs'), 'utf8');
    await write('report.html.hbs', `\ufeff${text.replaceAll('\n', '\r\n')}`);
    expect(await page()).toBe(shipped);
  });

  it('may have a language of its own, in all that is rendered', async () => {
    await write('messages/la/common.yaml', 'reportVerdict:\n  COMPLIANT: OMNIA BENE\n');
    expect(await page('la')).toMatch(/<html[^>]* lang="la"/);
    expect(await page('la')).toContain('OMNIA BENE');
    expect((await mail('la')).text).toContain('OMNIA BENE');
  });
});

const faults = [
  ['a block that is not closed', 'one\ntwo\n  {{#if a}}\n', /:4:1: it cannot be parsed: .* do not match$/],
  ['a field that there is not', 'one\ntwo\n  {{nowhere}}\n', /:3:5: nowhere: there is no "nowhere" here/],
  ['a helper that there is not', 'one\ntwo\n  {{shout "x"}}\n', /:3:3: there is no helper "shout"/],
  [
    'a list that there is not',
    'one\ntwo\n  {{#each exceptions.itens}}{{/each}}\n',
    /:3:11: exceptions\.itens: there is no "itens" in exceptions; did you mean "items"\? There is: .*items, more/,
  ],
  ['a value that there is not', 'one\ntwo\n  {{t "x" y=nowhere}}\n', /:3:13: nowhere: there is no "nowhere"/],
  [
    'a message that there is not',
    'one\ntwo\n  {{t "page.titel"}}\n',
    /:3:3: no language has a message page\.titel; did you mean "page\.title"\?$/,
  ],
  ['nothing in it', '', /: it is empty$/],
  ['white space in it', ' \n\t\n', /: it is empty$/],
  ['nothing to show', '{{#if false}}x{{/if}}\n', /: it shows nothing$/],
] as const;

describe.each(['report.html.hbs', 'mail.html.hbs', 'mail.txt.hbs', 'mail-subject.hbs'])('%s', (name) => {
  it.each(faults)('with %s: the error names file, line and column', async (_words, text, message) => {
    await write(name, text);
    const rendered = name === 'report.html.hbs' ? page() : mail();
    await expect(rendered).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringMatching(message),
      hints: [expect.stringContaining('docs/templates.md')],
    });
    await expect(rendered).rejects.toThrow(`template ${join(own, name)}:`);
  });
});

describe('run with a template that has a fault', () => {
  const date = '2026-11-19';
  const asProcess = (project: Project): Promise<CliResult> => project.run(date, '--log-level', 'silent');
  const here = (project: Project): Promise<CliResult> =>
    runPlainly(project.directory, date, ['report.html', 'mail']);

  it.each([
    // Nothing is made of a day whose page cannot be made. Where only its mail cannot, the report is archived all the same.
    ['report.html.hbs', 2, asProcess],
    ['mail.txt.hbs', 4, here],
  ])('%s: ends with %d and says where', async (name, wanted, run) => {
    const events = ndjson([databaseEvent('end', `${date}T02:00:00Z`)]);
    const files = { 'events/a.ndjson': events, [`ours/${name}`]: 'one\n  {{nowhere}}\n' };
    const project = await Project.create(files, `${defaultConfiguration}templates: ./ours\n`);
    try {
      const { code, stdout, stderr } = await run(project);
      expect(code).toBe(wanted);
      expect(stdout.includes('(revision 1)')).toBe(wanted === 4);
      expect(`${stdout}${stderr}`).toMatch(new RegExp(`ours/${name}:2:5: nowhere: there is no`));
      expect(`${stdout}${stderr}`).not.toContain('    at ');
      expect(await project.list('outbox')).toEqual([]);
      // A mail that is owed is sent by the next run.
      await rm(join(project.directory, 'ours', name));
      expect(await here(project)).toMatchObject({ code: 0, stderr: '' });
      expect(await project.list('outbox')).toHaveLength(1);
      expect(await project.list('reports/daily/2026/11/19')).toEqual(['r1']);
    } finally {
      await project.remove();
    }
  });
});

describe('docs/templates.md', () => {
  it('has a row for each helper', async () => {
    const text = await readFile(new URL('docs/templates.md', packageRoot), 'utf8');
    const section = /\n## Helpers\n(.*?)\n## /s.exec(text)?.[1] ?? '';
    const names = [...section.matchAll(/^\| `([a-z]+)` /gm)].map(([, name]) => name);
    expect(names.sort()).toEqual(Object.keys(helpersOf(englishTheme.wording)).sort());
  });

  it('names every file of the templates', async () => {
    const text = await readFile(new URL('docs/templates.md', packageRoot), 'utf8');
    const files = (await readdir(templatesFolder)).filter((name) => name !== 'messages');
    expect(files.length).toBeGreaterThan(6);
    for (const name of files) {
      expect(text).toContain(`\`${name}\``);
    }
  });
});
