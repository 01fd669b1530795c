import ExcelJS from 'exceljs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MailMessage } from '../../../src/ports/delivery.js';
import {
  type TenancyPeriod,
  tenancyPeriodSchema,
} from '../../../src/reports/tenancy-changes/period/period-report.js';
import { auditRecord } from '../../support/audit-records.js';
import { hostileNames } from '../../support/sample-report.js';
import { tenancyDays } from '../../support/tenancy-day.js';
import { makeTenancyPeriod } from '../../support/tenancy-period.js';

const label = '2026-11-16_2026-11-19';

/** Day 1: a bucket. Day 2: none. Day 3: INCOMPLETE, because nothing was read. Day 4: a backup is deleted. */
async function archiveOfDays() {
  const days = tenancyDays();
  await days.make([auditRecord({ time: '2026-11-16T08:00:00.000Z' })], '2026-11-16');
  await days.make([], '2026-11-18');
  const deleted = { operation: 'DeleteBackup', service: 'DatabaseService', verb: 'DELETE' };
  await days.make([
    auditRecord({ ...deleted, resourceName: hostileNames.script, principal: hostileNames.script }),
    auditRecord({ ...deleted, status: '404' }),
  ]);
  return days.archive;
}

describe.each(['en', 'de'])('a period of tenancy-changes in %s', (tag) => {
  let report: TenancyPeriod;
  let page = '';
  let workbook: ExcelJS.Workbook;
  let faults = -1;
  const sent: MailMessage[] = [];

  beforeAll(async () => {
    const archive = await archiveOfDays();
    const made = await makeTenancyPeriod(archive, label, { tag, sent });
    ({ report } = made);
    faults = made.templateFaults.length;
    const read = async (name: string) =>
      Buffer.from((await archive.read(`changes/periods/${label}/r1/${name}`)) ?? []);
    page = (await read('report.html')).toString('utf8');
    workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await read('report.xlsx')) as unknown as ArrayBuffer);
  });

  it('counts what the days say, and calls a day that is missing or INCOMPLETE unknown', () => {
    expect(tenancyPeriodSchema.safeParse(report).error).toBeUndefined();
    expect(report.status).toBe('INCOMPLETE');
    expect(report.unknownDays).toBe(2);
    expect(report.totals).toMatchObject({ changes: 3, removedProtection: 1, backupRelevant: 2 });
    expect(report.days.map(({ totals }) => totals?.changes ?? null)).toEqual([1, null, 0, 2]);
    expect(report.firstSeen).toEqual({ total: 0, unknownDays: 4, principals: [] });
  });

  it('has both on its face, and the days that are missing and INCOMPLETE above all lists', () => {
    const face = page.slice(page.indexOf('<main>'), page.indexOf('id="removals"'));
    expect(page).toContain(tag === 'en' ? 'ATTENTION, INCOMPLETE' : 'ACHTUNG, UNVOLLSTÄNDIG');
    expect(face).toContain(tag === 'en' ? '2026-11-17' : '17.11.2026');
    expect(face).toContain(
      tag === 'en' ? 'What was changed then is not known' : 'Was da geändert wurde, ist nicht bekannt',
    );
    expect(face).not.toMatch(tag === 'en' ? /population/ : /Bestand/);
  });

  it('shows a missing day as unknown, an INCOMPLETE one with a mark, and a removal in red', () => {
    const calendar = page.slice(page.indexOf('class="months"'), page.indexOf('id="details"'));
    const tones = [...calendar.matchAll(/of-day tone-(\w+)"[^>]*><b>(\d+)<\/b><span>([^<]*)</g)];
    expect(tones.map(([, tone, day, words]) => [day, tone, words])).toEqual([
      ['16', 'good', '1'],
      ['17', 'unknown', tag === 'en' ? 'none' : 'fehlt'],
      ['18', 'warn', '0 !'],
      ['19', 'bad', '2'],
    ]);
  });

  it('has no zero for a day that nobody knows', () => {
    const days = page.slice(page.indexOf('id="days"'), page.indexOf('id="how"'));
    const [, missing = ''] = /17\.?[^]*?<\/th>([^]*?)<\/tr>/.exec(days) ?? [];
    expect([...missing.matchAll(/class="number">([^<]*)</g)].map(([, words]) => words)).toEqual(
      Array.from({ length: 12 }, () => '?'),
    );
    const sheet = workbook.worksheets.at(-1);
    expect(sheet?.getCell(3, 3).value).toBeNull();
    expect(sheet?.getCell(5, 3).value).toBe(2);
  });

  it('takes no text of a record for markup, and is made without a fault of a template', () => {
    expect(faults).toBe(0);
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toContain('[object');
    expect(sent[0]?.html).not.toContain('<script');
  });

  it('is mailed with its workbook, its subject and a plain text', () => {
    const [mail] = sent;
    const subject = mail?.subject.replaceAll('\u00A0', ' ');
    expect(subject).toBe(
      tag === 'en'
        ? '[ATTENTION, INCOMPLETE] Tenancy changes 2026-11-16 to 2026-11-19: 3 changes on 4 days: 1 took a backup or a protection away; 2 days are not wholly known'
        : '[ACHTUNG, UNVOLLSTÄNDIG] Änderungen der Tenancy 16.11.2026 bis 19.11.2026: 3 Änderungen an 4 Tagen: 1 entfernte ein Backup oder einen Schutz; 2 Tage sind nicht ganz bekannt',
    );
    expect(mail?.attachments.map(({ filename }) => filename)).toStrictEqual([`changes-${label}-report.xlsx`]);
    expect(mail?.text).toContain('DeleteBackup');
    expect(Buffer.byteLength(mail?.html ?? '')).toBeLessThan(90_000);
  });

  it('has every list and every count in its workbook', () => {
    expect(workbook.worksheets).toHaveLength(8);
    expect(workbook.worksheets[1]?.getCell(2, 2).value).toBe('DeleteBackup');
    for (const sheet of workbook.worksheets) {
      const texts: string[] = [];
      sheet.eachRow((row) => row.eachCell((cell) => texts.push(cell.text)));
      expect(texts.filter((words) => /tenancy\.|\{\{/.test(words))).toEqual([]);
    }
  });
});

it('a period whose days are known and quiet is routine', async () => {
  const days = tenancyDays();
  await days.make([auditRecord()]);
  const { report } = await makeTenancyPeriod(days.archive, '2026-11-19_2026-11-19');
  expect(report.status).toBe('COMPLETE');
  expect(report.unknownDays).toBe(0);
});
