import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import ExcelJS from 'exceljs';
import { type InputEntry, reportInputs } from '../../src/model/inputs.js';
import type { SourceReport } from '../../src/model/report-head.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { backupPage } from '../support/backup-renderers.js';
import { noJobs } from '../support/job-lines.js';
import { reportOf } from '../support/sample-report.js';
import { makeTheme } from '../support/theme.js';
import { workbookHere } from '../support/workbook-here.js';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'inputs-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

const entry = (name: string, disposition: InputEntry['disposition'], reason: string): InputEntry => ({
  name,
  disposition,
  reason,
  bytes: 10,
  records: 1,
});

/** 1500 files: one damaged, one unreadable, 1400 left out, of which 120 are named here. */
const inputs = reportInputs({
  found: 1500,
  read: 98,
  unreadable: 2,
  leftOut: 1400,
  rules: [{ rule: 'ignore: *.txt', inputs: 1400 }],
  entries: [
    ...Array.from({ length: 120 }, (_, n) => entry(`events/${n}.txt`, 'left out', 'ignore: *.txt')),
    entry('events/half.gz', 'unreadable in part', 'its gzip data is cut off'),
    entry('events/none.gz', 'unreadable', 'it cannot be opened'),
    entry('events/good.gz', 'read', ''),
  ],
});

function reportWith(given: SourceReport['inputs'], passedOver?: SourceReport['passedOver']): DailyReport {
  const report = reportOf([]);
  const [source] = report.sources;
  if (source === undefined) throw new Error('no source');
  const { inputs: _, ...rest } = source;
  return {
    ...report,
    sources: [
      {
        ...rest,
        ...(given === undefined ? {} : { inputs: given }),
        ...(passedOver === undefined ? {} : { passedOver }),
      },
    ],
  };
}

async function provenanceOf(language: string, given: SourceReport['inputs']): Promise<string> {
  const path = join(directory, 'report.html');
  await backupPage(await makeTheme(language)).render({ report: reportWith(given), lines: noJobs }, path);
  const page = (await readFile(path, 'utf8')).replaceAll('&#x3D;', '=');
  const start = page.indexOf('<section aria-labelledby="provenance">');
  return page.slice(start, page.indexOf('</section>', start));
}

/** Workbooks that were made, by what they were made of: several tests look at the same one. */
const made = new Map<string, Promise<ExcelJS.Workbook>>();

async function workbookOf(language: string, report: DailyReport): Promise<ExcelJS.Workbook> {
  const path = join(directory, `${made.size}.xlsx`);
  await workbookHere((await makeTheme(language)).data).render({ report, lines: noJobs }, path);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(path);
  return workbook;
}

async function textOfSheet(language: string, report: DailyReport, sheet: string): Promise<string> {
  const key = JSON.stringify([language, report]);
  const known = made.get(key) ?? workbookOf(language, report);
  made.set(key, known);
  const rows: string[] = [];
  (await known).getWorksheet(sheet)?.eachRow((row) => {
    const values = Array.isArray(row.values) ? row.values : [];
    rows.push(values.map(String).join(' | '));
  });
  return rows.join('\n');
}

/** Keys beside events, some of them counted together. */
const passedOver = {
  keys: [
    { key: '@timestamp', count: 12 },
    { key: '=host', count: 3 },
  ],
  others: 7,
};

it('a report names those that could not be read before those that were left out, and at most 100', () => {
  expect(inputs.notRead).toHaveLength(100);
  expect(inputs.notRead.slice(0, 3).map(({ name }) => name)).toEqual([
    'events/half.gz',
    'events/none.gz',
    'events/0.txt',
  ]);
});

describe('the inputs of a source', () => {
  it.each([
    [
      'en',
      '1,500 found = 98 read + 2 unreadable + 1,400 left out',
      'unreadable in part',
      '1,302 more inputs',
    ],
    [
      'de',
      '1.500 gefunden = 98 gelesen + 2 unlesbar + 1.400 ausgelassen',
      'teilweise unlesbar',
      '1.302 weitere nicht gelesene',
    ],
  ])('add up on the page, and those that were not read are named: %s', async (language, sum, part, more) => {
    const provenance = await provenanceOf(language, inputs);
    expect(provenance).toContain(sum);
    expect(provenance).toContain(part);
    expect(provenance).toContain('events/half.gz');
    expect(provenance).toContain('its gzip data is cut off');
    expect(provenance).toContain('ignore: *.txt: ');
    expect(provenance).toContain(more);
    expect(provenance).not.toContain('class="wrong"');
  });

  it('that do not add up are said to', async () => {
    const wrong = await provenanceOf('en', { ...inputs, found: 1501 });
    expect(wrong).toContain('<span class="wrong">');
  });

  it('are not told of where the source has none, as in a report of version 0.1', async () => {
    const provenance = await provenanceOf('en', undefined);
    expect(provenance).toContain('1:local-files');
    expect(provenance).not.toContain(' found ');
  });

  it.each([
    ['en', 'Provenance', /ignore: \*\.txt: 1400 \| 1500 \| 98 \| 2 \| 1400/, 'unreadable in part'],
    ['de', 'Herkunft', /ignore: \*\.txt: 1400 \| 1500 \| 98 \| 2 \| 1400/, 'teilweise unlesbar'],
  ])('are in the workbook: %s', async (language, sheet, totals, part) => {
    const text = await textOfSheet(language, reportWith(inputs), sheet);
    expect(text).toMatch(totals);
    expect(text).toContain(`events/half.gz | ${part} | its gzip data is cut off`);
    expect(await textOfSheet(language, reportWith(undefined, passedOver), sheet)).not.toContain(
      'events/half.gz',
    );
  });
});

describe('the keys beside events that were passed over', () => {
  it.each([
    ['en', 'Provenance', 'all other keys'],
    ['de', 'Herkunft', 'alle anderen Schlüssel'],
  ])('are in the workbook, and add up: %s', async (language, sheet, others) => {
    const text = await textOfSheet(language, reportWith(undefined, passedOver), sheet);
    expect(text).toContain('1:local-files | @timestamp | 12\n');
    expect(text).toContain('1:local-files | =host | 3\n');
    expect(text).toContain(`1:local-files | ${others} | 7`);
  });

  it('have no row of others where the report lists them all', async () => {
    const all = { keys: [{ key: 'host', count: 3 }], others: 0 };
    const text = await textOfSheet('en', reportWith(undefined, all), 'Provenance');
    expect(text).toContain('1:local-files | host | 3');
    expect(text).not.toContain('all other keys');
  });
});
