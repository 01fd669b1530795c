import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '../../../src/reports/tenancy-changes/model/change.js';
import { changesFile } from '../../../src/reports/tenancy-changes/model/change.js';
import type { TenancyReport } from '../../../src/reports/tenancy-changes/model/tenancy-report.js';
import { tenancyReportSchema } from '../../../src/reports/tenancy-changes/model/tenancy-report.js';
import { wireTenancyRenderers } from '../../../src/wiring/wire-tenancy-changes.js';
import { auditRecord } from '../../support/audit-records.js';
import { tenancyDays, tenancyToday } from '../../support/tenancy-day.js';
import { makeTenancyDemo } from '../../support/tenancy-demo.js';
import { makeTheme } from '../../support/theme.js';

let directory: string;
let report: TenancyReport;
let lines: readonly Change[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tenancy-views-'));
  const days = tenancyDays();
  ({ report } = await makeTenancyDemo(days));
  lines = await days.linesOf(changesFile);
});

afterAll(() => rm(directory, { recursive: true, force: true }));

async function rendered(name: string, tag: string, of = report, changes = lines): Promise<Buffer> {
  const path = join(directory, `${tag}-${name}`);
  const renderer = wireTenancyRenderers(await makeTheme(tag)).renderers.find((each) => each.name === name);
  async function* texts(): AsyncGenerator<string> {
    for (const change of changes) yield `${JSON.stringify(change)}\n`;
  }
  await renderer?.render({ report: of, lines: texts }, path);
  return readFile(path);
}

async function mailOf(tag: string, of = report) {
  const { mailRenderer } = wireTenancyRenderers(await makeTheme(tag));
  return mailRenderer.renderMail({ report: of, revision: 1, location: '/srv/reports', attached: true });
}

describe('the demo of tenancy-changes', () => {
  it('is a day with a story, whole and in balance', () => {
    expect(tenancyReportSchema.safeParse(report).error).toBeUndefined();
    expect(report.status).toBe('COMPLETE');
    expect(report.totals).toMatchObject({ removedProtection: 2, running: 1, unknownVerb: 1, firstSeen: 1 });
    expect(report.firstSeen.principals?.map(({ name }) => name)).toEqual(['jw.contractor@example.com']);
  });
});

describe('the page', () => {
  it('has removals first, then what touches backups, and every change in its data', async () => {
    const page = (await rendered('report.html', 'en')).toString('utf8');
    const places = ['id="removals"', 'id="backupChanges"', 'id="deletions"', 'id="refusals"', 'id="all"'];
    const found = places.map((place) => page.indexOf(place));
    expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(found[0]).toBeGreaterThan(0);
    expect(page).toContain('<b class="nowrap">2026-11-19</b>');
    expect(page).toContain('<del>true</del>');
    expect(page).toContain(`"total":${lines.length}`);
  });

  it('is in German', async () => {
    const page = (await rendered('report.html', 'de')).toString('utf8');
    expect(page).toContain('<html lang="de">');
    expect(page).toContain('ACHTUNG');
  });

  it('takes no text of a record for markup', async () => {
    const days = tenancyDays();
    const evil = '</script><img src=x onerror=alert(1)>';
    const made = await days.make([
      auditRecord({
        operation: 'DeleteBackup',
        service: 'DatabaseService',
        verb: 'DELETE',
        resourceName: evil,
        principal: evil,
        previous: { [evil]: evil },
      }),
    ]);
    const changes = await days.linesOf(changesFile, tenancyToday);
    const page = (await rendered('report.html', 'en', made.report, changes)).toString('utf8');
    expect(page).not.toContain('<img src=x');
    expect((await mailOf('en', made.report)).html).not.toContain('<img src=x');
  });

  it('says of a day on which nothing has to be looked at that there is nothing', async () => {
    const days = tenancyDays();
    const made = await days.make([auditRecord()]);
    const page = (await rendered('report.html', 'en', made.report, [])).toString('utf8');
    expect(page).toContain('Nothing that a person has to look at.');
    expect(page).toContain('Not known yet: 1 of 7 days');
  });
});

describe('the mail', () => {
  it('says the worst in its subject, and stays below 90 KB', async () => {
    const mail = await mailOf('en');
    expect(mail.subject).toMatch(
      /^\[ATTENTION\] Tenancy changes 2026-11-19: \d+ changes and 1 still running: 2 took/,
    );
    expect(mail.text).toContain('Backups and protections taken away: 2');
    expect(Buffer.byteLength(mail.html)).toBeLessThan(90_000);
    expect((await mailOf('de')).subject).toMatch(/^\[ACHTUNG\] Änderungen der Tenancy/);
  });
});

describe('the workbook', () => {
  it('has every change on a sheet', async () => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await rendered('report.xlsx', 'en')) as unknown as ArrayBuffer);
    const sheet = book.getWorksheet('Changes');
    expect(sheet?.rowCount).toBe(lines.length + 1);
    expect(sheet?.getCell(1, 2).value).toBe('Operation');
    expect(book.worksheets.map(({ name }) => name)).toEqual([
      'Summary',
      'Changes',
      'By service',
      'By compartment',
      'By principal',
      'First seen',
      'Reads',
      'Findings',
    ]);
  });
});
