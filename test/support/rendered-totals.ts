import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { shareLines } from '../../src/day/artefacts/share-lines.js';
import type { Renderer } from '../../src/ports/renderer.js';
import { routeResources, sliceReport } from '../../src/reports/backup-compliance/document/slice-report.js';
import type { BackupJob } from '../../src/reports/backup-compliance/model/backup-job.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { openRuleBook } from '../../src/reports/backup-compliance/rules/rule-book.js';
import { backupPage } from './backup-renderers.js';
import { fixedInventory, judgeDays } from './judge-day.js';
import { type Estate, estateDates, randomEstate } from './random-estate.js';
import { randomRules } from './random-rules.js';
import { englishTheme } from './theme.js';
import { workbookHere } from './workbook-here.js';

const html = backupPage(englishTheme);
const xlsx = workbookHere(englishTheme.data);

async function render(renderer: Renderer, report: DailyReport, jobs: readonly BackupJob[]): Promise<Buffer> {
  const directory = await mkdtemp(join(tmpdir(), 'rendered-totals-'));
  try {
    const path = join(directory, renderer.name);
    await renderer.render({ report, lines: shareLines(jobs) }, path);
    return await readFile(path);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Each sum on the page: `13 expected = 6 compliant + 5 non-compliant + 1 unknown + 1 not applicable`. */
function sumsOn(
  page: string,
): readonly { readonly of: string; readonly total: number; readonly parts: readonly number[] }[] {
  const text = page.replaceAll('&#x3D;', '=').replaceAll(',', '');
  return [...text.matchAll(/(\d+) (expected|read) = ([^<">]*)/g)].map(([, total, of, parts]) => ({
    of: of ?? '',
    total: Number(total),
    // Every part begins with its number; names of slices may hold others.
    parts: (parts ?? '').split(' + ').map((part) => Number.parseInt(part, 10)),
  }));
}

function expectPage(page: string, { totals, controlTotals, routing, trend }: DailyReport): void {
  expect(page).not.toMatch(/not balance/);
  const sums = sumsOn(page);
  // The trend has the sums of the days before, too.
  const expected = [totals.expected, ...trend.flatMap((day) => day.totals?.expected ?? [])];
  for (const { of, total, parts } of sums) {
    expect(of === 'read' ? [controlTotals.read] : expected).toContain(total);
    // Where there is nothing at all, no part is named.
    expect(parts.reduce((sum, part) => sum + (Number.isNaN(part) ? 0 : part), 0)).toBe(total);
  }
  const { compliant, nonCompliant, unknown, notApplicable } = totals;
  const partsOf = sums.map(({ parts }) => parts.join(' '));
  expect(partsOf).toContain([compliant, nonCompliant, unknown, notApplicable].join(' '));
  const { used, duplicate, outside, ignored, rejected } = controlTotals;
  expect(partsOf).toContain([used, duplicate, outside, ignored, rejected].join(' '));
  if (routing !== null) {
    const routed = [...routing.slices.map(({ resources }) => resources), routing.unrouted];
    expect(partsOf).toContain(routed.join(' '));
  }
}

/** The numbers beside the labels of a section of the summary. */
function numbersUnder(summary: ExcelJS.Worksheet | undefined, section: string): readonly number[] {
  const numbers: number[] = [];
  let isInside = false;
  summary?.eachRow({ includeEmpty: true }, (row) => {
    const label = row.getCell(1).value;
    if (label === null) isInside = false;
    const value = row.getCell(2).value;
    if (isInside && typeof value === 'number') numbers.push(value);
    if (label === section) isInside = true;
  });
  return numbers;
}

/** Every total says OK beside it, and so does the line above all of them. */
function expectTies(summary: ExcelJS.Worksheet | undefined): void {
  const ties: unknown[] = [];
  summary?.eachRow((row) => ties.push(row.getCell(2).result, row.getCell(4).result));
  const words = ties.filter((each) => typeof each === 'string');
  expect(words).toEqual(Array.from({ length: 1 + 8 + 9 + 7 }, () => 'OK'));
}

function expectWorkbook(workbook: ExcelJS.Workbook, report: DailyReport, jobs: readonly BackupJob[]): void {
  const summary = workbook.getWorksheet('Summary');
  const { totals, resources, jobTotals } = report;
  const { compliant, nonCompliant, unknown, notApplicable, waived, waivedBad, excluded } = totals;
  const verdicts = [totals.expected, compliant, nonCompliant, unknown, notApplicable];
  const ofRules = [nonCompliant + unknown - waivedBad, waivedBad, waived];
  // Between them is the percentage, which is a word where nothing was due.
  const byVerdict = numbersUnder(summary, 'Resources by verdict');
  expect([byVerdict.slice(0, 5), byVerdict.slice(-3)]).toEqual([verdicts, ofRules]);
  expect(numbersUnder(summary, 'Counted apart')[0]).toBe(excluded);
  expectTies(summary);
  expect(numbersUnder(summary, 'Resources by outcome')).toEqual(Object.values(totals.byOutcome));
  expect(numbersUnder(summary, 'Jobs by status')).toEqual([
    ...Object.values(jobTotals.byStatus),
    jobs.length,
  ]);

  const rowsOf = (sheet: string): number => (workbook.getWorksheet(sheet)?.rowCount ?? 0) - 1;
  expect(rowsOf('Resources')).toBe(resources.length);
  expect(rowsOf('Exceptions')).toBe(nonCompliant + unknown - waivedBad);
  expect(rowsOf('Accepted for now')).toBe(waivedBad);
  expect(rowsOf('Jobs')).toBe(jobs.length);
  expect(rowsOf('Incidents')).toBe(report.incidents.length);
  const notJudged = [report.notInInventory, report.excludedResources, report.formerResources].flat();
  expect(rowsOf('Not judged')).toBe(notJudged.length);
}

async function expectRendered(report: DailyReport, jobs: readonly BackupJob[]): Promise<void> {
  expectPage((await render(html, report, jobs)).toString('utf8'), report);
  expectWorkbook(await readWorkbook(await render(xlsx, report, jobs)), report, jobs);
}

async function readWorkbook(bytes: Buffer): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(Uint8Array.from(bytes).buffer);
  return workbook;
}

function inventoryOf({ inventories }: Estate, date: string) {
  const named = inventories?.[date];
  return named === undefined ? {} : { inventory: fixedInventory(named) };
}

/** Page and workbook of random estates balance, those of the whole and those of each slice. */
export async function checkRendered(numRuns: number): Promise<void> {
  const property = fc.asyncProperty(randomEstate, randomRules, async (estate, rules) => {
    const { records } = estate;
    const judged = await judgeDays(estateDates, (date) => ({
      records,
      rules,
      ...inventoryOf(estate, date),
    }));
    const last = judged.at(-1);
    if (last === undefined) throw new Error('there is a report');
    const { report, jobs } = last;
    await expectRendered(report, jobs);
    for (const slice of routeResources(report.resources, openRuleBook(rules)).slices) {
      const own = jobs.filter(({ resourceId }) => slice.resourceIds.has(resourceId));
      await expectRendered(sliceReport(report, slice, own), own);
    }
  });
  await fc.assert(property, { seed: 20261120, numRuns, includeErrorInReport: true });
}
