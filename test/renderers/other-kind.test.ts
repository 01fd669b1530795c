import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import ExcelJS from 'exceljs';
import { createMailRenderer } from '../../src/renderers/email/mail-renderer.js';
import { createPageRenderer } from '../../src/renderers/html/page-renderer.js';
import type { Theme } from '../../src/renderers/theme.js';
import type { ReportViews } from '../../src/renderers/view/report-views.js';
import { createWorkbookRenderer } from '../../src/renderers/xlsx/workbook-renderer.js';
import type { CountingReport } from '../support/counting-lists.js';
import { sampleReport } from '../support/sample-report.js';
import { withoutStamp } from '../support/without-stamp.js';
import { makeTheme, themeOf } from '../support/theme.js';

/* The engines with a kind of report that has nothing of backups. */

const { plan, reportDay, status, statusReasons, generatedAt, tool, language, sources, controlTotals } =
  sampleReport();
const report: CountingReport = {
  schemaVersion: 1,
  plan,
  reportDay,
  status,
  statusReasons,
  generatedAt,
  tool,
  language,
  sources,
  controlTotals,
  rejectedRecords: [],
  findings: [],
  lines: [
    { word: 'one', times: 1 },
    { word: 'two & more', times: 22 },
  ],
};

const views: ReportViews<CountingReport> = {
  page: async ({ report: counted, lines }) => {
    let read = '';
    for await (const batch of lines) read += batch;
    return { lines: counted.lines, read: read.trim() };
  },
  mail: {
    view: (input) => (cap) => ({ lines: input.report.lines.slice(0, cap), location: input.location }),
  },
  workbookLists: new URL('../support/counting-lists.js', import.meta.url).href,
};

let directory: string;
let theme: Theme;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'other-kind-'));
  const folder = join(directory, 'templates');
  await mkdir(folder);
  const files = {
    'report.html.hbs': '{{#each lines}}<p>{{word}}: {{number times}}</p>{{/each}}<i>{{read}}</i>',
    'report.css': 'p { margin: 0 }',
    'report.js': '/* nothing */',
    'mail.html.hbs': '<ul>{{#each lines}}<li>{{word}}</li>{{/each}}</ul>',
    'mail.txt.hbs': '{{#each lines}}{{word}}, {{/each}}{{location}}',
    'mail-subject.hbs': 'So many words: {{lines.length}}',
    'words-mail-subject.hbs': 'Words of its own',
    'mail.css': 'p { margin: 0 }',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('{{report.plan}}');
  sheet.addRow(['Word', 'Times']);
  sheet.addRow(['{{#each lines}}{{word}}', '{{times}}{{/each}}']);
  await book.xlsx.writeFile(join(folder, 'report.xlsx'));
  theme = themeOf(pathToFileURL(folder));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

async function* oneLine(): AsyncGenerator<string> {
  yield '{"word":"one"}\n';
}

describe('a kind of report that knows no backups', () => {
  it('has its page of its own view', async () => {
    const path = join(directory, 'report.html');
    await createPageRenderer(theme, views.page).render({ report, lines: oneLine }, path);
    expect(withoutStamp(await readFile(path, 'utf8'))).toBe(
      '<p>one: 1</p><p>two &amp; more: 22</p><i>{&quot;word&quot;:&quot;one&quot;}</i>',
    );
  });

  it('has its mail of its own view', async () => {
    const input = { report, revision: 1, location: '/srv/x', attached: false };
    const mail = await createMailRenderer(theme, views.mail).renderMail(input);
    expect(mail).toMatchObject({
      subject: 'So many words: 2',
      text: 'one, two & more, /srv/x',
      inline: [],
    });
    expect(mail.html).toContain('<li>two &amp; more</li>');
  });

  it('has the title of its notices from the subject of its own mail', async () => {
    const files = { subject: 'words-mail-subject.hbs', html: 'mail.html.hbs', text: 'mail.txt.hbs' };
    const noticed = { ...views.mail, notice: () => ({ text: 'words', details: {} }) };
    const renderer = createMailRenderer(theme, noticed, files);
    const notice = await renderer.renderNotice?.({ report, revision: 1, location: '/srv/x', before: null });
    expect(notice).toMatchObject({ title: 'Words of its own', text: 'words' });
  });

  it('has its workbook of its own lists, which the thread loads', async () => {
    const path = join(directory, 'report.xlsx');
    const renderer = createWorkbookRenderer<CountingReport>(theme.data, views.workbookLists);
    await renderer.render({ report, lines: oneLine }, path);
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(path);
    const sheet = book.getWorksheet(plan);
    const rows = [1, 2, 3].map((row) => [1, 2].map((column) => sheet?.getCell(row, column).value));
    expect(rows).toEqual([
      ['Word', 'Times'],
      ['one', 1],
      ['two & more', 22],
    ]);
  });

  it('fails with the fault of its lists where they cannot be loaded', async () => {
    const nowhere = new URL('nowhere.js', pathToFileURL(`${directory}/`)).href;
    const renderer = createWorkbookRenderer<CountingReport>((await makeTheme('en')).data, nowhere);
    const rendering = renderer.render({ report, lines: oneLine }, join(directory, 'report.xlsx'));
    await expect(rendering).rejects.toThrow('nowhere.js');
  });
});
