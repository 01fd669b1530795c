import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ActivityLine, activityFile } from '../../../src/reports/database-activity/model/activity.js';
import {
  type ActivityReport,
  activityReportSchema,
} from '../../../src/reports/database-activity/model/activity-report.js';
import { wireActivityRenderers } from '../../../src/wiring/wire-database-activity.js';
import { activityDays } from '../../support/activity-day.js';
import { makeActivityDemo } from '../../support/activity-demo.js';
import { dataSafeEvent } from '../../support/data-safe-events.js';
import { makeTheme } from '../../support/theme.js';

let directory: string;
let report: ActivityReport;
let lines: readonly ActivityLine[];

beforeAll(async () => {
  directory = process.env['ACTIVITY_PAGES'] ?? (await mkdtemp(join(tmpdir(), 'activity-views-')));
  const days = activityDays();
  ({ report } = await makeActivityDemo(days));
  lines = await days.linesOf(activityFile);
});

afterAll(async () => {
  if (process.env['ACTIVITY_PAGES'] === undefined) await rm(directory, { recursive: true, force: true });
});

async function rendered(name: string, tag: string, of = report, events = lines): Promise<Buffer> {
  const path = join(directory, `${tag}-${name}`);
  const renderer = wireActivityRenderers(await makeTheme(tag)).renderers.find((each) => each.name === name);
  async function* texts(): AsyncGenerator<string> {
    for (const event of events) yield `${JSON.stringify(event)}\n`;
  }
  await renderer?.render({ report: of, lines: texts }, path);
  return readFile(path);
}

async function mailOf(tag: string, of = report) {
  const { mailRenderer } = wireActivityRenderers(await makeTheme(tag));
  return mailRenderer.renderMail({ report: of, revision: 1, location: '/srv/reports', attached: true });
}

describe('the demo of database-activity', () => {
  it('is a day with a story, in balance, and no password is left of it', () => {
    expect(activityReportSchema.safeParse(report).error).toBeUndefined();
    expect(report.totals).toMatchObject({
      auditingOff: 1,
      failedLogins: 38,
      withoutData: 1,
      late: 14,
      targets: 4,
    });
    expect(report.statusReasons).toEqual([
      expect.stringMatching(/^ocid1\.datasafetarget.*legacy-crm: no data, /),
    ]);
    expect(report.findings.map(({ kind }) => kind)).toEqual(['late', 'trail']);
    expect(report.findings[0]?.words).toContain('backup-report backfill --from 2026-11-10 --to 2026-11-10');
    expect(JSON.stringify([report, lines])).not.toContain('Autumn');
  });
});

describe('the page', () => {
  it('has targets, failed logins and privileged changes first, and every event in its data', async () => {
    const page = (await rendered('report.html', 'en')).toString('utf8');
    const places = [
      'id="targets"',
      'id="auditingOff"',
      'id="logins"',
      'id="privileged"',
      'id="grants"',
      'id="drops"',
      'id="users"',
      'id="all"',
    ];
    const found = places.map((place) => page.indexOf(place));
    expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(found[0]).toBeGreaterThan(0);
    expect(page).toContain('alter user app identified by [removed]');
    expect(page).toContain('NO DATA');
    expect(page).toContain(`"total":${lines.length}`);
    expect(page).toContain('data-label="Failed logins"');
  });

  it('is in German', async () => {
    const page = (await rendered('report.html', 'de')).toString('utf8');
    expect(page).toContain('<html lang="de">');
    expect(page).toContain('ACHTUNG');
    expect(page).toContain('KEINE DATEN');
  });

  it('takes no text of a record for markup', async () => {
    const days = activityDays();
    const evil = '</script><img src=x onerror=alert(1)>';
    const fields = {
      targetName: evil,
      dbUserName: evil,
      eventName: `DROP ${evil}`,
      commandText: evil,
      clientIp: evil,
    };
    const made = await days.make([dataSafeEvent({ ...fields, auditEventTime: '2026-11-19T03:00:00Z' })]);
    const events = await days.linesOf(activityFile);
    const page = (await rendered('report.html', 'en', made.report, events)).toString('utf8');
    expect(events).toHaveLength(1);
    expect(page).not.toContain('<img src=x');
    expect((await mailOf('en', made.report)).html).not.toContain('<img src=x');
  });

  it('says of a day on which nothing has to be looked at that there is nothing', async () => {
    const days = activityDays();
    const fields = { operationStatus: 'SUCCESS', eventName: 'SELECT', operation: 'SELECT' };
    const made = await days.make([dataSafeEvent({ ...fields, auditEventTime: '2026-11-19T03:00:00Z' })]);
    const page = (await rendered('report.html', 'en', made.report, [])).toString('utf8');
    expect(page).toContain('Nothing that a person has to look at.');
    expect(page).toContain('of 1 target nothing tells until when events were collected');
  });
});

describe('the mail', () => {
  it('says the worst in its subject, and stays below 90 KB', async () => {
    const mail = await mailOf('en');
    expect(mail.subject).toMatch(
      /^\[ATTENTION, INCOMPLETE\] Database activity 2026-11-19: \d+ audit events: 1 took auditing away; no data of 1 target/,
    );
    expect(mail.text).toContain('Failed logins: 38');
    expect(mail.text).toContain('NO DATA');
    expect(Buffer.byteLength(mail.html)).toBeLessThan(90_000);
    expect((await mailOf('de')).subject).toMatch(/^\[ACHTUNG, UNVOLLSTÄNDIG\] Datenbankaktivität/);
  });
});

describe('the workbook', () => {
  it('has every event on a sheet', async () => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await rendered('report.xlsx', 'en')) as unknown as ArrayBuffer);
    const sheet = book.getWorksheet('Events');
    expect(sheet?.rowCount).toBe(lines.length + 1);
    expect(sheet?.getCell(1, 4).value).toBe('Operation');
    expect(book.worksheets.map(({ name }) => name)).toEqual([
      'Summary',
      'Events',
      'Targets',
      'Failed logins',
      'By user',
      'By operation',
      'Activity',
      'Of earlier days',
      'Findings',
    ]);
  });
});
