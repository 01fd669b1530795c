import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { TemplateFailure, templateFaultText } from '../../src/model/template-fault.js';
import type { MailContent } from '../../src/ports/mail-renderer.js';
import { helpersOf } from '../../src/renderers/templates/compile-template.js';
import { valuesOfHelper } from '../../src/renderers/templates/inspect-template.js';
import { expectGermanOf } from '../support/in-german.js';
import { backupMail, backupPage } from '../support/backup-renderers.js';
import { Project, defaultConfiguration, ndjson } from '../support/cli.js';
import { noJobs } from '../support/job-lines.js';
import { databaseEvent } from '../support/raw-event.js';
import { runPlainly } from '../support/run-here.js';
import { reportOf, sampleResource } from '../support/sample-report.js';
import { englishTheme, makeTheme, templatesFolder } from '../support/theme.js';
import { withoutStamp } from '../support/without-stamp.js';
import { sliceOf } from '../support/share-of.js';

const report = reportOf([sampleResource()]);
let own: string;

beforeEach(async () => {
  own = await mkdtemp(join(tmpdir(), 'templates-'));
});

afterEach(async () => {
  await rm(own, { recursive: true });
});

async function write(name: string, content: string | Buffer): Promise<void> {
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
    expect(withoutStamp(await page())).toBe('<!doctype html>\n<title>Ours</title>\n');
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
    expect(withoutStamp(await made())).toBe('<!doctype html>\n<title>Ours</title>\n');
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
  [
    'a block that is not closed',
    'one\ntwo\n  {{#if a}}\n',
    /:3:3: \{\{#if\}\} begins here and is never closed: it needs \{\{\/if\}\}$/,
  ],
  [
    'a block that another one closes',
    'one\ntwo\n  {{#if a}}{{#each b}}\n{{/if}}',
    /:3:12: \{\{#each\}\} begins here, and \{\{\/if\}\} in line 4 would end it: it needs \{\{\/each\}\} before$/,
  ],
  ['an end without a beginning', 'one\ntwo\n  {{/if}}\n', /:3:3: \{\{\/if\}\} ends no block$/],
  ['an else in no block', 'one\ntwo\n  {{else}}\n', /:3:3: \{\{else\}\} stands in no block$/],
  ['braces that do not match', 'one\n{{two', /:2:3: it cannot be parsed from here on: /],
  ['a block that asks for nothing', 'one\n{{#if}}{{/if}}', /:2:1: \{\{#if\}\} takes 1 value and is given 0$/],
  [
    'a partial that shows itself',
    '{{#*inline "a"}}\n{{> a}}{{/inline}}{{> a}}',
    /:2:1: \{\{> a\}\} shows itself without end$/,
  ],
  [
    'another encoding',
    Buffer.from('one\nPr\xfcfung', 'latin1'),
    /: it is not UTF-8 on line 2: save it as UTF-8$/,
  ],
  ['an old encoding', Buffer.from('\ufeffone', 'utf16le'), /: it is UTF-16: save it as UTF-8$/],
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
  it.each(sliceOf(faults))(
    'with %s: the error names file, line and column',
    async (_words, text, message) => {
      await write(name, text);
      const told = await faultOf(name);
      expect(told.split(': ')[0]).toMatch(new RegExp(`^${name}(:\\d+:\\d+)?$`));
      expect(told).toMatch(message);
      await expectGermanOf(told.slice(told.indexOf(': ') + 2));
    },
  );
});

describe('what is no file', () => {
  it.each<[words: string, make: (path: string) => Promise<unknown>, fault: string]>([
    [
      'a link to nowhere',
      (path) => symlink('/nowhere/at/all', path),
      'it is a link to a file that does not exist',
    ],
    ['a link to itself', (path) => symlink(path, path), 'its links lead in a circle (ELOOP)'],
    ['a folder', (path) => mkdir(path), 'it is a folder, not a file'],
  ])('as %s is said to be that', async (_words, make, fault) => {
    await make(join(own, 'mail.txt.hbs'));
    expect(await faultOf('mail.txt.hbs')).toBe(`mail.txt.hbs: ${fault}`);
  });
});

/** What is said about the template: the mail is sent with the shipped one. */
async function faultOf(name: string): Promise<string> {
  if (name !== 'report.html.hbs') return ((await mail()).templateFaults ?? []).map(templateFaultText).join();
  const failure: unknown = await page().catch((error: unknown) => error);
  if (!(failure instanceof TemplateFailure)) throw new Error('it has no fault');
  expect(failure.message).toMatch(`template ${join(own, name)}:`);
  expect(failure.hints).toEqual([expect.stringContaining('docs/templates.md')]);
  return failure.faults.map(templateFaultText).join();
}

/** What a fault of each file of a company's own is, and what is left of it. */
const broken = [
  ['report.html.hbs', 'one\n  {{nowhere}}\n', 'report.html.hbs:2:5: nowhere: there is no'],
  ['report.css', '</style>', 'report.css: it must not contain "</style"'],
  ['report.js', ' ', 'report.js: it is empty'],
  [
    'mail.html.hbs',
    '<p>{{#each exceptions.itens}}{{/each}}</p>',
    'mail.html.hbs:1:12: exceptions.itens: there is no',
  ],
  ['mail.css', '', 'mail.css: it is empty'],
  ['mail.txt.hbs', 'one\n  {{nowhere}}\n', 'mail.txt.hbs:2:5: nowhere: there is no'],
  ['mail-subject.hbs', '{{#if', 'mail-subject.hbs:1:4: it cannot be parsed'],
  ['report.xlsx', 'no workbook', 'report.xlsx: it cannot be read as a workbook: '],
  [
    'messages/en/ours.yaml',
    'page:\n  title: "{dat}"\n',
    'messages/en/ours.yaml:2: page.title: {dat} is not given',
  ],
] as const;

describe('run with a template that has a fault', () => {
  const date = '2026-11-19';
  const made = ['report.html', 'mail'];

  it.each(sliceOf(broken))('%s: the shipped one is used and all say so', async (name, text, fault) => {
    const events = ndjson([databaseEvent('end', `${date}T02:00:00Z`)]);
    const files = { 'events/a.ndjson': events, [`ours/${name}`]: text };
    const project = await Project.create(files, `${defaultConfiguration}templates: ./ours\n`);
    const reports = 'reports/daily/2026/11/19';
    try {
      const { code, stdout, stderr } = await runPlainly(project.directory, date, [...made, name]);
      expect(code).toBe(4);
      expect(stdout).toContain(`the shipped ones were used instead of ${name}`);
      expect(stderr).toContain(`backup-report: template ${fault}`);
      expect(`${stdout}${stderr}`).not.toContain('    at ');
      const manifest = JSON.parse(String(await project.read(`${reports}/r1/manifest.json`)));
      const [found, ...others] = manifest.templateFaults;
      expect(others).toEqual([]);
      expect(found.file).toBe(name);
      expect(manifest.madeBy).toHaveProperty([`templates/${name}`]);
      expect(manifest.status).toBe('COMPLETE');
      const [sent = ''] = await project.list('outbox');
      const words = shown(found.words).slice(0, 40);
      expect(shown(String(await project.read(`${reports}/r1/report.html`)))).toContain(words);
      const {
        subject = '',
        text: plain = '',
        html,
      } = await simpleParser(await project.read(`outbox/${sent}`));
      expect(subject).toContain('COMPLIANT');
      expect(shown(plain)).toContain(words);
      expect(shown(html || '')).toContain(words);

      // The day is as it was. Its report says the same, so that there is no other revision and no other mail.
      await rm(join(project.directory, 'ours', name));
      expect(await runPlainly(project.directory, date, made)).toMatchObject({ code: 0, stderr: '' });
      expect(await project.list('outbox')).toHaveLength(1);
      expect(await project.list(reports)).toEqual(['r1']);
    } finally {
      await project.remove();
    }
  });

  it.each(['messages/ours.yaml', 'messages/en', 'messages'])('%s, where no messages can be', async (name) => {
    const files = { 'events/a.ndjson': '', [`ours/${name}`]: 'page: { title: x }' };
    const project = await Project.create(files, `${defaultConfiguration}templates: ./ours\n`);
    try {
      const { code, stderr } = await runPlainly(project.directory, date);
      expect(code).toBe(4);
      expect(stderr).toContain(`backup-report: template ${name}: it is `);
      expect(stderr).not.toContain('    at ');
    } finally {
      await project.remove();
    }
  });

  it('leaves the own templates that have none', async () => {
    const events = ndjson([databaseEvent('end', `${date}T02:00:00Z`)]);
    const files = {
      'events/a.ndjson': events,
      'ours/report.html.hbs': '{{nowhere}}',
      'ours/mail.txt.hbs': 'Ours: {{plan}}, {{#each templateFaults}}{{this}}{{/each}}',
    };
    const project = await Project.create(files, `${defaultConfiguration}templates: ./ours\n`);
    try {
      expect((await runPlainly(project.directory, date, made)).code).toBe(4);
      const [sent = ''] = await project.list('outbox');
      const { text = '' } = await simpleParser(await project.read(`outbox/${sent}`));
      expect(text).toMatch(/^Ours: daily, report\.html\.hbs:1:3: nowhere/);
    } finally {
      await project.remove();
    }
  });
});

/** A text as it is in a page or a mail: without marks, on one line. */
function shown(text: string): string {
  return text
    .replaceAll(/&quot;|"/g, '')
    .replaceAll(/&#x27;|'/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&#123;', '{')
    .replaceAll(/\s+/g, ' ');
}

describe('docs/templates.md', () => {
  it('has a row for each helper', async () => {
    const text = await readFile(new URL('docs/templates.md', packageRoot), 'utf8');
    const section = /\n## Helpers\n(.*?)\n## /s.exec(text)?.[1] ?? '';
    const names = [...section.matchAll(/^\| `([a-z]+)` /gm)].map(([, name]) => name);
    const helpers = Object.keys(helpersOf(englishTheme.wording)).sort();
    expect(names.sort()).toEqual(helpers);
    // And a check knows how many values it takes.
    expect(Object.keys(valuesOfHelper).sort()).toEqual(helpers);
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
