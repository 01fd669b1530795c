import ExcelJS from 'exceljs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MailMessage } from '../../../src/ports/delivery.js';
import type { PeriodHead } from '../../../src/model/period-head.js';
import { activityPeriods } from '../../../src/reports/database-activity/activity-periods.js';
import {
  type ActivityPeriod,
  activityPeriodSchema,
} from '../../../src/reports/database-activity/period/period-report.js';
import { activityDays } from '../../support/activity-day.js';
import { makeActivityPeriod } from '../../support/activity-period.js';
import { dataSafeEvent } from '../../support/data-safe-events.js';
import { hostileNames } from '../../support/sample-report.js';

const label = '2026-11-16_2026-11-19';
const targetId = 'ocid1.datasafetargetdatabase.oc1..erp';

function trail(timeLastCollected: string) {
  return {
    id: 'ocid1.datasafeaudittrail.oc1..t',
    targetId,
    trailLocation: 'UNIFIED_AUDIT_TRAIL',
    status: 'COLLECTING',
    timeLastCollected,
  };
}

const on = (day: number, more: Readonly<Record<string, unknown>> = {}) =>
  dataSafeEvent({
    id: `ocid1.auditevent.oc1..e${day}`,
    auditEventTime: `2026-11-${day}T08:00:00.000Z`,
    timeCollected: `2026-11-${day}T20:00:00.000Z`,
    ...more,
  });

/** Day 1: a failed login. Day 2: no report. Day 3: its trail was not read to the end. Day 4: auditing is taken away. */
async function archiveOfDays() {
  const days = activityDays();
  await days.make([on(16), trail('2026-11-17T06:00:00Z')], '2026-11-16');
  await days.make([on(18, { operationStatus: 'SUCCESS' }), trail('2026-11-18T06:00:00Z')], '2026-11-18');
  const noaudit = { operation: 'NOAUDIT', eventName: 'NOAUDIT', operationStatus: 'SUCCESS' };
  await days.make(
    [on(19, { ...noaudit, dbUserName: hostileNames.script }), trail('2026-11-20T06:00:00Z')],
    '2026-11-19',
  );
  return days.archive;
}

const bytesOf = (report: object): Uint8Array => Buffer.from(JSON.stringify(report));

describe.each(['en', 'de'])('a period of database-activity in %s', (tag) => {
  let report: ActivityPeriod;
  let page = '';
  let workbook: ExcelJS.Workbook;
  let faults = -1;
  const sent: MailMessage[] = [];

  beforeAll(async () => {
    const archive = await archiveOfDays();
    const made = await makeActivityPeriod(archive, label, { tag, sent });
    ({ report } = made);
    faults = made.templateFaults.length;
    const read = async (name: string) =>
      Buffer.from((await archive.read(`databases/periods/${label}/r1/${name}`)) ?? []);
    page = (await read('report.html')).toString('utf8');
    workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await read('report.xlsx')) as unknown as ArrayBuffer);
  });

  it('counts what the days say; a day that is missing or INCOMPLETE is not wholly known', () => {
    expect(activityPeriodSchema.safeParse(report).error).toBeUndefined();
    expect(report).toMatchObject({ status: 'INCOMPLETE', unknownDays: 2 });
    expect(report.totals).toMatchObject({ records: 3, failedLogins: 1, auditingOff: 1 });
    expect(report.days.map(({ totals }) => totals?.records ?? null)).toEqual([1, null, 1, 1]);
  });

  it('has both on its face, in words of its own, and escapes names', () => {
    expect(faults).toBe(0);
    expect(page).toContain(tag === 'en' ? 'ATTENTION, INCOMPLETE' : 'ACHTUNG, UNVOLLSTÄNDIG');
    expect(page).toContain(
      tag === 'en' ? 'What was done then is not known' : 'Was da getan wurde, ist nicht bekannt',
    );
    expect(page).toContain(tag === 'en' ? 'Database activity' : 'Datenbankaktivität');
    expect(page).not.toContain(hostileNames.script);
  });

  it('has no zero for a day that nobody knows, and red for auditing that was taken away', () => {
    const calendar = page.slice(page.indexOf('class="months"'), page.indexOf('id="details"'));
    const tones = [...calendar.matchAll(/of-day tone-(\w+)"[^>]*><b>(\d+)<\/b><span>([^<]*)</g)];
    expect(tones.map(([, tone, day]) => [day, tone])).toEqual([
      ['16', 'warn'],
      ['17', 'unknown'],
      ['18', 'warn'],
      ['19', 'bad'],
    ]);
    const days = workbook.worksheets.at(-1);
    expect(days?.getRow(3).getCell(3).value).toBeNull();
    expect(days?.getRow(5).getCell(3).value).toBe(1);
  });

  it('has every sheet and row in the workbook, and says the same in the mail', () => {
    expect(workbook.worksheets.map(({ rowCount }) => rowCount).slice(1)).toEqual([2, 3, 3, 5]);
    const text = workbook.worksheets.map((sheet) => JSON.stringify(sheet.getSheetValues())).join('\n');
    expect(text).not.toMatch(/activity\.[a-z]|\{\{/);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.subject).toContain(tag === 'en' ? 'ATTENTION, INCOMPLETE' : 'ACHTUNG, UNVOLLSTÄNDIG');
    expect(sent[0]?.text).toContain(report.statusReasons[0] ?? 'none');
  });
});

it('counts a target by its id: silent days have no name for it, and two may have the same', async () => {
  const days = activityDays();
  const other = 'ocid1.datasafetargetdatabase.oc1..other';
  const trails = (until: string) => [
    trail(until),
    { ...trail(until), id: 'ocid1.trail.oc1..o', targetId: other },
  ];
  const [one, next] = ['2026-11-18', '2026-11-19'];
  const named = { targetId: other, targetName: 'erp-prod', id: 'ocid1.auditevent.oc1..o' };
  const first = await days.make([on(18), on(18, named), ...trails('2026-11-19T06:00:00Z')], one);
  const silent = await days.make(trails('2026-11-20T06:00:00Z'), next);
  const counting = activityPeriods.openCounting();
  expect(counting.takeDay(one, bytesOf(first.report), null)).toBe(true);
  expect(counting.takeDay(next, bytesOf(silent.report), null)).toBe(true);
  const head = { days: [one, next].map((date) => ({ date, state: 'COMPLETE' })) };
  const { targets } = counting.conclude(head as unknown as PeriodHead);
  expect(targets.map(({ name, records }) => [name, records])).toEqual([
    ['erp-prod', 1],
    ['erp-prod', 1],
  ]);
});
