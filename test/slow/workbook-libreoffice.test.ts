import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import ExcelJS from 'exceljs';
import { packageRoot } from '../../src/package-root.js';
import { jobTotalsOf } from '../../src/reports/backup-compliance/document/count-jobs.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { backupWorkbook } from '../support/backup-renderers.js';
import { noJobs } from '../support/job-lines.js';
import { hostileNames, sampleReport } from '../support/sample-report.js';
import { englishTheme, makeTheme } from '../support/theme.js';
import { describeReader, office, python } from '../support/workbook-readers.js';

/*
 * What readers other than exceljs make of the workbook. In CI a reader that is not installed is a failure; elsewhere
 * its tests are skipped, and say so.
 */

const run = promisify(execFile);

let directory: string;
let workbook: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'workbook-readers-'));
  workbook = join(directory, 'report.xlsx');
  await backupWorkbook(englishTheme.data).render({ report: tyingReport(), lines: noJobs }, workbook);
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

/** Its totals are those of its rows: there is no job. */
function tyingReport(): DailyReport {
  return { ...sampleReport(), jobTotals: jobTotalsOf([]) };
}

describeReader('LibreOffice', office, (command) => {
  let document: string;
  /** What the sheets look like: with the colours of conditional formats, which the document has as rules. */
  let page: string;

  beforeAll(async () => {
    await convert(workbook, 'fods', directory);
    document = await readFile(join(directory, 'report.fods'), 'utf8');
    await convert(workbook, 'html', directory);
    page = await readFile(join(directory, 'report.html'), 'utf8');
  });

  async function convert(file: string, format: string, folder: string): Promise<void> {
    // A profile of its own: one that is open elsewhere would take the work and answer nothing.
    const profile = `-env:UserInstallation=${pathToFileURL(join(directory, 'profile')).href}`;
    const options = [profile, '--headless', '--convert-to', format, '--outdir', folder, file];
    await run(command, options, { timeout: 1_200_000 });
  }

  /** Attributes of the first cell of a sheet that shows a text. */
  function cellWith(sheet: string, text: string): string {
    const [, inside = ''] = document.split(`<table:table table:name="${sheet}"`);
    const cells = (inside.split('</table:table>')[0] ?? '').matchAll(
      /<table:table-cell([^>]*)>\s*<text:p>([^<]*)<\/text:p>/g,
    );
    for (const [, attributes = '', shown] of cells) if (shown === text) return attributes;
    throw new Error(`no cell of ${sheet} shows ${text}`);
  }

  /** Colour behind the first cell of a sheet that shows a text. */
  function backgroundOf(sheet: string, text: string): string | undefined {
    const [, inside = ''] = page.split(`<em>${sheet}</em></h1></A>`);
    const cells = (inside.split('</table>')[0] ?? '').matchAll(/<td([^>]*)>(.*?)<\/td>/gs);
    for (const [, attributes = '', shown = ''] of cells) {
      if (shown.replaceAll(/<[^>]*>/g, '') === text)
        return /bgcolor="([^"]*)"/.exec(attributes)?.[1]?.toLowerCase();
    }
    throw new Error(`no cell of ${sheet} shows ${text}`);
  }

  it.each([
    ['Summary', 'NON-COMPLIANT', '#fbd9d7'],
    ['Summary', 'COMPLETE', '#ddf3e4'],
    ['Exceptions', 'Failed', '#fbd9d7'],
    ['Exceptions', 'Late', '#fdecc8'],
    ['Resources', 'Unknown', '#e8ddf8'],
    ['Resources', 'Compliant', '#ddf3e4'],
    ['Resources', 'In progress', '#dcebfb'],
    ['Resources', 'Not applicable', '#eceff2'],
    ['Incidents', 'Open', '#fbd9d7'],
    ['Exceptions', 'Medium', '#dcebfb'],
    ['Waivers', 'Expired', '#fbd9d7'],
    ['Changes', 'Termination', '#eceff2'],
    ['Findings', 'Waiver expired', '#fbd9d7'],
    ['Controls', 'Not applicable', '#eceff2'],
    ['Trend', 'no report', '#eceff2'],
    ['Not judged', 'Excluded', '#dcebfb'],
    ['Jobs', 'Resource', '#24425f'],
  ])('%s: %s stands on %s', (sheet, text, colour) => {
    expect(backgroundOf(sheet, text)).toBe(colour);
  });

  it('has bars of age against limit', () => {
    expect(document).toMatch(
      /<calcext:conditional-format calcext:target-range-address="Resources.K2:Resources.K14">.*?<calcext:data-bar/s,
    );
  });

  it('makes a document for print of it', async () => {
    await convert(workbook, 'pdf', directory);
    const pdf = await readFile(join(directory, 'report.pdf'));
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('counts the totals itself, and finds that they tie out', () => {
    // It calculates what it opens: of what it shows, nothing is taken from the file.
    expect(backgroundOf('Summary', 'OK')).toBe('#ddf3e4');
    expect(document).not.toContain('<text:p>DIFFERS</text:p>');
    expect(document).toMatch(/table:formula="of:=IF\(SUMIF\([^"]*COUNTIF[^"]*" [^>]*office:value="6"/);
  });

  it('says of a total that its rows contradict that it differs', async () => {
    const report = tyingReport();
    const wrong = join(directory, 'wrong.xlsx');
    const totals = { ...report.totals, compliant: report.totals.compliant + 1 };
    await backupWorkbook(englishTheme.data).render({ report: { ...report, totals }, lines: noJobs }, wrong);
    await convert(wrong, 'html', directory);
    const shown = await readFile(join(directory, 'wrong.html'), 'utf8');
    expect(shown.match(/>DIFFERS</g)).toHaveLength(2);
  });

  it('saves the template so that it makes the same cells', async () => {
    const folder = join(directory, 'own');
    await mkdir(folder);
    const source = join(directory, 'template', 'report.xlsx');
    await mkdir(join(directory, 'template'));
    await copyFile(fileURLToPath(new URL('templates/report.xlsx', packageRoot)), source);
    await convert(source, 'xlsx:Calc MS Excel 2007 XML', folder);
    const made = join(directory, 'by-saved-template.xlsx');
    const theme = await makeTheme('en', folder);
    await backupWorkbook(theme.data).render({ report: tyingReport(), lines: noJobs }, made);
    expect(await contentOf(made)).toEqual(await contentOf(workbook));
  });

  it.each([
    ['Exceptions', '2026-11-18 02:12:00', '2026-11-18T02:12:00'],
    ['Incidents', '2026-11-19 04:16:00', '2026-11-19T04:16:00'],
    ['Summary', '2026-11-20 06:00:00', '2026-11-20T06:00:00'],
    ['Waivers', '2026-12-31', '2026-12-31'],
    ['Trend', '2026-11-13', '2026-11-13'],
    ['Changes', '2026-11-19 03:00:00', '2026-11-19T03:00:00'],
  ])('%s: %s is a date', (sheet, shown, value) => {
    const cell = cellWith(sheet, shown);
    expect(cell).toContain('office:value-type="date"');
    expect(cell).toContain(`office:date-value="${value}"`);
  });

  it('has durations and percents as such', () => {
    expect(cellWith('Resources', '45:48:00')).toContain('office:value-type="time"');
    expect(cellWith('Summary', '50.00%')).toContain('office:value-type="percentage"');
  });

  it('takes no text for a formula', () => {
    const formulas = [...document.matchAll(/table:formula="([^"]*)"/g)].map(([, formula]) => formula);
    const links = formulas.filter((formula) => formula?.startsWith('of:=HYPERLINK('));
    const totals = formulas.filter((formula) => formula?.startsWith('of:=IF('));
    // The sheets on Summary and the consoles of 5 exceptions; the line above the totals, and two for each of them.
    expect([links.length, totals.length, formulas.length]).toEqual([14 + 5, 1 + 2 * 24, 14 + 5 + 1 + 2 * 24]);
    for (const link of links)
      expect(link).toMatch(
        /^of:=HYPERLINK\(&quot;(?:#(?:&apos;|')[\w ]+(?:&apos;|')!A1|https:\/\/cloud\.oracle\.com\/[\w./?=&;-]+)&quot;/,
      );
    const shown = hostileNames.formula.replaceAll('"', '&quot;');
    expect(cellWith('Resources', shown)).toContain('office:value-type="string"');
  });

  it.each([
    'Exceptions.A1:Exceptions.V6',
    'Resources.A1:Resources.AK14',
    'Incidents.A1:Incidents.I3',
    'Waivers.A1:Waivers.I4',
    'Changes.A1:Changes.K6',
    'Controls.A1:Controls.H105',
    'Findings.A1:Findings.C6',
    'Trend.A1:Trend.U15',
  ])('has a filter over %s', (range) => {
    const filters = [...document.matchAll(/<table:database-range[^>]*>/g)].map(([filter]) => filter);
    const filter = filters.find((each) => each.includes(`table:target-range-address="${range}"`));
    expect(filter).toContain('table:display-filter-buttons="true"');
  });
});

function typesOf(rows: readonly [string, unknown][][]): readonly string[] {
  return rows.flat().map(([type]) => type);
}

/** Cells, filters and ranges of conditional formats of a workbook. */
async function contentOf(path: string): Promise<unknown> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  return book.worksheets.map((sheet) => {
    const { conditionalFormattings } = sheet as unknown as {
      readonly conditionalFormattings: { ref: string }[];
    };
    return {
      name: sheet.name,
      filter: sheet.autoFilter,
      cells: sheet.getSheetValues(),
      formats: conditionalFormattings.map(({ ref }) => ref).toSorted(),
    };
  });
}

describeReader('openpyxl', python, (command) => {
  /** Sheets as lists of rows of cells: [type, value]. */
  let sheets: Record<string, [string, unknown][][]>;

  beforeAll(async () => {
    const script = [
      'import json, sys, openpyxl',
      'book = openpyxl.load_workbook(sys.argv[1])',
      'cell = lambda c: [c.data_type, str(c.value) if c.is_date else c.value]',
      'print(json.dumps({s.title: [[cell(c) for c in row] for row in s.iter_rows()] for s in book}))',
    ].join('\n');
    const { stdout } = await run(command, ['-c', script, workbook], { maxBuffer: 64 * 1024 * 1024 });
    sheets = JSON.parse(stdout);
  });

  it('finds every sheet', () => {
    expect(Object.keys(sheets)).toEqual([
      'Summary',
      'Exceptions',
      'Accepted for now',
      'Causes',
      'Resources',
      'Jobs',
      'Incidents',
      'Waivers',
      'Changes',
      'Controls',
      'Findings',
      'Trend',
      'Not judged',
      'Provenance',
    ]);
  });

  it('finds the resources in their order, with typed cells', () => {
    const [header = [], ...rows] = sheets['Resources'] ?? [];
    const { resources } = sampleReport();
    const cells = (name: string) => rows.map((row) => row[header.findIndex(([, text]) => text === name)]);
    expect(cells('Resource OCID')).toEqual(resources.map(({ resourceId }) => ['s', resourceId]));
    expect(cells('Attempts')).toEqual(resources.map(({ attempts }) => ['n', attempts]));
    expect(cells('Last success (America/New_York)')[0]).toEqual(['d', '2026-11-18 02:12:00']);
  });

  it('finds no formula but the links and totals of Summary and the links to the console, and no error', () => {
    const { Summary = [], Exceptions = [], ...others } = sheets;
    expect([...new Set(Object.values(others).flatMap(typesOf))].toSorted()).toEqual(['d', 'n', 's']);
    expect(typesOf(Exceptions).filter((type) => type === 'f')).toHaveLength(5);
    const formulas = Summary.flat().filter(([type]) => type === 'f');
    expect(formulas.map(([, formula]) => formula)).toContain('=HYPERLINK("#\'Jobs\'!A1","Jobs")');
    expect(formulas).toHaveLength(Object.keys(sheets).length + 1 + 2 * 24);
  });

  it('finds the totals as they were counted, though it does not calculate', async () => {
    const script = [
      'import json, sys, openpyxl',
      'sheet = openpyxl.load_workbook(sys.argv[1], data_only=True)["Summary"]',
      'print(json.dumps([[c.value if isinstance(c.value, (int, str)) else None for c in row[:4]] for row in sheet.iter_rows()]))',
    ].join('\n');
    const { stdout } = await run(command, ['-c', script, workbook]);
    const rows: [unknown, unknown, unknown, unknown][] = JSON.parse(stdout);
    const { totals } = sampleReport();
    expect(rows).toContainEqual(['Compliant', totals.compliant, totals.compliant, 'OK']);
    expect(rows).toContainEqual(['Accepted for now', totals.waivedBad, totals.waivedBad, 'OK']);
    expect(rows.find(([label]) => label === 'Totals tie out')?.[1]).toBe('OK');
  });
});
