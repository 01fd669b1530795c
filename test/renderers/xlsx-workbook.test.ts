import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import ExcelJS from 'exceljs';
import { workbookText } from '../../src/base/text-safety.js';
import { shareLines } from '../../src/day/artefacts/share-lines.js';
import { severities } from '../../src/model/severity.js';
import { type BackupJob, jobStatuses } from '../../src/reports/backup-compliance/model/backup-job.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { controlNames, outcomes } from '../../src/reports/backup-compliance/model/verdict.js';
import { createBackupWording } from '../../src/reports/backup-compliance/views/backup-wording.js';
import { backupWorkbook } from '../support/backup-renderers.js';
import { cellText } from '../../src/preview/cell-text.js';
import { sampleJob } from '../support/sample-job.js';
import {
  failedResource,
  hostileNames,
  incompleteParts,
  reportOf,
  sampleReport,
  sampleResource,
  sampleSlice,
  sampleWaiver,
  unjudged,
} from '../support/sample-report.js';
import { englishTheme } from '../support/theme.js';
import { workbookHere } from '../support/workbook-here.js';

const run = promisify(execFile);

let directory: string;
let serial = 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'workbook-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

/** What most tests look at: the same workbook for all of them. */
const twoJobs = [sampleJob(), sampleJob({ status: 'FAILED' })];

async function renderFile(
  report: DailyReport,
  jobs: readonly BackupJob[] = [],
  rowLimit?: number,
  make = workbookHere,
): Promise<string> {
  serial += 1;
  const path = join(directory, `${serial}.xlsx`);
  await make(englishTheme.data, rowLimit).render({ report, lines: shareLines(jobs) }, path);
  return path;
}

/** As the product does it: its thread goes from one workbook to the next. */
const inThread = backupWorkbook(englishTheme.data);
const renderInThread = (report: DailyReport, jobs: readonly BackupJob[] = []): Promise<string> =>
  renderFile(report, jobs, undefined, () => inThread);

/** Workbooks that were made, by what they were made of: many tests look at the same one. */
const rendered = new Map<string, Promise<ExcelJS.Workbook>>();

function render(
  ...input: readonly [report: DailyReport, jobs?: readonly BackupJob[], rowLimit?: number]
): Promise<ExcelJS.Workbook> {
  const key = JSON.stringify(input);
  const known = rendered.get(key) ?? renderFile(...input).then(readWorkbook);
  rendered.set(key, known);
  return known;
}

async function readWorkbook(path: string): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(path);
  return workbook;
}

function sheetOf(workbook: ExcelJS.Workbook, name: string): ExcelJS.Worksheet {
  const sheet = workbook.getWorksheet(name);
  if (sheet === undefined) throw new Error(`no sheet ${name}`);
  return sheet;
}

function headersOf(sheet: ExcelJS.Worksheet): readonly string[] {
  return (sheet.getRow(1).values as string[]).slice(1);
}

/** The cells of a column, the header left out. */
function columnOf(sheet: ExcelJS.Worksheet, header: string): readonly ExcelJS.Cell[] {
  const column = headersOf(sheet).indexOf(header) + 1;
  if (column === 0) throw new Error(`no column ${header} in ${headersOf(sheet).join(', ')}`);
  const cells: ExcelJS.Cell[] = [];
  for (let row = 2; row <= sheet.rowCount; row += 1) cells.push(sheet.getCell(row, column));
  return cells;
}

function valuesOf(sheet: ExcelJS.Worksheet, header: string): readonly unknown[] {
  return columnOf(sheet, header).map(({ value }) => value);
}

/** Spreadsheets have no zones: the wall-clock time of a cell, as text. */
function wallClockOf(value: unknown): string {
  return new Date(value as Date).toISOString().replace('T', ' ').slice(0, 19);
}

/** exceljs takes a duration for a date of 1899. */
function secondsOf(value: unknown): number {
  return (new Date(value as Date).getTime() - Date.UTC(1899, 11, 30)) / 1000;
}

interface Formats {
  readonly conditionalFormattings: readonly {
    readonly ref: string;
    readonly rules: readonly {
      readonly formulae?: readonly string[];
      readonly style?: Partial<ExcelJS.Style>;
    }[];
  }[];
}

/** Colours of the words that the conditional formats of a column tell of, down to its last row. */
function coloursOf(sheet: ExcelJS.Worksheet, header: string): ReadonlyMap<string, string | undefined> {
  const letter = sheet.getColumn(headersOf(sheet).indexOf(header) + 1).letter;
  const colours = new Map<string, string | undefined>();
  for (const { ref, rules } of (sheet as unknown as Formats).conditionalFormattings) {
    if (!ref.split(' ').includes(`${letter}2:${letter}${sheet.rowCount}`)) continue;
    for (const { formulae = [], style } of rules) {
      const fill = style?.fill?.type === 'pattern' ? style.fill.bgColor?.argb : undefined;
      for (const [, word = ''] of String(formulae[0]).matchAll(/"([^"]*)"/g)) colours.set(word, fill);
    }
  }
  return colours;
}

/** The text of each entry, by its name. */
async function entriesOf(path: string): Promise<ReadonlyMap<string, string>> {
  const zip = await readFile(path);
  const entries = new Map<string, string>();
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006'));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const packed = zip.readUInt32LE(at + 20);
    const nameLength = zip.readUInt16LE(at + 28);
    const start = zip.readUInt32LE(at + 42);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const data = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28);
    entries.set(name, inflateRawSync(zip.subarray(data, data + packed)).toString('utf8'));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

const names = Object.entries(hostileNames);
const escapes = ['_x0041_', '_x005F_x0041_', '_x000D_', 'a_x0041_x0042_b', '_x00zz_', '&amp;_x0026_lt;'];

/** The sheet of the resources that have all these names, as XML: exceljs' reader resolves `&amp;amp;` twice. */
let namesSheet: Promise<string> | undefined;

async function renderNames(): Promise<string> {
  const resources = storedNames.map((resourceName) => sampleResource({ resourceName }));
  const entries = await entriesOf(await renderFile(reportOf(resources)));
  return entries.get('xl/worksheets/sheet5.xml') ?? '';
}

const storedNames = [...names.map(([, name]) => name), ...escapes];

/** The text in the cell of a resource's name. */
async function storedName(resourceName: string): Promise<string> {
  namesSheet ??= renderNames();
  const row = storedNames.indexOf(resourceName) + 2;
  const [, text] = new RegExp(`<c r="A${row}"[^>]*><v>([^<]*)</v>`).exec(await namesSheet) ?? [];
  if (text === undefined) throw new Error(`no text in A${row} of Resources`);
  const characters: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
  return text.replace(/&(\w+);/g, (entity, name: string) => characters[name] ?? entity);
}

/** What Excel makes of the text of a cell. */
function asExcelReads(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_escape, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Label and value of each line of a sheet of facts; of equal labels the first. */
function factsOf(sheet: ExcelJS.Worksheet, section: string): ReadonlyMap<string, unknown> {
  const facts = new Map<string, unknown>();
  let inside = section === '';
  sheet.eachRow({ includeEmpty: true }, (row) => {
    const label = row.getCell(1).value;
    if (label === section) inside = true;
    else if (label === null) inside = false;
    else if (inside) facts.set(String(label), row.getCell(2).value);
  });
  return facts;
}

function resultOf(value: unknown): unknown {
  return (value as { readonly result?: unknown } | null | undefined)?.result;
}

/** The rows of a table of a sheet of facts, below its section and its header. */
function rowsAfter(sheet: ExcelJS.Worksheet, section: string): readonly unknown[][] {
  const rows: unknown[][] = [];
  for (let number = sheet.getColumn(1).values.indexOf(section) + 2; ; number += 1) {
    const [, ...values] = sheet.getRow(number).values as unknown[];
    if (values.length === 0) return rows;
    rows.push(values);
  }
}

const wording = createBackupWording(englishTheme.wording);
const zone = 'America/New_York';
const identity = ['Resource', 'Type', 'Compartment', 'Outcome', 'Compliance'];
const needs = ['Resource', 'Type', 'Outcome', 'Severity', 'Cause', 'Codes'];
const ofBadness = [
  'Bad since',
  'Consecutive bad days',
  'Attempts',
  `Last success (${zone})`,
  `Last failure (${zone})`,
  'Reason of last failure',
  'Open incident',
  'Why',
];
const headers: Readonly<Record<string, readonly string[]>> = {
  Exceptions: [
    ...needs,
    'What to do',
    'Owner',
    ...ofBadness,
    'Command',
    'Console',
    'Compliance',
    'Compartment',
    'Policy',
    'Resource OCID',
  ],
  'Accepted for now': [
    ...needs,
    'Waiver',
    'Waiver ticket',
    'Approved by',
    'Waiver expires',
    'Days left',
    'What to do',
    'Owner',
    ...ofBadness,
    'Compliance',
    'Compartment',
    'Policy',
    'Resource OCID',
  ],
  Causes: ['Cause', 'Codes', 'Resources', 'Worst first', 'Owners', `Since (${zone})`, 'What to do'],
  Resources: [
    ...identity,
    'Waived',
    'Policy',
    'Severity',
    `Last success (${zone})`,
    'Recovery point age (h:mm:ss)',
    'Age against limit',
    'Recovery points',
    `Newest recovery point (${zone})`,
    `Oldest recovery point (${zone})`,
    'Attempts',
    'Bad since',
    'Consecutive bad days',
    'Open incident',
    'Recovery point age',
    'Backup succeeded',
    'No open incident',
    'Retention',
    'Protection enabled',
    'Duration',
    'No early deletion',
    'Restore tested',
    'Waiver',
    'Waiver ticket',
    'Waiver expires',
    `Last restore (${zone})`,
    'First reported',
    'Findings',
    'Tags',
    'Cloud',
    'Storage used',
    'Owner',
    'Resource OCID',
  ],
  Jobs: [
    'Resource',
    'Type',
    'Region',
    'Compartment',
    'Policy',
    'Kind',
    'Status',
    'State as reported',
    `Started (${zone})`,
    `Ended (${zone})`,
    'Duration (h:mm:ss)',
    'Backup type',
    'Trigger',
    'Destination',
    'Size (GB)',
    `Recovery point expires (${zone})`,
    'Reason',
    'Owner',
    'Job OCID',
    'Resource OCID',
    'Compartment OCID',
    'Begin event',
    'End event',
  ],
  Incidents: [
    'Resource',
    'Condition',
    'State',
    'Bears on backups',
    `Opened (${zone})`,
    `Last seen (${zone})`,
    `Cleared (${zone})`,
    'Description',
    'Resource OCID',
  ],
  Waivers: [
    'Match',
    'State',
    'Reason',
    'Ticket',
    'Approved by',
    'Expires',
    'Days left',
    'Resources',
    'Holds for',
  ],
  Changes: [
    'Resource',
    'Type',
    `Time (${zone})`,
    'Kind',
    'What',
    'State as reported',
    'Who',
    'Detail',
    'Subject',
    'Resource OCID',
    'Event',
  ],
  Controls: [
    'Resource',
    'Control',
    'Verdict',
    'Measured',
    'Threshold',
    'Demanded by',
    'Reason',
    'Resource OCID',
  ],
  Findings: ['About', 'Finding', 'What to do'],
  Trend: [
    'Date',
    'Verdict',
    'Completeness',
    'Expected',
    'Compliance',
    'Compliant',
    'Non-compliant',
    'Verdict unknown',
    'Not applicable',
    'Outcome failed',
    'Outcome missed',
    'Outcome unknown',
    'Outcome late',
    'Outcome in progress',
    'Outcome recovered',
    'Outcome succeeded with warnings',
    'Outcome succeeded',
    'Outcome not due',
    'Waived',
    'Waived and bad',
    'Excluded',
  ],
  'Not judged': [
    'Resource',
    'Type',
    'Compartment',
    'Standing',
    'Why',
    'Outcome',
    'Attempts',
    `Last success (${zone})`,
    `Last failure (${zone})`,
    'Reason of last failure',
    `Last restore (${zone})`,
    'Last day judged',
    `Terminated (${zone})`,
    'Tags',
    'Owner',
    'Resource OCID',
  ],
};
const tables = Object.keys(headers);

describe('sheets and headers', () => {
  it('has its sheets in their order', async () => {
    const workbook = await render(sampleReport());
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['Summary', ...tables, 'Provenance']);
  });

  it.each(tables)('%s keeps the headers that readers rely on', async (name) => {
    const workbook = await render(sampleReport());
    expect(headersOf(sheetOf(workbook, name))).toEqual(headers[name]);
  });

  it.each(tables)(
    '%s: row and column of the names stay in sight, every column can be filtered',
    async (name) => {
      const sheet = sheetOf(await render(sampleReport(), twoJobs), name);
      expect(sheet.views).toMatchObject([{ state: 'frozen', xSplit: 1, ySplit: 1 }]);
      const last = sheet.getCell(sheet.rowCount, headers[name]?.length ?? 0).address;
      expect(sheet.autoFilter).toBe(`A1:${last}`);
    },
  );

  it.each(tables)('%s has its header though there is no row', async (name) => {
    const sheet = sheetOf(await render(reportOf([])), name);
    expect(headersOf(sheet)).toEqual(headers[name]);
    expect(sheet.rowCount).toBe(name === 'Trend' ? 15 : 1);
  });

  it('says on Provenance what each column means', async () => {
    const provenance = sheetOf(await render(sampleReport()), 'Provenance');
    const { rowCount } = provenance;
    const definitions = Array.from({ length: rowCount }, (_, index) => provenance.getRow(index + 1));
    for (const name of tables) {
      const own = definitions.filter((row) => row.getCell(3).value === name);
      expect(own.map((row) => row.getCell(1).value)).toEqual(headers[name]);
      for (const row of own) {
        expect([2, 4, 5].map((column) => typeof row.getCell(column).value)).toEqual(
          Array.from({ length: 3 }, () => 'string'),
        );
      }
    }
  });
});

/** The hour that comes twice, and the one that does not come. */
const clockCases = [
  ['2026-11-01T04:30:00.000Z', '2026-11-01 00:30:00'],
  ['2026-11-01T05:30:00.000Z', '2026-11-01 01:30:00'],
  ['2026-11-01T06:30:00.000Z', '2026-11-01 01:30:00'],
  ['2026-11-02T04:59:59.000Z', '2026-11-01 23:59:59'],
  ['2026-03-08T06:59:59.000Z', '2026-03-08 01:59:59'],
  ['2026-03-08T07:00:00.000Z', '2026-03-08 03:00:00'],
] as const;
const durationCases = [0, 1, 605, 86_399, 86_400, 400 * 3600];
/** A row for each, in one workbook for all. */
const caseJobs = [
  ...durationCases.map((durationSeconds) => sampleJob({ durationSeconds })),
  ...clockCases.map(([startTime]) => sampleJob({ startTime })),
];

describe('cells', () => {
  it('has times as dates of the zone, and empty cells where there is none', async () => {
    const workbook = await render(sampleReport(), [sampleJob({ endTime: null, durationSeconds: null })]);
    const [first, , third] = columnOf(sheetOf(workbook, 'Exceptions'), `Last success (${zone})`);
    expect(wallClockOf(first?.value)).toBe('2026-11-18 02:12:00');
    expect(first?.numFmt).toBe('yyyy-mm-dd hh:mm:ss');
    expect(third?.value).toBeNull();
    const jobs = sheetOf(workbook, 'Jobs');
    expect(valuesOf(jobs, `Started (${zone})`).map(wallClockOf)).toEqual(['2026-11-19 02:00:00']);
    expect(valuesOf(jobs, `Ended (${zone})`)).toEqual([null]);
    expect(valuesOf(jobs, 'Duration (h:mm:ss)')).toEqual([null]);
  });

  it.each(clockCases)('shows %s as %s though the clock changes', async (startTime, shown) => {
    const jobs = sheetOf(await render(sampleReport(), caseJobs), 'Jobs');
    const row = caseJobs.findIndex((job) => job.startTime === startTime);
    expect(wallClockOf(valuesOf(jobs, `Started (${zone})`)[row])).toBe(shown);
  });

  it('has the true length of a backup over the change of the clock', async () => {
    const job = sampleJob({
      startTime: '2026-11-01T05:30:00.000Z',
      endTime: '2026-11-01T06:30:00.000Z',
      durationSeconds: 3600,
    });
    const [cell] = columnOf(sheetOf(await render(sampleReport(), [job]), 'Jobs'), 'Duration (h:mm:ss)');
    expect(secondsOf(cell?.value)).toBe(3600);
  });

  it.each(durationCases)('has %i seconds as a duration', async (durationSeconds) => {
    const workbook = await render(sampleReport(), caseJobs);
    const row = caseJobs.findIndex((job) => job.durationSeconds === durationSeconds);
    const cell = columnOf(sheetOf(workbook, 'Jobs'), 'Duration (h:mm:ss)')[row];
    expect(secondsOf(cell?.value)).toBeCloseTo(durationSeconds, 2);
    expect(cell?.numFmt).toBe('[h]:mm:ss');
  });

  it('has counts and percents as numbers', async () => {
    const report = sampleReport();
    const workbook = await render(report);
    expect(valuesOf(sheetOf(workbook, 'Resources'), 'Attempts')).toEqual(
      report.resources.map(({ attempts }) => attempts),
    );
    const summary = sheetOf(workbook, 'Summary');
    const row = summary.getColumn(1).values.indexOf('Compliance');
    const { compliant, nonCompliant, unknown } = report.totals;
    expect(summary.getCell(row, 2).value).toBe(compliant / (compliant + nonCompliant + unknown));
    expect(summary.getCell(row, 2).numFmt).toBe('0.00%');
  });

  it.each([
    [45, 3, 45 / 48],
    [48, 0, 1],
    [99_999, 1, 0.9999],
    [0, 4, 0],
  ])(
    'has %i compliant and %i others as an exact share, which never rounds to all',
    async (compliant, nonCompliant, share) => {
      const report = reportOf([sampleResource()]);
      const totals = { ...report.totals, compliant, nonCompliant, unknown: 0 };
      const summary = sheetOf(await render({ ...report, totals }), 'Summary');
      expect(factsOf(summary, 'Resources by verdict').get('Compliance')).toBe(share);
    },
  );

  it('names the verdicts and gives each tone its colour', async () => {
    const workbook = await render(sampleReport(), twoJobs);
    expect(coloursOf(sheetOf(workbook, 'Resources'), 'Compliance')).toEqual(
      new Map([
        ['Non-compliant', 'FFFBD9D7'],
        ['Unknown', 'FFE8DDF8'],
        ['Compliant', 'FFDDF3E4'],
        ['Not applicable', 'FFECEFF2'],
      ]),
    );
    const statuses = sheetOf(workbook, 'Jobs');
    expect(valuesOf(statuses, 'Status')).toEqual(['Succeeded', 'Failed']);
    expect(coloursOf(statuses, 'Status').get('Failed')).toBe('FFFBD9D7');
    const incidents = sheetOf(workbook, 'Incidents');
    expect(valuesOf(incidents, 'State')).toEqual(['Open', 'Cleared']);
    expect(coloursOf(incidents, 'State').get('Cleared')).toBe('FFECEFF2');
  });

  it.each([
    ['Outcome', outcomes.map((outcome) => wording.outcome(outcome).words)],
    ['Severity', severities.map((severity) => wording.severity(severity).words)],
    ['Retention', ['Compliant', 'Non-compliant', 'Unknown', 'Not applicable']],
  ])('has a colour for every word of Resources, %s', async (header, words) => {
    const colours = coloursOf(sheetOf(await render(sampleReport()), 'Resources'), header);
    expect([...colours.keys()].toSorted()).toEqual(words.toSorted());
  });

  it('has a colour for every status of a job', async () => {
    const jobs = sheetOf(await render(sampleReport(), twoJobs), 'Jobs');
    const words = jobStatuses.map((status) => wording.jobStatus(status).words);
    expect([...coloursOf(jobs, 'Status').keys()].toSorted()).toEqual(words.toSorted());
  });

  it('has ages as a share of what is allowed, with bars', async () => {
    const report = reportOf([failedResource(), sampleResource({ recoveryPointAgeSeconds: null })]);
    const resources = sheetOf(await render(report), 'Resources');
    const [share, none] = columnOf(resources, 'Age against limit');
    expect(share?.value).toBeCloseTo((45 * 3600 + 48 * 60) / (26 * 3600), 10);
    expect(share?.numFmt).toBe('0%');
    expect(none?.value).toBeNull();
    const entries = await entriesOf(await renderFile(report));
    const xml = entries.get('xl/worksheets/sheet5.xml') ?? '';
    const ids = [...xml.matchAll(/\{[0-9A-F-]{36}\}/g)].map(([id]) => id);
    expect(xml).toContain('<cfRule type="dataBar"');
    expect(ids.filter((id) => id.startsWith('{00000000-'))).toEqual(Array(2).fill(ids.at(-1)));
  });

  it('says why, the controls that are not met before the unknown ones', async () => {
    const resource = failedResource({ resourceName: 'ORDERS' });
    const unknown = {
      verdict: 'UNKNOWN',
      reason: 'Not seen.',
      measured: null,
      threshold: null,
      demandedBy: null,
    } as const;
    const report = reportOf([
      { ...resource, controls: { ...resource.controls, 'recovery-point-age': unknown } },
    ]);
    const [why] = valuesOf(sheetOf(await render(report), 'Exceptions'), 'Why');
    expect(why).toBe('Backup succeeded: 2 of 2 backups of the day failed.\nRecovery point age: Not seen.');
  });

  it('has the same look in every font', async () => {
    const workbook = await render(sampleReport(incompleteParts()), twoJobs);
    const fonts = new Set<string | undefined>();
    workbook.eachSheet((sheet) =>
      sheet.eachRow((row) => row.eachCell((cell) => fonts.add(cell.font?.name ?? 'Calibri'))),
    );
    expect([...fonts]).toEqual(['Calibri']);
  });
});

describe('memory and rules', () => {
  it('has days of the calendar as dates, and what is none as it is written', async () => {
    const workbook = await render(
      reportOf([
        failedResource({ badSince: '2026-11-17', waiver: sampleWaiver, firstReported: '2024-02-29' }),
        sampleResource({ waiver: { ...sampleWaiver, expires: 'soon' } }),
      ]),
    );
    const resources = sheetOf(workbook, 'Resources');
    const [since, none] = columnOf(resources, 'Bad since');
    expect(wallClockOf(since?.value)).toBe('2026-11-17 00:00:00');
    expect(since?.numFmt).toBe('yyyy-mm-dd');
    expect(none?.value).toBeNull();
    const [expires, word] = valuesOf(resources, 'Waiver expires');
    expect(wallClockOf(expires)).toBe('2026-12-31 00:00:00');
    expect(word).toBe('soon');
    expect(wallClockOf(valuesOf(resources, 'First reported')[0])).toBe('2024-02-29 00:00:00');
  });

  it('has one row for each resource and control, with who demands it', async () => {
    const report = sampleReport();
    const controls = sheetOf(await render(report), 'Controls');
    expect(controls.rowCount - 1).toBe(report.resources.length * controlNames.length);
    expect(valuesOf(controls, 'Control').slice(0, 8)).toEqual(
      controlNames.map((name) => wording.control(name).words),
    );
    expect(valuesOf(controls, 'Verdict')[0]).toBe('Non-compliant');
    expect(valuesOf(controls, 'Measured')[0]).toBe('45 h 48 min');
    expect(valuesOf(controls, 'Threshold')[0]).toBe('26 h');
    expect(valuesOf(controls, 'Demanded by')[0]).toBe('policy production-databases');
  });

  it('has waived resources apart from the exceptions, with who accepted them and until when', async () => {
    const workbook = await render(sampleReport());
    const exceptions = sheetOf(workbook, 'Exceptions');
    expect(valuesOf(exceptions, 'Resource')).not.toContain('LEGACY_CRM');
    expect(valuesOf(exceptions, 'Consecutive bad days').slice(0, 2)).toEqual([3, 1]);
    const accepted = sheetOf(workbook, 'Accepted for now');
    expect(valuesOf(accepted, 'Resource')).toEqual(['LEGACY_CRM']);
    expect(valuesOf(accepted, 'Approved by')).toEqual(['ciso@example.com']);
    expect(valuesOf(accepted, 'Days left')).toEqual([42]);
    expect(wallClockOf(valuesOf(accepted, 'Waiver expires')[0])).toBe('2026-12-31 00:00:00');
  });

  it('tells of waivers with their terms and those that they hold for', async () => {
    const waivers = sheetOf(await render(sampleReport()), 'Waivers');
    expect(valuesOf(waivers, 'State')).toEqual(['Active', 'Expired', 'Matches nothing']);
    expect(valuesOf(waivers, 'Days left')).toEqual([42, -3, 6]);
    expect(valuesOf(waivers, 'Holds for')).toEqual([
      'LEGACY_CRM (Non-compliant)',
      'ORDERS (Non-compliant)',
      null,
    ]);
  });

  it('has a row for each day of the trend, and no figures where there is no report', async () => {
    const trend = sheetOf(await render(sampleReport()), 'Trend');
    const { totals } = sampleReport();
    expect(valuesOf(trend, 'Expected').at(-1)).toBe(totals.expected);
    expect(valuesOf(trend, 'Outcome failed').at(-1)).toBe(totals.byOutcome.FAILED);
    expect(valuesOf(trend, 'Compliance').at(-1)).toBeCloseTo((totals.compliancePercent ?? 0) / 100, 10);
    const missing = trend.getRow(9);
    expect(wallClockOf(missing.getCell(1).value)).toBe('2026-11-13 00:00:00');
    expect((missing.values as unknown[]).slice(2)).toEqual(['no report']);
  });

  it('lists who is not judged, and why', async () => {
    const sheet = sheetOf(await render(sampleReport()), 'Not judged');
    expect(valuesOf(sheet, 'Standing')).toEqual([
      'Not in the inventory',
      'Excluded',
      'Excluded',
      'Former',
      'Former',
    ]);
    expect(valuesOf(sheet, 'Why')[1]).toBe('rebuilt nightly');
    expect(wallClockOf(valuesOf(sheet, 'Last day judged')[3])).toBe('2026-11-18 00:00:00');
  });

  it('says with what a former resource was terminated', async () => {
    const { formerResources } = sampleReport();
    const parent = formerResources.map((each) => ({
      ...each,
      reason: 'terminated with ocid1.dbsystem.oc1..s1',
    }));
    const sheet = sheetOf(await render(reportOf([], { formerResources: parent })), 'Not judged');
    expect(valuesOf(sheet, 'Why').slice(-2)).toEqual([
      'terminated with ocid1.dbsystem.oc1..s1',
      'not in the inventory any more',
    ]);
  });

  it('has tags in the order of their names, whatever the order in the report', async () => {
    const report = reportOf([sampleResource({ tags: { zone: 'b', Env: 'prod', app: '=1+1' } })]);
    const resources = sheetOf(await render(report), 'Resources');
    expect(valuesOf(resources, 'Tags')).toEqual(['Env=prod; app==1+1; zone=b']);
  });

  it('says on Summary that it is a slice, what is waived and what is new', async () => {
    const summary = sheetOf(await render(sampleSlice()), 'Summary');
    expect(summary.getCell(2, 2).value).toBe('database team: 8 of 13 resources');
    expect(Object.fromEntries(factsOf(summary, 'Resources by verdict'))).toMatchObject({
      'Accepted for now': 1,
      Waived: 1,
    });
    expect(Object.fromEntries(factsOf(summary, 'Since the previous report'))).toMatchObject({
      'Compared with': new Date('2026-11-18T00:00:00.000Z'),
      'Newly non-compliant or unknown': 2,
      Resolved: 2,
    });
  });

  it('says on Provenance what it goes on from, and by which policies it judges', async () => {
    const provenance = sheetOf(await render(sampleReport()), 'Provenance');
    const memory = factsOf(provenance, 'Memory of earlier days');
    expect(memory.get('Goes on from')).toBe('report of 2026-11-18, COMPLETE');
    expect(memory.get('sha-256 of its content')).toBe('cd'.repeat(32));
    expect(factsOf(provenance, 'Slices').get('In no slice')).toBe(2);
    const [policy] = rowsAfter(provenance, 'Policies as they were applied');
    expect(policy).toEqual([
      'production-databases',
      'type database, compartment prod*',
      'daily',
      'dba-oncall@example.com',
      'Critical',
      '26 h',
      '8 h',
      '35 d',
      '90 d',
      12,
    ]);
    const cold = sheetOf(await render(reportOf([])), 'Provenance');
    expect(factsOf(cold, 'Memory of earlier days').get('Goes on from')).toBe(
      'no earlier report: a cold start',
    );
  });
});

describe('causes', () => {
  it('are one row each, with codes, count, owners, first time, the worst by name and what to do', async () => {
    const full = {
      time: '2026-11-19T09:15:00.000Z',
      message: 'ORA-19809: limit exceeded for recovery files',
    };
    const resources = [
      ...Array.from({ length: 7 }, (_, index) =>
        failedResource({
          resourceName: `DB${index}`,
          owner: index < 2 ? 'b@example.com' : 'a@example.com',
          lastFailure: full,
        }),
      ),
      failedResource({ resourceName: 'EARLY', lastFailure: { ...full, time: '2026-11-19T08:00:00.000Z' } }),
      failedResource({ resourceName: 'ACCEPTED', lastFailure: full, waiver: sampleWaiver }),
      sampleResource({
        resourceName: 'LATE',
        outcome: 'LATE',
        compliance: 'NON_COMPLIANT',
        badSince: '2026-11-18',
      }),
      sampleResource(),
    ];
    const causes = sheetOf(await render(reportOf(resources)), 'Causes');
    const advice = ['recovery-area-full', 'LATE'].map((id) => wording.text(`cause.${id}.advice`));
    expect(valuesOf(causes, 'Cause')).toEqual(['recovery area full', 'backup overdue']);
    expect(valuesOf(causes, 'Codes')).toEqual(['ORA-19809', null]);
    expect(valuesOf(causes, 'Resources')).toEqual([8, 1]);
    expect(valuesOf(causes, 'Worst first')).toEqual(['DB0\nDB1\nDB2\nDB3\nDB4\nand 3 more', 'LATE']);
    expect(valuesOf(causes, 'Owners')[0]).toContain('a@example.com\nb@example.com');
    expect(valuesOf(causes, `Since (${zone})`).map(wallClockOf)).toEqual([
      '2026-11-19 03:00:00',
      '2026-11-18 00:00:00',
    ]);
    expect(valuesOf(causes, 'What to do')).toEqual(advice);
  });

  it('stand beside each exception, with what to do', async () => {
    const exceptions = sheetOf(await render(sampleReport()), 'Exceptions');
    expect(valuesOf(exceptions, 'Cause')[0]).toBe('recovery area full');
    expect(valuesOf(exceptions, 'Codes')[0]).toBe('RMAN-03009\nORA-19809');
    expect(valuesOf(exceptions, 'What to do')[0]).toBe(wording.text('cause.recovery-area-full.advice'));
    expect(valuesOf(exceptions, 'Command')[0]).toMatch(/^oci /);
    expect(valuesOf(exceptions, 'Console')[0]).toMatchObject({ result: 'Open in the console' });
  });
});

describe('jobs', () => {
  it('have region, policy, destination, size and expiry where they are known', async () => {
    const { resourceId, policy, compartmentId, owner } = sampleResource();
    const expires = '2026-12-19T12:00:00.000Z';
    const jobs = [
      sampleJob({ resourceId, destination: 'DBRS', sizeBytes: 12.5 * 1024 ** 3, expires }),
      sampleJob({ resourceId: 'ocid1.volume.oc1.eu-frankfurt-1.v1' }),
    ];
    const sheet = sheetOf(await render(reportOf([sampleResource()]), jobs), 'Jobs');
    expect(valuesOf(sheet, 'Region')).toEqual(['iad', 'fra']);
    expect(valuesOf(sheet, 'Policy')).toEqual([policy, null]);
    expect(valuesOf(sheet, 'Owner')).toEqual([owner, null]);
    expect(valuesOf(sheet, 'Compartment OCID')).toEqual([compartmentId, null]);
    expect(valuesOf(sheet, 'Destination')).toEqual(['DBRS', null]);
    expect(valuesOf(sheet, 'Size (GB)')).toEqual([12.5, null]);
    const [shown, none] = valuesOf(sheet, `Recovery point expires (${zone})`);
    expect([wallClockOf(shown), none]).toEqual(['2026-12-19 07:00:00', null]);
  });

  it('show a size of megabytes, too', async () => {
    const sizes = [20_000_000, 1.5 * 1024 ** 3, 1200 * 1024 ** 3, undefined];
    const jobs = sizes.map((sizeBytes) => sampleJob(sizeBytes === undefined ? {} : { sizeBytes }));
    const sheet = sheetOf(await render(reportOf([sampleResource()]), jobs), 'Jobs');
    expect(columnOf(sheet, 'Size (GB)').map(cellText)).toEqual(['0.019', '1.5', '1,200.0', '']);
  });
});

describe('a day without exceptions', () => {
  it.each([
    ['COMPLETE', 0],
    ['INCOMPLETE', 'none seen'],
  ] as const)('%s: Summary says %s', async (status, shown) => {
    const summary = sheetOf(await render(reportOf([sampleResource()], { status })), 'Summary');
    expect(factsOf(summary, '').get('Exceptions')).toBe(shown);
  });
});

describe('what is archived', () => {
  it('is named on Summary and in the margin of every page', async () => {
    const path = join(directory, 'edition.xlsx');
    const edition = { file: 'slice-database-team.xlsx', revision: 3, contentDigest: 'ab'.repeat(32) };
    const input = { report: sampleSlice(), lines: shareLines([]), edition };
    await workbookHere(englishTheme.data).render(input, path);
    const workbook = await readWorkbook(path);
    const facts = Object.fromEntries(factsOf(sheetOf(workbook, 'Summary'), ''));
    expect(facts).toMatchObject({
      File: edition.file,
      Revision: 3,
      'Content digest (sha-256)': edition.contentDigest,
    });
    for (const { headerFooter, name } of workbook.worksheets) {
      expect(headerFooter.oddHeader).toBe('&L&8 daily-backup · 2026-11-19&C&8 &R&8 revision 3');
      expect(headerFooter.oddFooter).toBe(`&L&8 ${name}&C&8 sha-256 ${'ab'.repeat(32)}&R&8 Page &P of &N`);
    }
  });

  it('is counted through the whole workbook: no sheet begins its pages at 1 again', async () => {
    const entries = await entriesOf(await renderFile(sampleReport(), twoJobs));
    const sheets = [...entries].filter(([name]) => name.startsWith('xl/worksheets/sheet'));
    expect(sheets).toHaveLength(14);
    expect(sheets.filter(([, xml]) => /irstPageNumber/.test(xml))).toEqual([]);
  });
});

describe('totals', () => {
  it('are counted live in the sheets, with what was counted as the result for readers that do not calculate', async () => {
    const xml =
      (await entriesOf(await renderFile(sampleReport(), twoJobs))).get('xl/worksheets/sheet1.xml') ?? '';
    const cells = [...xml.matchAll(/<f>IF\(SUMIF\(.*?,(COUNT.*?)\)<\/f><v>(\d+)<\/v>/g)].map(
      ([, formula, result]) => [
        formula?.replaceAll('&apos;', "'").replaceAll('&quot;', '"').replace(/A\d+/g, 'A'),
        result,
      ],
    );
    expect(cells.slice(0, 8)).toEqual([
      ["COUNTA('Resources'!AK:AK)-1", '13'],
      ...['6', '5', '1', '1'].map((count) => ["COUNTIF('Resources'!E:E,A)-COUNTIF('Resources'!E1,A)", count]),
      ["COUNTA('Exceptions'!V:V)-1", '5'],
      ["COUNTA('Accepted for now'!Y:Y)-1", '1'],
      [`COUNTIF('Resources'!F:F,"Waived")-COUNTIF('Resources'!F1,"Waived")`, '1'],
    ]);
    expect(cells).toHaveLength(8 + 9 + 7);
  });

  it('that are not those of the rows say so, and so does the line above them', async () => {
    const report = sampleReport();
    const totals = { ...report.totals, compliant: report.totals.compliant + 1 };
    const summary = sheetOf(await render({ ...report, totals }, twoJobs), 'Summary');
    const ties = summary
      .getColumn(4)
      .values.map(resultOf)
      .filter((each) => each === 'DIFFERS');
    expect(ties).toEqual(['DIFFERS']);
    const overall = summary.getColumn(1).values.indexOf('Totals tie out');
    expect(summary.getCell(overall, 2).result).toBe('DIFFERS');
  });

  it('are the totals of the report', async () => {
    const report = sampleReport();
    const summary = sheetOf(await render(report), 'Summary');
    const { totals, jobTotals } = report;

    expect(Object.fromEntries(factsOf(summary, 'Resources by verdict'))).toMatchObject({
      Expected: totals.expected,
      Compliant: totals.compliant,
      'Non-compliant': totals.nonCompliant,
      Unknown: totals.unknown,
      'Not applicable': totals.notApplicable,
    });
    expect(Object.fromEntries(factsOf(summary, 'Resources by outcome'))).toEqual(
      inWords(outcomes, totals.byOutcome, wording.outcome),
    );
    expect(Object.fromEntries(factsOf(summary, 'Jobs by status'))).toEqual({
      ...inWords(jobStatuses, jobTotals.byStatus, wording.jobStatus),
      'All jobs': jobTotals.total,
    });
    expect([...factsOf(summary, 'Controls')]).toEqual([
      ['Control', 'Compliant'],
      ...report.controls.map(({ control, byVerdict }) => [
        wording.control(control).words,
        byVerdict.COMPLIANT,
      ]),
    ]);
  });

  it('agree with the rows', async () => {
    const report = sampleReport();
    const workbook = await render(report, twoJobs);
    const count = (sheet: string, words: string): number =>
      valuesOf(sheetOf(workbook, sheet), 'Compliance').filter((value) => value === words).length;

    expect(count('Resources', wording.verdict('COMPLIANT').words)).toBe(report.totals.compliant);
    expect(count('Resources', wording.verdict('NON_COMPLIANT').words)).toBe(report.totals.nonCompliant);
    expect(sheetOf(workbook, 'Resources').rowCount - 1).toBe(report.totals.expected);
    const { nonCompliant, unknown, waivedBad } = report.totals;
    expect(sheetOf(workbook, 'Exceptions').rowCount - 1).toBe(nonCompliant + unknown - waivedBad);
    expect(sheetOf(workbook, 'Accepted for now').rowCount - 1).toBe(waivedBad);
    expect(sheetOf(workbook, 'Jobs').rowCount - 1).toBe(twoJobs.length);
    expect(sheetOf(workbook, 'Incidents').rowCount - 1).toBe(report.incidents.length);
  });

  it('show a day on which nothing was judged as that, and not as 0% or 100%', async () => {
    const facts = factsOf(sheetOf(await render(reportOf([])), 'Summary'), 'Resources by verdict');
    expect(facts.get('Compliance')).toBe('nothing was due');
  });

  it('tell of everything that makes a report incomplete', async () => {
    const report = sampleReport(incompleteParts());
    const workbook = await render(report, twoJobs);
    const summary = sheetOf(workbook, 'Summary').getColumn(2).values;
    expect(summary).toEqual(expect.arrayContaining(['INCOMPLETE', ...report.statusReasons]));
    const provenance = sheetOf(workbook, 'Provenance');
    const [source] = rowsAfter(provenance, 'Sources');
    expect(source?.slice(4)).toEqual(['no', 49, 40, 4, 2, 2, 1]);
    expect(source?.slice(2, 4).map(wallClockOf)).toEqual(['2026-11-12 00:00:00', '2026-11-20 00:00:00']);
    const rejected = provenance.getColumn(1).values.indexOf('ab'.repeat(32));
    expect(provenance.getCell(rejected, 2).value).toBe('{"eventType": "com.oraclecloud</td><b>');
    expect(provenance.getCell(rejected, 3).value).toBe('not JSON');
    const ignored = provenance.getColumn(1).values.indexOf('com.example.<b>wrapper');
    expect(provenance.getCell(ignored, 2).value).toBe(1);
    expect(provenance.getCell(ignored, 3).value).toBe('com.oraclecloud.databaseservice.backupdatabase.end');
    expect(provenance.getCell(ignored - 1, 2).value).toBe(1);
  });
});

function inWords<K extends string>(
  keys: readonly K[],
  counts: Readonly<Record<K, number>>,
  label: (key: K) => { readonly words: string },
): Record<string, number> {
  return Object.fromEntries(keys.map((key) => [label(key).words, counts[key]]));
}

/** Everything beside the resources, with one of each for each text. */
function hostileParts(texts: readonly string[]): Partial<DailyReport> {
  const { waivers, changes, findings, formerResources, policies, runningAttempts } = sampleReport();
  const each = <Item>([item]: readonly Item[], over: (text: string) => Partial<Item>): readonly Item[] =>
    item === undefined ? [] : texts.map((text) => ({ ...item, ...over(text) }));
  return {
    plan: '=1+1',
    slice: { name: '=1+1', resources: 1, ofResources: 2 },
    waivers: each(waivers, (text) => ({
      match: text,
      reason: text,
      ticket: text,
      approvedBy: text,
      expires: text,
    })),
    changes: each(changes, (text) => ({
      what: text,
      resourceName: text,
      subjectId: text,
      state: text,
      principal: text,
      detail: text,
      eventId: text,
    })),
    findings: each(findings, (text) => ({ subject: text, words: text })),
    formerResources: each(formerResources, (text) => ({ resourceName: text })),
    policies: each(policies, (text) => ({ name: text, match: text, cadence: text, owner: text })),
    runningAttempts: each(runningAttempts, (text) => ({ eventType: text })),
    notInInventory: texts.map((text) =>
      unjudged({ resourceName: text, reason: text, tags: { [text]: text } }),
    ),
    routing: { slices: texts.map((name) => ({ name, resources: 1 })), unrouted: 0 },
  };
}

describe('hostile text', () => {
  const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1+1', "=cmd|'/c calc'!A1", '{=1}', '=1+1\n=2'];
  const hostile = [...Object.values(hostileNames), ...formulas];

  it('is text in every cell: no formula, no link, no error', async () => {
    const report = reportOf(
      hostile.map((text) =>
        failedResource({
          resourceName: text,
          resourceType: text,
          compartmentName: text,
          owner: text,
          policy: text,
          lastFailure: { time: '2026-11-19T09:15:00.000Z', message: text },
          findings: [text],
          tags: { [text]: text },
          openIncident: { condition: text, since: '2026-11-19T09:15:00.000Z' },
          waiver: { ...sampleWaiver, reason: text, ticket: text, expires: text },
          badSince: text,
        }),
      ),
      hostileParts(hostile),
    );
    const jobs = hostile.map((text) => sampleJob({ resourceName: text, state: text, statusMessage: text }));
    const entries = await entriesOf(await renderFile(report, jobs));

    const sheets = [...entries].filter(([name]) => name.startsWith('xl/worksheets/sheet'));
    expect(sheets.map(([name]) => name)).toHaveLength(14);
    for (const [, xml] of sheets) {
      // The links of Summary to the sheets, and the totals that it counts in them, are all that is calculated.
      const word = '&(?:quot|apos);[\\w ]+&(?:quot|apos);';
      const link = `HYPERLINK\\(&quot;#&apos;[\\w ]+&apos;!A1&quot;,${word}\\)`;
      const total = `IF\\((?:${word}|[A-Z]{1,2}\\d*|COUNTIF|COUNTA|SUMIF|ISTEXT|IF|[\\d(),:=!-]|&gt;)*`;
      expect(xml.replaceAll(new RegExp(`<f>(?:${link}|${total})</f>`, 'g'), '')).not.toMatch(
        /<f[\s>/]|t="e"|<hyperlink/,
      );
      // oxlint-disable-next-line no-control-regex -- XML does not allow them
      expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]/u);
    }
    expect([...entries.keys()].filter((name) => /externalLink|connection|macro/i.test(name))).toEqual([]);
  });

  it.each(names)('%s: is shown as the other renderers show it', async (_kind, name) => {
    const stored = await storedName(name);
    expect(stored).toBe(workbookText(name));
    expect(stored.length).toBeLessThanOrEqual(32_767);
  });

  it.each(escapes)('Excel reads %s as it was typed', async (name) => {
    expect(asExcelReads(await storedName(name))).toBe(name);
  });

  it('keeps spaces at both ends', async () => {
    const report = reportOf([sampleResource({ resourceName: '  two  ' })]);
    expect(valuesOf(sheetOf(await render(report), 'Resources'), 'Resource')).toEqual(['  two  ']);
  });
});

describe('bytes', () => {
  it('are the same for the same input', async () => {
    const first = await readFile(await renderInThread(sampleReport(), twoJobs));
    // Another day: the thread had the clock of the machine.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2031, 4, 5) });
    try {
      const second = await readFile(await renderFile(sampleReport(), twoJobs));
      expect(second.equals(first)).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  // day/same-bytes has other zones and languages.
  it('do not depend on time zone, language and folder of the machine', async () => {
    const path = join(await mkdtemp(join(directory, 'child-')), 'report.xlsx');
    const { stderr } = await renderInChild(path, { TZ: 'America/St_Johns', LC_ALL: 'tr_TR.UTF-8' });
    expect(stderr).toBe('');
    const own = await readFile(await renderFile(sampleReport()));
    expect(own.equals(await readFile(path))).toBe(true);
  });
});

describe('more rows than a sheet can hold', () => {
  it('go to further sheets, each with header, frozen pane and filter', async () => {
    const report = sampleReport();
    const jobs = Array.from({ length: 7 }, (_, index) => sampleJob({ jobId: `job-${index}` }));
    const workbook = await render(report, jobs, 4);
    const controlSheets = Array.from({ length: 34 }, (_, index) => `Controls ${index + 2}`);

    expect(workbook.worksheets.map(({ name }) => name).join(', ')).toBe(
      'Summary, Exceptions, Exceptions 2, Accepted for now, Causes, Causes 2, Resources, Resources 2, Resources 3, ' +
        'Resources 4, Resources 5, Jobs, Jobs 2, Jobs 3, Incidents, Waivers, Changes, Changes 2, ' +
        `Controls, ${controlSheets.join(', ')}, Findings, Findings 2, ` +
        'Trend, Trend 2, Trend 3, Trend 4, Trend 5, Not judged, Not judged 2, Provenance',
    );
    const parts = ['Jobs', 'Jobs 2', 'Jobs 3'].map((name) => sheetOf(workbook, name));
    expect(parts.flatMap((sheet) => valuesOf(sheet, 'Job OCID'))).toEqual(jobs.map(({ jobId }) => jobId));
    expect(parts.map(({ rowCount }) => rowCount)).toEqual([4, 4, 2]);
    for (const sheet of parts) {
      expect(headersOf(sheet)).toEqual(headers['Jobs']);
      expect(sheet.views).toMatchObject([{ state: 'frozen', xSplit: 1, ySplit: 1 }]);
      expect(sheet.autoFilter).toBe(`A1:W${sheet.rowCount}`);
    }
  });

  it('are not counted by half: Summary says that they are on several sheets, and not that they differ', async () => {
    const summary = sheetOf(await render(sampleReport(), twoJobs, 4), 'Summary');
    const resultsOf = (label: string) => {
      const row = summary.getColumn(1).values.indexOf(label);
      return [3, 4].map((column) => summary.getCell(row, column).result);
    };
    const further = 'on several sheets';
    expect(resultsOf('Expected')).toEqual([further, further]);
    expect(resultsOf('Accepted for now')).toEqual([1, 'OK']);
    const overall = summary.getColumn(1).values.indexOf('Totals tie out');
    expect(summary.getCell(overall, 2).result).toBe(further);
    const rows = new Map(rowsAfter(summary, 'Sheets').map(([name, , parts]) => [resultOf(name), parts]));
    expect([rows.get('Resources'), rows.get('Accepted for now'), rows.get('Summary')]).toEqual([5, 1, 1]);
  });

  it('make no empty sheet when they just fit', async () => {
    const workbook = await render(sampleReport(), [sampleJob(), sampleJob(), sampleJob()], 4);
    expect(workbook.getWorksheet('Jobs 2')).toBeUndefined();
  });

  it('come through in their order when there are many', async () => {
    const jobs = Array.from({ length: 12_345 }, (_, index) => sampleJob({ jobId: `job-${index}` }));
    const entries = await entriesOf(await renderInThread(sampleReport(), jobs));
    const rows = entries.get('xl/worksheets/sheet6.xml')?.match(/>job-\d+</g);
    expect(rows).toEqual(jobs.map(({ jobId }) => `>${jobId}<`));
  });
});

function* endlessJobs(): Generator<BackupJob> {
  for (;;) yield sampleJob();
}

describe('errors', () => {
  it.each([
    ['ENOENT', 'no-such-folder/report.xlsx', inThread],
    ['ENOTDIR', 'a-file/report.xlsx', workbookHere(englishTheme.data)],
    ['EISDIR', '.', workbookHere(englishTheme.data)],
  ])('come through with their code: %s', async (code, name, renderer) => {
    await writeFile(join(directory, 'a-file'), '');
    const jobs = shareLines([sampleJob()]);
    const rendering = renderer.render({ report: sampleReport(), lines: jobs }, join(directory, name));
    await expect(rendering).rejects.toMatchObject({ code, message: expect.stringContaining(code) });
  });

  it('come through while jobs without end are on the way', async () => {
    const path = join(directory, 'no-such-folder', 'report.xlsx');
    const rendering = inThread.render({ report: sampleReport(), lines: shareLines(endlessJobs()) }, path);
    await expect(rendering).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each([
    ['at once', 0],
    ['later', 5000],
  ])('of the jobs reject the rendering: %s', async (_when, before) => {
    function* torn(): Generator<BackupJob> {
      for (let number = 0; number < before; number += 1) yield sampleJob();
      throw new Error('no jobs');
    }
    const input = { report: sampleReport(), lines: shareLines(torn()) };
    const rendering = inThread.render(input, join(directory, 'torn.xlsx'));
    await expect(rendering).rejects.toThrow('no jobs');
  });
});

/** Renders the sample report in a process of its own, which is ended when it hangs. */
async function renderInChild(path: string, environment: NodeJS.ProcessEnv): Promise<{ stderr: string }> {
  const renderer = new URL('../support/backup-renderers.js', import.meta.url).href;
  const theme = new URL('../support/theme.js', import.meta.url).href;
  const sample = new URL('../support/sample-report.js', import.meta.url).href;
  const script = `
    import { backupWorkbook } from ${JSON.stringify(renderer)};
    import { sampleReport } from ${JSON.stringify(sample)};
    import { englishTheme } from ${JSON.stringify(theme)};
    const input = { report: sampleReport(), lines: async function* () {} };
    await backupWorkbook(englishTheme.data).render(input, ${JSON.stringify(path)});
  `;
  serial += 1;
  const file = join(directory, `child-${serial}.mjs`);
  await writeFile(file, script);
  return run(process.execPath, [file], {
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
    timeout: 600_000,
  });
}
