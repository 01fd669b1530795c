import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { escapeXml } from '../../src/base/escape.js';
import { packageRoot } from '../../src/package-root.js';
import { openTemplates } from '../../src/renderers/templates/template-files.js';
import { workbookTemplateWarnings } from '../../src/renderers/xlsx/template/template-warnings.js';
import { noJobs } from '../support/job-lines.js';
import { sampleReport } from '../support/sample-report.js';
import { englishTheme, makeTheme } from '../support/theme.js';
import { workbookFaults } from '../support/workbook-faults.js';
import { workbookHere } from '../support/workbook-here.js';
import { describeReader, office, python } from '../support/workbook-readers.js';

/*
 * The template as somebody edits it in another program, and the report by it: what was put in is there, over the rows
 * written. openpyxl, which shares no code with us, tells.
 */

const run = promisify(execFile);
const shipped = fileURLToPath(new URL('templates/report.xlsx', packageRoot));

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'workbook-round-trip-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

async function renderBy(folder: string | null): Promise<string> {
  const path = join(folder ?? directory, 'made.xlsx');
  const theme = folder === null ? englishTheme : await makeTheme('en', folder);
  await workbookHere(theme.data).render({ report: sampleReport(), lines: noJobs }, path);
  return path;
}

async function newFolder(name: string): Promise<string> {
  const folder = join(directory, name);
  await mkdir(folder);
  return folder;
}

/** What openpyxl finds on each sheet, and the names of the workbook. */
const teller = `
import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
ranges = lambda chart: [str(s.val.numRef.f) for s in chart.series]
def tell(s):
  return {
    'charts': [ranges(c) for c in s._charts],
    'pictures': len(s._images),
    'area': s.print_area,
    'titles': s.print_title_rows,
    'protected': s.protection.sheet,
    'validations': [[str(d.sqref), d.formula1, d.prompt] for d in s.data_validations.dataValidation],
    'notes': [[c.coordinate, c.comment.text] for r in s.iter_rows() for c in r if c.comment],
    'tables': [[t.name, t.ref, [c.name for c in t.tableColumns]] for t in s.tables.values()],
    'fit': [s.sheet_properties.pageSetUpPr.fitToPage, s.page_setup.fitToWidth, s.page_setup.orientation],
    'formulas': [[c.coordinate, c.value] for r in s.iter_rows() for c in r if c.data_type == 'f' and s.title != 'Summary'],
    'frozen': s.freeze_panes,
  }
names = [[n.name, n.attr_text] for n in book.defined_names.definedName] if hasattr(book.defined_names, 'definedName') else [[n, d.attr_text] for n, d in book.defined_names.items()]
print(json.dumps({'sheets': {s.title: tell(s) for s in book}, 'names': names, 'size': book['Resources']['A1'].font.sz}))
`;

interface Told {
  readonly sheets: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly names: readonly (readonly [string, string])[];
  readonly size: number;
}

async function toldOf(path: string): Promise<Told> {
  const { stdout } = await run(python ?? '', ['-W', 'ignore', '-c', teller, path], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout);
}

/** Of a list of the sample's 13 resources from row 2. */
const lastRow = 14;

const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** What a person adds with openpyxl. */
const editor = `
import sys, openpyxl
from openpyxl.chart import LineChart, BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.formatting.rule import FormulaRule
book = openpyxl.load_workbook(sys.argv[1])
sheet = lambda tab: book['{{t "workbook.tab.%s"}}' % tab]
def define(name, text):
  if hasattr(book.defined_names, 'append'): book.defined_names.append(DefinedName(name, attr_text=text))
  else: book.defined_names[name] = DefinedName(name, attr_text=text)
chart = LineChart()
chart.title = 'Failures of {{report.plan}}'
chart.add_data(Reference(sheet('trend'), min_col=10, min_row=1, max_row=2), titles_from_data=True)
sheet('summary').add_chart(chart, 'G3')
bars = BarChart()
bars.add_data(Reference(sheet('trend'), min_col=6, min_row=2, max_row=2))
sheet('trend').add_chart(bars, 'A24')
try:
  from openpyxl.drawing.image import Image
  sheet('summary').add_image(Image(sys.argv[3]), 'G25')
except ImportError:
  pass
sheet('resources')['A1'].comment = Comment('Ask the DBA of {{report.plan}}', 'Auditor', height=80, width=200)
state = DataValidation(type='list', formula1='"open,closed"', allow_blank=True)
state.prompt = 'Choose one'
sheet('resources').add_data_validation(state)
state.add('D2:D2')
define('limit', '0.25')
define('states', "'%s'!$D$2:$D$2" % sheet('resources').title)
sheet('exceptions').print_area = 'A1:P2'
sheet('resources').protection.sheet = True
own = book.create_sheet('Ages')
own.append(['Type', 'Points'])
own.append(['{{#each resources}}{{resource.type}}', '{{resource.points}}'])
table = Table(displayName='Ages', ref='A1:B2')
table.tableStyleInfo = TableStyleInfo(name='TableStyleMedium9', showRowStripes=True)
own.add_table(table)
own['D1'] = '=SUM(B2:B2)'
own.conditional_formatting.add('B2', FormulaRule(formula=['$B2=0'], stopIfTrue=True))
own.page_setup.orientation = 'landscape'
own.page_setup.fitToWidth = 1
own.page_setup.fitToHeight = 0
own.sheet_properties.pageSetUpPr.fitToPage = True
own.print_title_rows = '1:1'
own.freeze_panes = 'B2'
book.save(sys.argv[2])
`;

describeReader('openpyxl', python, (command) => {
  let told: Told;
  let folder: string;

  beforeAll(async () => {
    folder = await newFolder('openpyxl');
    const picture = join(directory, 'pixel.png');
    await writeFile(picture, Buffer.from(pixel, 'base64'));
    await run(command, ['-W', 'ignore', '-c', editor, shipped, join(folder, 'report.xlsx'), picture]);
    told = await toldOf(await renderBy(folder));
  });

  it('edits the template: charts show every day, and follow the rows', () => {
    expect(told.sheets['Summary']?.['charts']).toEqual([["'Trend'!$J$2:$J$15"]]);
    expect(told.sheets['Trend']?.['charts']).toContainEqual(["'Trend'!$F$2:$F$15"]);
  });

  it.each([
    ['Resources', 'notes', [['A1', 'Ask the DBA of daily-backup']]],
    ['Resources', 'validations', [[`D2:D${lastRow}`, '"open,closed"', 'Choose one']]],
    ['Resources', 'protected', true],
    ['Resources', 'frozen', 'B2'],
    ['Exceptions', 'area', ['$A$1:$P$6']],
    ['Exceptions', 'titles', '$1:$1'],
    ['Ages', 'tables', [['Ages', `A1:B${lastRow}`, ['Type', 'Points']]]],
    ['Ages', 'formulas', [['D1', `=SUM(B2:B${lastRow})`]]],
    ['Ages', 'fit', [true, 1, 'landscape']],
    ['Ages', 'frozen', 'B2'],
  ])('edits the template: %s has its %s', (sheet, what, expected) => {
    expect(told.sheets[sheet]?.[what]).toEqual(expected);
  });

  it('edits the template: the page setup of every sheet that ships is as it was', async () => {
    const before = await toldOf(await renderBy(null));
    for (const [name, { fit, titles, frozen }] of Object.entries(before.sheets))
      expect(told.sheets[name]).toMatchObject({ fit, titles, frozen });
  });

  it('edits the template: names are there', () => {
    expect(told.names).toEqual([
      ['limit', '0.25'],
      ['states', `'Resources'!$D$2:$D$${lastRow}`],
    ]);
  });

  it("edits the template: Microsoft's checker finds nothing, and nothing is left out", async () => {
    expect(await workbookFaults(join(folder, 'made.xlsx'))).toEqual([]);
    expect(await workbookTemplateWarnings(openTemplates([folder]))).toEqual([]);
  });
});

/** What a person does in LibreOffice, as a macro in Basic; an error goes into a file. */
const macro = `
Sub Main(source As String, target As String)
  On Error GoTo Failed
  Dim document, sheet, cell, range, rule
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim saved(0) As New com.sun.star.beans.PropertyValue
  Dim data(0) As New com.sun.star.table.CellRangeAddress
  Dim areas(0) As New com.sun.star.table.CellRangeAddress
  Dim place As New com.sun.star.awt.Rectangle
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
  sheet = document.Sheets.getByName("{{t ""workbook.tab.resources""}}")
  cell = sheet.getCellRangeByName("A1")
  cell.CharHeight = 14
  sheet.Annotations.insertNew(cell.CellAddress, "Ask the DBA of {{report.plan}}")
  range = sheet.getCellRangeByName("D2:D2")
  rule = range.Validation
  rule.Type = com.sun.star.sheet.ValidationType.LIST
  rule.setFormula1("""open"";""closed""")
  rule.ShowInputMessage = True
  rule.InputMessage = "Choose one"
  range.Validation = rule
  sheet.protect("secret")
  sheet = document.Sheets.getByName("{{t ""workbook.tab.trend""}}")
  place.X = 1000
  place.Y = 12000
  place.Width = 12000
  place.Height = 7000
  data(0) = sheet.getCellRangeByName("J2:J2").RangeAddress
  sheet.Charts.addNewByName("Failures", place, data(), False, False)
  document.NamedRanges.addNewByName("failures", "$'{{t ""workbook.tab.trend""}}'.$J$2:$J$2", cell.CellAddress, 0)
  sheet = document.Sheets.getByName("{{t ""workbook.tab.exceptions""}}")
  areas(0) = sheet.getCellRangeByName("A1:P2").RangeAddress
  sheet.setPrintAreas(areas())
  document.Sheets.insertNewByName("Ages", document.Sheets.Count)
  sheet = document.Sheets.getByName("Ages")
  sheet.getCellRangeByName("A1").String = "Type"
  sheet.getCellRangeByName("A2").String = "{{#each resources}}{{resource.type}}"
  sheet.getCellRangeByName("B2").String = "{{resource.points}}"
  sheet.getCellRangeByName("D1").Formula = "=SUM(B2:B2)"
  saved(0).Name = "FilterName"
  saved(0).Value = "Calc MS Excel 2007 XML"
  document.storeToURL(ConvertToURL(target), saved())
  document.close(True)
  StarDesktop.terminate()
  Exit Sub
Failed:
  Dim n As Integer
  n = FreeFile
  Open target & ".error" For Output As #n
  Print #n, Erl & ": " & Error$
  Close #n
  StarDesktop.terminate()
End Sub
`;

const doctype = (root: string, file: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE ${root} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "${file}">\n`;

describeReader('LibreOffice', office, (command) => {
  let told: Told;
  let folder: string;

  beforeAll(async () => {
    folder = await newFolder('libreoffice');
    // The profile has to be there before the macro is put into it.
    await pagesOf(await renderBy(null));
    const basic = join(directory, 'profile', 'user', 'basic', 'Standard');
    await mkdir(basic, { recursive: true });
    const listed = '<library:element library:name="Edit"/>';
    await writeFile(
      join(basic, 'script.xlb'),
      `${doctype('library:library', 'library.dtd')}<library:library xmlns:library="http://openoffice.org/2000/library" ` +
        `library:name="Standard" library:readonly="false" library:passwordprotected="false">${listed}</library:library>`,
    );
    await writeFile(
      join(basic, 'Edit.xba'),
      `${doctype('script:module', 'module.dtd')}<script:module xmlns:script="http://openoffice.org/2000/script" ` +
        `script:name="Edit" script:language="StarBasic">${escapeXml(macro)}</script:module>`,
    );
    const source = join(folder, 'source.xlsx');
    const target = join(folder, 'report.xlsx');
    await copyFile(shipped, source);
    await runOffice(`macro:///Standard.Edit.Main("${source}","${target}")`);
    const failed = await readFile(`${target}.error`, 'utf8').catch(() => null);
    if (failed !== null) throw new Error(`line ${failed}`);
    await renderBy(folder);
  });

  async function runOffice(...more: readonly string[]): Promise<void> {
    const profile = `-env:UserInstallation=${pathToFileURL(join(directory, 'profile')).href}`;
    await run(command, [profile, '--headless', ...more], { timeout: 600_000 });
  }

  /** How many pages a workbook is printed on. */
  async function pagesOf(path: string): Promise<number> {
    await runOffice('--convert-to', 'pdf', '--outdir', directory, path);
    const pdf = await readFile(join(directory, 'made.pdf'), 'latin1');
    return [...pdf.matchAll(/\/Type\s*\/Page\b/g)].length;
  }

  it("edits the template: Microsoft's checker finds nothing, and nothing is left out", async () => {
    expect(await workbookFaults(join(folder, 'made.xlsx'))).toEqual([]);
    expect(await workbookTemplateWarnings(openTemplates([folder]))).toEqual([]);
  });

  it('prints a report by it on as many pages as one by the template that ships, and one for the new sheet', async () => {
    const before = await pagesOf(await renderBy(null));
    expect(await pagesOf(join(folder, 'made.xlsx'))).toBe(before + 1);
  });

  it.runIf(python !== null)(
    'edits the template: charts, note, validation, protection, names are there',
    async () => {
      told = await toldOf(join(folder, 'made.xlsx'));
      const { Resources, Trend, Exceptions, Ages } = told.sheets;
      expect(Trend?.['charts']).toHaveLength(3);
      expect(Trend?.['charts']).toContainEqual(["'Trend'!$J$2:$J$15"]);
      expect(Resources?.['notes']).toEqual([['A1', 'Ask the DBA of daily-backup']]);
      expect(Resources?.['validations']).toEqual([[`D2:D${lastRow}`, '"open,closed"', 'Choose one']]);
      expect(Resources?.['protected']).toBe(true);
      expect(Resources?.['fit']).toEqual((await toldOf(await renderBy(null))).sheets['Resources']?.['fit']);
      expect(Exceptions?.['area']).toEqual(['$A$1:$P$6']);
      expect(Ages?.['formulas']).toEqual([['D1', `=SUM(B2:B${lastRow})`]]);
      expect(told.names).toEqual([['failures', "'Trend'!$J$2:$J$15"]]);
      expect(told.size).toBe(14);
    },
  );
});
