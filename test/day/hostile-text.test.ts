import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import ExcelJS from 'exceljs';
import { simpleParser } from 'mailparser';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { Project, jsonOf, ndjson } from '../support/cli.js';
import { databaseEvent } from '../support/raw-event.js';
import { runHere } from '../support/run-here.js';

const date = '2026-11-19';
const names: readonly string[] = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '{{constructor}} {{#each this}}',
  '=HYPERLINK("http://example.com","x")',
  '+1+cmd|calc',
  'bell\u0007 and null\u0000 and line\nbreak\r\nBcc: evil@example.com',
  'right \u202Eto left\u202C and mark \u200F',
  'long '.repeat(9000),
  'emoji 🦄👩‍👩‍👧',
  'half \uD83D of a pair',
  'escape _x0041_ here',
];
const records = names.map((dbUniqueName, index) =>
  databaseEvent('end', `${date}T0${index % 10}:00:00Z`, {
    resourceId: `ocid1.dbbackup.oc1.iad.b${index}`,
    details: {
      databaseId: `ocid1.database.oc1.iad.d${index}`,
      dbUniqueName,
      lifecycleState: 'FAILED',
      lifecycleDetails: `Because of ${dbUniqueName}`,
    },
  }),
);

let project: Project;
let files: Map<string, Buffer>;
let code: number | null;

beforeAll(async () => {
  project = await Project.create({ 'events/a.ndjson': ndjson(records) });
  ({ code } = await runHere(project.directory, date));
  files = await project.revision(date);
});

afterAll(() => project.remove());

describe('hostile text', () => {
  it('stays as written in report.json', () => {
    expect(code).toBe(0);
    const report = jsonOf<DailyReport>(files, 'report.json');
    const written = report.resources.map(({ resourceName }) => resourceName);
    for (const name of names) expect(written).toContain(name.trim());
  });

  it('makes no element and no expression on the page', () => {
    const page = String(files.get('report.html'));
    // The page's own script and the data that it reads, and none beside them.
    expect(page.match(/<script/gi)).toHaveLength(2);
    expect(page).not.toMatch(/<img/i);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('{{constructor}}');
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(page).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/);
  });

  it('is text in the workbook, never a formula, and never too long for a cell', async () => {
    const workbook = new ExcelJS.Workbook();
    const bytes = files.get('report.xlsx') ?? Buffer.alloc(0);
    await workbook.xlsx.load(bytes as unknown as ExcelJS.Buffer);
    const sheet = workbook.getWorksheet('Resources');
    const cells = (sheet?.getColumn(1).values ?? []).slice(2);
    expect(cells).toHaveLength(names.length);
    for (const cell of cells) expect(typeof cell).toBe('string');
    expect(cells).toContain('=HYPERLINK("http://example.com","x")');
    expect(cells).toContain('<script>alert(1)</script>');
    expect(Math.max(...cells.map((cell) => String(cell).length))).toBeLessThanOrEqual(32_767);
    expect(cells).toContain('bell␇ and null␀ and line\nbreak␍\nBcc: evil@example.com');
  });

  it('adds no header and no part to the mail', async () => {
    const [name = ''] = await project.list('outbox');
    const mail = await simpleParser(await project.read(`outbox/${name}`));
    expect(mail.subject).toBe('[NON-COMPLIANT] Backup report 2026-11-19: 11 failed of 11');
    expect(mail.headers.has('bcc')).toBe(false);
    expect(mail.attachments.filter(({ related }) => !related)).toHaveLength(1);
    expect(String(mail.html)).not.toMatch(/<script/i);
    expect(String(mail.html)).not.toMatch(/<img/i);
    expect(mail.text).not.toContain('\u202E');
  });
});
