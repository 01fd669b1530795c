import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { type Theme, noBranding, openTheme } from '../../src/renderers/theme.js';
import type { Branding } from '../../src/renderers/view/branding.js';
import { backupMail, backupPage } from '../support/backup-renderers.js';
import { noJobs } from '../support/job-lines.js';
import { incompleteParts, sampleReport } from '../support/sample-report.js';
import { withoutStamp } from '../support/without-stamp.js';
import { englishTheme, makeTheme } from '../support/theme.js';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'page-look-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

async function render(theme: Theme, report = sampleReport(incompleteParts())): Promise<string> {
  const path = join(directory, 'report.html');
  await backupPage(theme).render({ report, lines: noJobs }, path);
  return readFile(path, 'utf8');
}

async function branded(branding: Partial<Branding>): Promise<string> {
  return render(openTheme({ ...englishTheme.data, branding: { ...noBranding, ...branding } }));
}

/** A company's own folder with these files. */
async function ownFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(directory, 'own-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

/** What a reader reads: text between tags, and what attributes say. */
function wordsOf(page: string): readonly string[] {
  const markup = page.replace(/<style>[\s\S]*?<\/style>|<script[\s\S]*?<\/script>/g, '');
  const inTags = [
    ...markup.matchAll(
      /\s(?:title|alt|placeholder|aria-label|data-label|data-(?:any|nothing|copied|opened|no[a-z-]+))="([^"]*)"/g,
    ),
  ];
  return [...markup.matchAll(/>([^<]+)</g), ...inTags]
    .map(([, words = '']) => words.trim())
    .filter((words) => words !== '');
}

describe('branding', () => {
  it('puts company, logo, colour and footer on the page', async () => {
    const page = await branded({
      company: 'Acme & Sons',
      logo: { mediaType: 'image/png', base64: 'AAAA' },
      accent: '#c74634',
      footer: 'Internal <only>',
    });
    expect(page).toContain('<img src="data:image/png;base64,AAAA" alt="Acme &amp; Sons">');
    expect(page).toContain(':root { --accent: #c74634; }');
    expect(page).toContain('<p>Internal &lt;only&gt;</p>');
  });

  it('names the company where there is no logo, and leaves no trace where there is nothing', async () => {
    expect(await branded({ company: 'Acme' })).toContain('<p class="brand">Acme</p>');
    const page = await branded({});
    expect(page).not.toContain('class="brand"');
    expect(page).not.toContain('<img');
  });

  it('lets nothing but a colour into the style', async () => {
    expect(await branded({ accent: 'red; } body { display: none' })).not.toContain('display: none }');
  });
});

/** The shipped page shows them no more: they stay for pages that were copied from it. */
const deprecated = ['page.incidents.none', 'page.waivers.none', 'page.changes.none'];

describe("a company's own files", () => {
  it.each(['en', 'de'])('may show the messages of earlier pages: %s', async (tag) => {
    const lines = deprecated.map((key) => `<p>{{t "${key}"}}</p>`);
    const folder = await ownFolder({ 'report.html.hbs': lines.join('\n') });
    const theme = await makeTheme(tag, folder);
    const { messages } = theme.data.language;
    expect(withoutStamp(await render(theme))).toBe(
      deprecated.map((key) => `<p>${messages[key]}</p>`).join('\n'),
    );
    expect(deprecated.filter((key) => messages[key] === undefined)).toEqual([]);
  });

  it('replace single ones of those that come with the tool', async () => {
    const css = await ownFolder({ 'report.css': 'body { color: rebeccapurple; }' });
    const page = await render(await makeTheme('en', css));
    expect(page).toMatch(/<style>\nbody \{ color: rebeccapurple; \}\n@page .*\n<\/style>/);
    expect(page).toContain('Exceptions (5)');
    const script = await ownFolder({ 'report.js': 'globalThis.own = true;' });
    expect(await render(await makeTheme('en', script))).toContain(
      '<script type="module">\nglobalThis.own = true;\n</script>',
    );
    const template = await ownFolder({
      'report.html.hbs': '{{t "page.heading" date=date}}: {{verdict.words}}',
    });
    expect(withoutStamp(await render(await makeTheme('en', template)))).toBe(
      'Backup report 2026-11-19: NON-COMPLIANT',
    );
  });

  it('replace single messages', async () => {
    const own = await ownFolder({ 'messages/en/page.yaml': 'page: { jump: { controls: Our controls } }' });
    const page = await render(await makeTheme('en', own));
    expect(page).toContain('<a href="#controls">Our controls</a>');
    expect(page).toContain('<a href="#policies">Policies</a>');
  });

  it.each([
    ['report.css', 'p {} </style><script>'],
    ['report.js', 'const a = "</SCRIPT>"'],
    ['report.js', 'const a = "<!--"'],
  ])('are refused where they would end their own element: %s', async (name, text) => {
    const theme = await makeTheme('en', await ownFolder({ [name]: text }));
    await expect(render(theme)).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringContaining(name),
    });
  });
});

describe('a fault of a template', () => {
  it('is said below the exceptions, on page and in mail: they come first', async () => {
    const report = sampleReport(incompleteParts());
    const templateFaults = [{ file: 'mail.css', place: null, words: 'it is empty' }];
    const path = join(directory, 'report.html');
    await backupPage(englishTheme).render({ report, lines: noJobs, templateFaults }, path);
    const place = { revision: 1, location: '/reports', attached: false };
    const { html } = await backupMail(englishTheme).renderMail({ report, ...place, templateFaults });
    for (const text of [await readFile(path, 'utf8'), html]) {
      const first = text.indexOf('class="exception');
      expect(first).toBeGreaterThan(0);
      expect(text.indexOf('mail.css: it is empty')).toBeGreaterThan(first);
    }
  });
});

describe('the German page', () => {
  it('has no words of the English catalogue left', async () => {
    const german = await makeTheme('de');
    const { messages } = german.data.language;
    const english = englishTheme.data.language.messages;
    const page = await render(german);
    expect(page).toContain('<html lang="de" dir="ltr">');
    const foreign = Object.entries(english).filter(
      ([key, words]) =>
        !/^(?:workbook|sentences|mail)\./.test(key) && words !== messages[key] && !/[{}]/.test(words),
    );
    const germanWords = new Set(Object.values(messages));
    const said = new Set(wordsOf(page));
    const left = foreign.filter(([, words]) => said.has(words) && !germanWords.has(words));
    expect(left).toEqual([]);
    const long = foreign.filter(([, words]) => words.length > 24 && page.includes(words));
    expect(long).toEqual([]);
  });

  it('writes dates, numbers and shares as German does', async () => {
    const page = await render(await makeTheme('de'));
    expect(page).toContain('Backup-Bericht 19.11.2026');
    expect(page).toContain('50,0');
    expect(page).toContain('13 erwartet');
    expect(page).toContain('erfolgreich mit Warnungen');
  });
});

describe('the messages of the page', () => {
  it('are all used: by the template or by what makes its view', async () => {
    const template = (await englishTheme.files.read('report.html.hbs')).bytes.toString('utf8');
    const code = await codeOf(fileURLToPath(new URL('dist/src/', packageRoot)));
    const unused = Object.keys(englishTheme.data.language.messages)
      .filter((key) => key.startsWith('page.') && !template.includes(`"${key}"`))
      .filter((key) => !/^page\.(?:more|advice|headline|balance|status|notJudged|charts|inputs)\./.test(key))
      .filter((key) => !code.includes(`'${key}'`));
    expect(unused.sort()).toEqual([...deprecated].sort());
  });
});

/** All modules that lie below. */
async function codeOf(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true });
  const modules = names.filter((name) => name.endsWith('.js'));
  return (await Promise.all(modules.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
}
