import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import ExcelJS from 'exceljs';
import { resourceTypeNames } from '../../../../src/model/resource-types.js';
import { createBackupWording } from '../../../../src/reports/backup-compliance/views/backup-wording.js';
import type { Schedule } from '../../../../src/reports/backup-compliance/views/charts/count-schedule.js';
import { hoursOfDay } from '../../../../src/reports/backup-compliance/views/charts/hours-of-day.js';
import { scheduleView } from '../../../../src/reports/backup-compliance/views/page/schedule-view.js';
import { backupMail, backupPage } from '../../../support/backup-renderers.js';
import { shareLines } from '../../../../src/day/artefacts/share-lines.js';
import { noJobs } from '../../../support/job-lines.js';
import { sampleJob } from '../../../support/sample-job.js';
import { sampleTrendJobs } from '../../../../src/reports/backup-compliance/sample/sample-trend-jobs.js';
import { failedResource, reportOf, sampleReport } from '../../../support/sample-report.js';
import { makeTheme } from '../../../support/theme.js';
import { workbookHere } from '../../../support/workbook-here.js';

/** Ids of types that are no word of any language. */
const ids = resourceTypeNames.filter((type) => type.includes('-'));

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'types-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

function scheduleOf(type: string): Schedule {
  const hours = hoursOfDay(reportOf([]).reportDay, []);
  const byStatus = {
    FAILED: 3,
    UNKNOWN: 0,
    CANCELED: 0,
    IN_PROGRESS: 0,
    SUCCEEDED_WITH_WARNINGS: 0,
    SUCCEEDED: 0,
  };
  const cells = hours.map((_, hour) => (hour === 5 ? { jobs: 3, worst: 'FAILED' as const, byStatus } : null));
  return { hours, byType: [{ type, cells, total: 3 }], total: 3, untimed: 0 };
}

const trend = sampleReport().trend.map((each) => ({
  ...each,
  jobs: ids.flatMap((resourceType) => sampleTrendJobs(1).map((jobs) => ({ ...jobs, resourceType }))),
}));
const report = reportOf(
  ids.map((resourceType, at) => failedResource({ resourceType, resourceName: `R${at}` })),
  { trend },
);
/** Each renderer reads them once. */
const lines = (): AsyncIterable<string> =>
  shareLines(ids.map((resourceType, at) => sampleJob({ resourceType, resourceName: `R${at}` })))();

describe.each(['en', 'de'])('types of resources in %s', (tag) => {
  it.each(ids)('%s: has its name in the schedule, and its id in the filter alone', async (type) => {
    const wording = createBackupWording((await makeTheme(tag)).wording);
    const view = scheduleView(scheduleOf(type), wording);
    expect(view?.rows[0]?.type).toBe(wording.resourceType(type));
    expect(view?.svg.replaceAll(/href="[^"]*"/g, '')).not.toContain(type);
    expect(view?.svg).toContain(`type=${type}`);
  });

  it('are nowhere shown by their ids: page, mail and workbook', async () => {
    const theme = await makeTheme(tag);
    const path = join(directory, `${tag}.html`);
    await backupPage(theme).render({ report, lines }, path);
    const place = { revision: 1, location: '/reports', attached: false };
    const { html, text } = await backupMail(theme).renderMail({ report, ...place });
    const book = join(directory, `${tag}.xlsx`);
    await workbookHere(theme.data).render({ report, lines: noJobs }, book);
    const shown = {
      page: seen(await readFile(path, 'utf8')),
      html: seen(html),
      text,
      workbook: await cellsOf(book),
    };
    for (const [where, words] of Object.entries(shown)) {
      expect({ where, ids: ids.filter((id) => words.includes(id)) }).toEqual({ where, ids: [] });
    }
  });
});

function seen(html: string): string {
  return html.replaceAll(/<(style|script)[\s\S]*?<\/\1>/g, '').replaceAll(/<[^>]*>/g, '\n');
}

async function cellsOf(path: string): Promise<string> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(path);
  const texts: string[] = [];
  workbook.eachSheet((sheet) =>
    sheet.eachRow((row) => row.eachCell((cell) => void texts.push(String(cell.text)))),
  );
  return texts.join('\n');
}
