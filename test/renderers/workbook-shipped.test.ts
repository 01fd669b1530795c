import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import ExcelJS from 'exceljs';
import JSZip from 'jszip';
import { shareLines } from '../../src/day/artefacts/share-lines.js';
import { packageRoot } from '../../src/package-root.js';
import type { ThemeData } from '../../src/renderers/theme.js';
import { twoSampleJobs } from '../support/sample-job.js';
import {
  failedResource,
  incompleteParts,
  reportOf,
  sampleReport,
  sampleResource,
} from '../support/sample-report.js';
import { englishTheme, makeTheme } from '../support/theme.js';
import { brandedGerman, workbookFaults } from '../support/workbook-faults.js';
import { workbookHere } from '../support/workbook-here.js';

/* The template that ships, and what it makes. */

const template = fileURLToPath(new URL('templates/report.xlsx', packageRoot));
const golden = new URL('test/renderers/golden/workbook.txt', packageRoot);

let directory: string;
let serial = 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'workbook-shipped-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

async function renderFile(report = sampleReport(), data: ThemeData = englishTheme.data): Promise<string> {
  serial += 1;
  const path = join(directory, `${serial}.xlsx`);
  await workbookHere(data).render({ report, lines: shareLines(twoSampleJobs) }, path);
  return path;
}

async function read(path: string): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(path);
  return workbook;
}

/** What a series over a column of the trend shows: its name, the days, their values. */
function shownOf(letter: string): readonly string[] {
  return [`'Verlauf'!$${letter}$1`, "'Verlauf'!$A$2:$A$15", `'Verlauf'!$${letter}$2:$${letter}$15`];
}

/** Names and XML of the charts of a workbook. */
async function chartsOf(path: string): Promise<readonly (readonly [string, string])[]> {
  const zip = await JSZip.loadAsync(await readFile(path));
  const names = Object.keys(zip.files).filter((name) => name.startsWith('xl/charts/'));
  return Promise.all(
    names.toSorted().map(async (name) => [name, (await zip.file(name)?.async('string')) ?? ''] as const),
  );
}

describe('the template that ships', () => {
  it('is what its script makes, charts included', async () => {
    const script = new URL('scripts/make-workbook-template.mjs', packageRoot).href;
    const { templateBytes } = (await import(script)) as { templateBytes(): Promise<Buffer> };
    const made = join(directory, 'made.xlsx');
    await writeFile(made, await templateBytes());
    expect((await read(made)).model).toEqual((await read(template)).model);
    const charts = await chartsOf(made);
    expect(charts.map(([name]) => name)).toEqual(['xl/charts/chart1.xml', 'xl/charts/chart2.xml']);
    expect(await chartsOf(template)).toEqual(charts);
  });

  it('has charts that show every day of the trend, titled in the language of the report', async () => {
    const { data } = await makeTheme('de');
    const charts = await chartsOf(await renderFile(sampleReport(), data));
    const formulas = charts.map(([, xml]) =>
      [...xml.matchAll(/<c:f>(.*?)<\/c:f>/g)].map(([, found]) => found?.replaceAll('&apos;', "'")),
    );
    expect(formulas).toEqual([shownOf('E'), ['G', 'H', 'F'].flatMap(shownOf)]);
    expect(charts.map(([, xml]) => /<a:t>(.*?)<\/a:t>/.exec(xml)?.[1])).toEqual([
      'Konformität je Tag',
      'Ressourcen je Tag',
    ]);
  });
});

// slow/workbook-schema has the template, and workbooks of other reports.
describe("Microsoft's Open XML SDK finds nothing in", () => {
  it('a German workbook with something of everything, with logo, company and footer', async () => {
    const data = await brandedGerman();
    expect(await workbookFaults(await renderFile(sampleReport(incompleteParts()), data))).toEqual([]);
  });
});

function placeholders(text = ''): readonly string[] {
  return (text.match(/\{\w+/g) ?? []).toSorted();
}

describe('a German workbook', () => {
  it('has German sheets, headers, words and formats of dates', async () => {
    const { data } = await makeTheme('de');
    const workbook = await read(await renderFile(sampleReport(), data));
    expect(workbook.worksheets.map(({ name }) => name).slice(0, 6)).toEqual([
      'Übersicht',
      'Abweichungen',
      'Vorerst akzeptiert',
      'Ursachen',
      'Ressourcen',
      'Jobs',
    ]);
    expect(workbook.title).toBe('Backup-Bericht 19.11.2026');
    const jobs = workbook.getWorksheet('Jobs');
    expect(jobs?.getCell('I1').value).toBe('Beginn (America/New_York)');
    expect(jobs?.getCell('I2').numFmt).toBe('dd.mm.yyyy hh:mm:ss');
    expect(jobs?.getCell('G3').value).toBe('Fehlgeschlagen');
  });

  it('has every word of the English one', async () => {
    const { messages } = (await makeTheme('de')).data.language;
    const english = Object.keys(englishTheme.data.language.messages).filter((key) =>
      key.startsWith('workbook.'),
    );
    expect(english.filter((key) => messages[key] === undefined)).toEqual([]);
    for (const key of english)
      expect(placeholders(messages[key])).toEqual(placeholders(englishTheme.data.language.messages[key]));
  });
});

describe('document properties', () => {
  it('tell what it is, and nothing of the machine', async () => {
    const workbook = await read(await renderFile());
    expect(workbook).toMatchObject({
      title: 'Backup report 2026-11-19',
      subject: 'Backup compliance of plan daily-backup',
      creator: 'oci-backup-reporter',
      lastModifiedBy: 'oci-backup-reporter',
      created: new Date('2026-11-20T11:00:00Z'),
      modified: new Date('2026-11-20T11:00:00Z'),
    });
  });
});

describe('cells of a small fleet', () => {
  it('are the ones that were looked at (UPDATE_GOLDEN=1 writes them anew)', async () => {
    const report = reportOf(
      [
        failedResource({ resourceName: 'ORDERS' }),
        sampleResource({ resourceName: 'HR', outcome: 'RECOVERED' }),
      ],
      incompleteParts(),
    );
    const text = cellsOf(await read(await renderFile(report)));
    if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(golden, text);
    expect(text).toBe(await readFile(golden, 'utf8'));
  });
});

/** Every cell that holds something, one a line: address, value, number format. */
function cellsOf(workbook: ExcelJS.Workbook): string {
  const lines: string[] = [];
  for (const sheet of workbook.worksheets) {
    lines.push(`== ${sheet.name}`, `filter ${JSON.stringify(sheet.autoFilter ?? null)}`);
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        if (cell.value === null || cell.master !== cell) return;
        const format = cell.numFmt === undefined || cell.numFmt === 'General' ? '' : `  [${cell.numFmt}]`;
        lines.push(`${cell.address} ${JSON.stringify(cell.value)}${format}`);
      }),
    );
    const { conditionalFormattings } = sheet as unknown as {
      readonly conditionalFormattings: readonly { ref: string; rules: readonly Rule[] }[];
    };
    for (const { ref, rules } of conditionalFormattings)
      for (const rule of rules) lines.push(`format ${ref}: ${ruleText(rule)}`);
  }
  return `${lines.join('\n')}\n`;
}

interface Rule {
  readonly type: string;
  readonly formulae?: readonly string[];
  readonly style?: Partial<ExcelJS.Style>;
}

function ruleText({ type, formulae = [], style }: Rule): string {
  const fill = style?.fill?.type === 'pattern' ? style.fill.bgColor?.argb : undefined;
  return `${type} ${formulae.join(', ')} ${fill ?? ''}`.trimEnd();
}
