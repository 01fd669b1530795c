import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import ExcelJS from 'exceljs';
import { cellText } from '../../../../src/preview/cell-text.js';
import { backupMail, backupPage } from '../../../support/backup-renderers.js';
import { noJobs } from '../../../support/job-lines.js';
import { failedResource, reportOf, sampleResource } from '../../../support/sample-report.js';
import { englishTheme } from '../../../support/theme.js';
import { workbookHere } from '../../../support/workbook-here.js';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'percent-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

/** A day of an inventory, continued from another, so that its share is shown. */
function reportWith(compliant: number, nonCompliant: number) {
  const report = reportOf([failedResource(), sampleResource()], {
    inventory: { type: 'csv', description: 'fleet.csv' },
    previousReport: {
      date: '2026-11-18',
      status: 'COMPLETE',
      contentDigest: 'cd'.repeat(32),
      bridgedDays: [],
    },
  });
  // What 0.1 wrote is rounded down, and is not what is shown.
  const compliancePercent = Math.floor((compliant * 1000) / (compliant + nonCompliant)) / 10;
  const expected = compliant + nonCompliant;
  const totals = {
    ...report.totals,
    expected,
    compliant,
    nonCompliant,
    unknown: 0,
    notApplicable: 0,
    compliancePercent,
  };
  const trend = report.trend.map((day, at) => (at === report.trend.length - 1 ? { ...day, totals } : day));
  return { ...report, totals, trend };
}

const share = /(\d+(?:\.\d+)?)%/g;
const sharesIn = (text: string): readonly number[] =>
  [...text.replaceAll(/<(style|script)[\s\S]*?<\/\1>|<svg[\s\S]*?<\/svg>|<[^>]*>/g, ' ').matchAll(share)].map(
    ([, number]) => Number(number),
  );

describe('the compliant share', () => {
  it.each([
    [45, 3, 93.75],
    [2, 1, 66.67],
    [1, 3, 25],
    [9_999, 1, 99.99],
    [99_999, 1, 99.99],
    [19_999, 1, 99.99],
  ])('of %i and %i others is %d %% in page, mail and workbook', async (compliant, others, percent) => {
    const report = reportWith(compliant, others);
    const path = join(directory, 'report.html');
    await backupPage(englishTheme).render({ report, lines: noJobs }, path);
    const place = { revision: 1, location: '/reports', attached: false };
    const { html, text } = await backupMail(englishTheme).renderMail({ report, ...place });
    const page = await readFile(path, 'utf8');
    for (const words of [page, html, text]) {
      expect(sharesIn(words)).toContain(percent);
      expect(sharesIn(words)).not.toContain(
        report.totals.compliancePercent === percent ? -1 : report.totals.compliancePercent,
      );
    }
    expect(await inWorkbook(report)).toEqual([percent, percent]);
  });
});

/** On the Summary, and of the report day in the trend, as a spreadsheet shows them. */
async function inWorkbook(report: ReturnType<typeof reportWith>): Promise<readonly number[]> {
  const path = join(directory, 'report.xlsx');
  await workbookHere(englishTheme.data).render({ report, lines: noJobs }, path);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(path);
  const shown: number[] = [];
  for (const name of ['Summary', 'Trend']) {
    const found: number[] = [];
    workbook.getWorksheet(name)?.eachRow((row) =>
      row.eachCell((cell) => {
        if (cell.numFmt === '0.00%' && typeof cell.value === 'number')
          found.push(Number.parseFloat(cellText(cell)));
      }),
    );
    shown.push(found.at(name === 'Summary' ? 0 : -1) ?? -1);
  }
  return shown;
}
