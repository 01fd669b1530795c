import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import ExcelJS from 'exceljs';
import { shareLines } from '../../src/day/artefacts/share-lines.js';
import { noBranding } from '../../src/renderers/theme.js';
import type { Branding } from '../../src/renderers/view/branding.js';
import { TemplateFailure } from '../../src/model/template-fault.js';
import { expectGermanOf } from '../support/in-german.js';
import { backupWorkbook } from '../support/backup-renderers.js';
import {
  failedResource,
  hostileNames,
  reportOf,
  sampleReport,
  sampleResource,
} from '../support/sample-report.js';
import { makeTheme } from '../support/theme.js';
import { workbookHere } from '../support/workbook-here.js';

/* A company's own report.xlsx, as somebody would make it in a spreadsheet program. */

let directory: string;
let serial = 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'workbook-template-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

interface Options {
  readonly tag?: string;
  readonly report?: ReturnType<typeof sampleReport>;
  readonly branding?: Branding;
  readonly rowLimit?: number;
  readonly make?: typeof workbookHere;
}

/** What the report becomes with a template that `fill` makes. */
async function renderBy(
  fill: (template: ExcelJS.Workbook) => void,
  options: Options = {},
): Promise<ExcelJS.Workbook> {
  const template = new ExcelJS.Workbook();
  fill(template);
  const folder = await newFolder();
  await template.xlsx.writeFile(join(folder, 'report.xlsx'));
  return renderFrom(folder, options);
}

async function newFolder(): Promise<string> {
  serial += 1;
  const folder = join(directory, String(serial));
  await mkdir(folder);
  return folder;
}

async function renderFrom(
  folder: string,
  { tag = 'en', report = sampleReport(), branding = noBranding, rowLimit, make = workbookHere }: Options = {},
): Promise<ExcelJS.Workbook> {
  const { data } = await makeTheme(tag, folder);
  const path = join(folder, 'made.xlsx');
  const input = { report, lines: shareLines([]) };
  await make({ ...data, branding }, rowLimit).render(input, path);
  const made = new ExcelJS.Workbook();
  await made.xlsx.readFile(path);
  return made;
}

function firstSheet(workbook: ExcelJS.Workbook): ExcelJS.Worksheet {
  const [sheet] = workbook.worksheets;
  if (sheet === undefined) throw new Error('no sheet');
  return sheet;
}

/** A template of one sheet with these rows. */
function rowsOf(...rows: readonly (readonly ExcelJS.CellValue[])[]) {
  return (template: ExcelJS.Workbook): void => {
    template.addWorksheet('Own').addRows(rows.map((row) => [...row]));
  };
}

function valuesOf(sheet: ExcelJS.Worksheet): readonly unknown[][] {
  return sheet
    .getSheetValues()
    .slice(1)
    .map((row) => (Array.isArray(row) ? row.slice(1) : []));
}

/** Two sheets whose names come to the same. */
function sameNames(template: ExcelJS.Workbook): void {
  for (const name of ['{{t "workbook.tab.jobs"}}', 'Jobs']) template.addWorksheet(name);
}

const two = reportOf([failedResource({ resourceName: 'ORDERS' }), sampleResource()]);

describe("a company's own template", () => {
  it('has its own order of columns, with typed values', async () => {
    const made = await renderBy(
      rowsOf(
        ['Age', 'Name', 'Waived', 'Percent', 'Since'],
        [
          '{{#each resources}}{{resource.age}}',
          '{{name}}',
          '{{isWaived}}',
          '{{totals.percent}}',
          '{{badSince}}',
        ],
      ),
      { report: two },
    );
    const [, first, second] = valuesOf(firstSheet(made));
    expect(first).toEqual([expect.any(Date), 'ORDERS', false, 0.5, new Date('2026-11-19')]);
    expect(second?.slice(1)).toEqual(['PAYROLL', false, 0.5]);
    const { numFmt } = firstSheet(made).getCell('A2');
    expect(numFmt).toBe('[h]:mm:ss');
    expect(firstSheet(made).getCell('E2').numFmt).toBe('yyyy-mm-dd');
  });

  it('keeps styles, number formats, widths, tab colour, panes, page setup and heights', async () => {
    const made = await renderBy(
      (template) => {
        const sheet = template.addWorksheet('Own', {
          properties: { tabColor: { argb: 'FF112233' } },
          views: [{ state: 'frozen', xSplit: 2, ySplit: 3, showGridLines: false }],
          pageSetup: { orientation: 'landscape', printTitlesRow: '3:3', paperSize: 5 },
          headerFooter: { oddHeader: '&C{{report.plan}} & more', oddFooter: '&R&P' },
        });
        sheet.getColumn(2).width = 33;
        sheet.getColumn(3).hidden = true;
        sheet.mergeCells('A1:B1');
        sheet.getCell('A1').value = 'Our report of {{day.date}}';
        sheet.getRow(1).height = 41;
        sheet.getRow(2).height = 6;
        sheet.getCell('A3').value = 'Name';
        sheet.getCell('A4').value = '{{#each resources}}{{name}}';
        sheet.getCell('B4').value = '{{lastSuccess}}{{/each}}';
        sheet.getCell('B4').numFmt = 'dd/mm/yy';
        sheet.getCell('A4').font = { name: 'Arial', size: 9, italic: true };
        sheet.getCell('C4').fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF445566' } };
        sheet.getCell('A6').value = 'The end';
      },
      { report: two },
    );
    const sheet = firstSheet(made);
    expect(sheet.properties.tabColor?.argb).toBe('FF112233');
    expect(sheet.views).toMatchObject([{ state: 'frozen', xSplit: 2, ySplit: 3, showGridLines: false }]);
    expect(sheet.pageSetup).toMatchObject({ orientation: 'landscape', printTitlesRow: '3:3', paperSize: 5 });
    expect(sheet.headerFooter.oddHeader).toBe('&Cdaily-backup & more');
    expect(sheet.getColumn(2).width).toBe(33);
    expect(sheet.getColumn(3).hidden).toBe(true);
    expect(sheet.getCell('A1').value).toBe('Our report of 2026-11-19');
    expect(sheet.getCell('B1').isMerged).toBe(true);
    expect([1, 2, 3].map((row) => sheet.getRow(row).height)).toEqual([41, 6, undefined]);
    for (const row of [4, 5]) {
      expect(sheet.getCell(row, 2).numFmt).toBe('dd/mm/yy');
      expect(sheet.getCell(row, 1).font).toMatchObject({ name: 'Arial', size: 9, italic: true });
      expect(sheet.getCell(row, 3).fill).toMatchObject({ fgColor: { argb: 'FF445566' } });
    }
    expect(sheet.getCell('A7').value).toBe('The end');
  });

  it('takes conditional formats, filter, merged cells and names over the rows', async () => {
    const made = await renderBy(
      (template) => {
        rowsOf(['Name', 'Outcome'], ['{{#each resources}}{{name}}', '{{outcome}}', 'x'], ['after'])(template);
        const sheet = firstSheet(template);
        sheet.autoFilter = 'A1:B1';
        sheet.mergeCells('C2:D2');
        template.definedNames.add('Own!$A$2:$B$2', 'everything');
        sheet.addConditionalFormatting({
          ref: 'A2:B2',
          rules: [
            {
              type: 'expression',
              formulae: [`$B2="{{t 'outcome.FAILED'}}"`],
              priority: 1,
              style: { font: { bold: true } },
            },
          ],
        });
      },
      { report: two, tag: 'de' },
    );
    const sheet = firstSheet(made);
    const { conditionalFormattings } = sheet as unknown as {
      readonly conditionalFormattings: readonly { ref: string; rules: readonly { formulae: string[] }[] }[];
    };
    expect(conditionalFormattings.map(({ ref }) => ref)).toEqual(['A2:B3']);
    expect(conditionalFormattings[0]?.rules[0]?.formulae).toEqual(['$B2="Fehlgeschlagen"']);
    expect(sheet.getCell('B2').value).toBe('Fehlgeschlagen');
    expect(sheet.autoFilter).toBe('A1:B3');
    expect(sheet.getCell('D3').master.address).toBe('C3');
    expect(made.definedNames.model).toContainEqual({ name: 'everything', ranges: ['Own!$A$2:$B$3'] });
  });

  it('moves the references of formulas with the rows', async () => {
    const made = await renderBy(
      rowsOf(
        [{ formula: 'SUM(B3:B3)' }],
        ['name', 'n', 'twice'],
        ['{{#each resources}}{{name}}', '{{attempts}}', { formula: 'B3*2+$B$2' }],
        ['all', { formula: 'SUM(B3:B3)+COUNTA(Other!B3:B3)&"B3:B3"' }],
      ),
      { report: two },
    );
    const sheet = firstSheet(made);
    expect(sheet.getCell('A1').formula).toBe('SUM(B3:B4)');
    expect(sheet.getCell('C3').formula).toBe('B3*2+$B$2');
    expect(sheet.getCell('C4').formula).toBe('B4*2+$B$2');
    expect(sheet.getCell('B5').formula).toBe('SUM(B3:B4)+COUNTA(Other!B3:B3)&"B3:B3"');
  });

  it('takes the result of a formula from a field, and the names of sheets from messages', async () => {
    const name = '{{t "workbook.tab.resources"}}';
    const made = await renderBy(
      (template) => {
        template.addWorksheet('Own').addRows([
          ['{{#each resources}}{{name}}', { formula: `COUNTIF('${name}'!B:B,A1)+N("{{result attempts}}")` }],
          ['all', { formula: `IF(B1>0,"{{t 'workbook.yes'}}","A1")&T(N("{{result report.plan}}"))` }],
        ]);
        template.addWorksheet(name);
      },
      { report: two },
    );
    expect(firstSheet(made).getCell('B2').value).toEqual({
      formula: "COUNTIF('Resources'!B:B,A2)",
      result: two.resources[1]?.attempts,
    });
    expect(firstSheet(made).getCell('B3').value).toEqual({
      formula: 'IF(B1>0,"yes","A1")',
      result: 'daily-backup',
    });
  });

  it('doubles the quotes of a message in a formula: of text, or of the name of a sheet', async () => {
    const folder = await newFolder();
    await mkdir(join(folder, 'messages', 'en'), { recursive: true });
    await writeFile(join(folder, 'messages', 'en', 'workbook.yaml'), `workbook:\n  'yes': "a ' and \\" b"\n`);
    const template = new ExcelJS.Workbook();
    template.addWorksheet('Own').addRow([{ formula: `'{{t "workbook.yes"}}'!A1&"{{t 'workbook.yes'}}"` }]);
    await template.xlsx.writeFile(join(folder, 'report.xlsx'));
    const made = await renderFrom(folder);
    expect(firstSheet(made).getCell('A1').formula).toBe(`'a '' and " b'!A1&"a ' and "" b"`);
  });

  it('writes mixed text as the language does, and links as formulas', async () => {
    const made = await renderBy(
      rowsOf([
        '{{#each waivers}}{{ticket}} until {{expires}}, {{daysLeft}}',
        '{{link "https://tickets.example.com/browse/" ticket}}',
        '{{reason}}',
      ]),
      { tag: 'de' },
    );
    const [first, , third] = valuesOf(firstSheet(made));
    expect(first?.[0]).toBe('CHG-1234 until 31.12.2026, 42');
    expect(first?.[1]).toEqual({
      formula: 'HYPERLINK("https://tickets.example.com/browse/CHG-1234","CHG-1234")',
      result: 'CHG-1234',
    });
    expect(third?.[1]).toBeUndefined();
    expect(third?.[2]).toBe('=HYPERLINK("https://evil.example")');
  });

  it('keeps hostile names out of links', async () => {
    const report = reportOf(
      Object.values(hostileNames).map((resourceName) => sampleResource({ resourceName })),
    );
    const made = await renderBy(rowsOf(['{{#each resources}}{{link "https://x.example/?" name}}']), {
      report,
    });
    const formulas = valuesOf(firstSheet(made)).map(([cell]) => (cell as { formula?: string }).formula);
    expect(formulas[0]).toBe(
      'HYPERLINK("https://x.example/?%3Cscript%3Ealert(%22name%22)%3C%2Fscript%3E","<script>alert(""name"")</script>")',
    );
    expect(formulas.filter((formula) => formula === undefined)).toHaveLength(1);
  });

  it('has room for a long footer of the settings', async () => {
    const branding = { ...noBranding, footer: '&'.repeat(400) };
    const made = await renderBy(
      (template) => {
        rowsOf(['x'])(template);
        firstSheet(template).headerFooter.oddFooter = '&L{{report.plan}}&C{{report.footer}}&R&P';
      },
      { branding },
    );
    expect(firstSheet(made).headerFooter.oddFooter).toBe(`&Ldaily-backup&C${'&'.repeat(198)}…&R&P`);
  });

  it('can do without jobs', async () => {
    const made = await renderBy(rowsOf(['{{report.verdict}}']));
    expect(firstSheet(made).getCell('A1').value).toBe('NON-COMPLIANT');
  });

  it('goes on in a further sheet with all that stands above the row, and ends with what is below', async () => {
    const report = reportOf(
      Array.from({ length: 5 }, (_, index) => sampleResource({ resourceName: `DB${index}` })),
    );
    const made = await renderBy(rowsOf(['Title'], ['Name'], ['{{#each resources}}{{name}}'], ['End']), {
      report,
      rowLimit: 5,
    });
    expect(made.worksheets.map((sheet) => [sheet.name, ...valuesOf(sheet).flat()])).toEqual([
      ['Own', 'Title', 'Name', 'DB0', 'DB1'],
      ['Own 2', 'Title', 'Name', 'DB2', 'DB3'],
      ['Own 3', 'Title', 'Name', 'DB4', 'End'],
    ]);
  });

  it('shows the logo of the settings, scaled to its cell, and pictures of its own', async () => {
    const pixel =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const drawing =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="40" height="10"/></svg>';
    const logo = { mediaType: 'image/svg+xml', base64: Buffer.from(drawing).toString('base64') };
    const made = await renderBy(
      (template) => {
        rowsOf(['{{logo}}', '{{report.company}}'])(template);
        const image = template.addImage({ base64: pixel, extension: 'png' });
        firstSheet(template).addImage(image, 'C1:D2');
      },
      { branding: { ...noBranding, logo, company: 'ACME & Sons' } },
    );
    const sheet = firstSheet(made);
    expect(sheet.getCell('A1').value).toBeNull();
    expect(sheet.getCell('B1').value).toBe('ACME & Sons');
    const images = sheet.getImages();
    expect(images).toHaveLength(2);
    expect(images.map(({ imageId }) => made.getImage(Number(imageId)).extension)).toEqual(['png', 'png']);
  });
});

/** What a template is said to be wrong with, without its file. */
async function failureOf(make: Parameters<typeof renderBy>[0]): Promise<string> {
  const failure: unknown = await renderBy(make).catch((error: unknown) => error);
  if (!(failure instanceof TemplateFailure)) throw new Error('it has no fault');
  return failure.faults[0].words;
}

describe('errors of a template', () => {
  it.each([
    [
      ['{{#each resources}}{{name}}', 'x', '{{resource.nmae}}'],
      /sheet Own, cell C1: unknown field resource\.nmae; did you mean resource\.name\?; fields are resource\.name, /,
    ],
    [
      ['{{resource.name}}'],
      /cell A1: resource\.name is a field of each row of a list: the row has to begin with \{\{#each exceptions}}/,
    ],
    [
      ['{{#each resorces}}{{name}}'],
      /cell A1: unknown list resorces; did you mean resources\?; lists are exceptions, /,
    ],
    [['x', '{{#each resources}}'], /cell B1: \{\{#each}} belongs at the beginning/],
    [['{{#each resources}}', '{{/each}} x'], /cell B1: \{\{\/each}} belongs at the end/],
    [['{{report.plan'], /cell A1: an expression is not closed/],
    [['{{t "workbook.nothing"}}'], /cell A1: no language has a message workbook\.nothing/],
    [['{{t workbook.title}}'], /cell A1: .*needs the name of a message in quotes/],
    [['{{lower report.plan}}'], /cell A1: \{\{lower report\.plan}} is none of/],
    [[{ formula: '"{{report.plan}}"' }], /cell A1: a formula can hold \{\{t 'message'}} only/],
    [[{ formula: '1+N("{{result report.job}}")' }], /cell A1: unknown field report\.job; /],
    [['{{logo}} x'], /cell A1: \{\{logo}} has to be all that the cell holds/],
  ] as const)('%j', async (row, message) => {
    await expect(renderBy(rowsOf(row))).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringMatching(message),
    });
    await expectGermanOf(await failureOf(rowsOf(row)));
  });

  it('names the file that is no workbook', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'report.xlsx'), 'not a zip');
    const make = backupWorkbook;
    await expect(renderFrom(folder, { make })).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringContaining(
        `template ${join(folder, 'report.xlsx')}: it cannot be read as a workbook`,
      ),
    });
  });

  it.each([
    ['{{t "nothing"}}', /sheet .*no language has a message/],
    ['{{report.inventory}}', /its name would be "observed: resources seen/],
  ])('names a sheet that cannot be: %s', async (name, message) => {
    await expect(renderBy((template) => void template.addWorksheet(name))).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringMatching(message),
    });
    await expectGermanOf(await failureOf((template) => void template.addWorksheet(name)));
  });

  it('tells of two sheets that come to the same name, and of jobs that are listed twice', async () => {
    await expect(renderBy(sameNames)).rejects.toThrow(/sheet Jobs: another sheet has the same name/);
    await expect(renderBy(rowsOf(['{{#each jobs}}{{name}}'], ['{{#each jobs}}{{name}}']))).rejects.toThrow(
      /sheet Own: the jobs can be listed once/,
    );
    await expectGermanOf(await failureOf(sameNames));
  });
});
