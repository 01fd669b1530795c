import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shareLines } from '../../src/day/artefacts/share-lines.js';
import { openTemplates } from '../../src/renderers/templates/template-files.js';
import { templateFaultText } from '../../src/model/template-fault.js';
import { workbookTemplateWarnings } from '../../src/renderers/xlsx/template/template-warnings.js';
import { listed, withChart, withNotes, withTable } from '../support/hand-made-templates.js';
import { type HandMade, type HandMadeSheet, handMadeWorkbook } from '../support/hand-made-workbook.js';
import { failedResource, reportOf, sampleResource } from '../support/sample-report.js';
import { makeTheme } from '../support/theme.js';
import { workbookHere } from '../support/workbook-here.js';

/* A template as other programs write it, and what of it is in the report: each with parts made by hand. */

let directory: string;
let serial = 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'workbook-kept-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

const two = reportOf([failedResource({ resourceName: 'ORDERS' }), sampleResource()]);

interface Made {
  /** Text of the parts by name. */
  readonly parts: ReadonlyMap<string, string>;
}

async function folderWith(made: HandMade): Promise<string> {
  serial += 1;
  const folder = join(directory, String(serial));
  await mkdir(folder);
  await writeFile(join(folder, 'report.xlsx'), await handMadeWorkbook(made));
  return folder;
}

async function render(made: HandMade, report = two, rowLimit?: number): Promise<Made> {
  const folder = await folderWith(made);
  const { data } = await makeTheme('en', folder);
  const path = join(folder, 'made.xlsx');
  await workbookHere(data, rowLimit).render({ report, lines: shareLines([]) }, path);
  const zip = await JSZip.loadAsync(await readFile(path));
  const entries = Object.values(zip.files).filter(({ dir }) => !dir);
  const texts = await Promise.all(
    entries.map(async (entry) => [entry.name, await entry.async('string')] as const),
  );
  return { parts: new Map(texts) };
}

async function sheetOf(sheet: Partial<HandMadeSheet>, others: Partial<HandMade> = {}): Promise<string> {
  const { parts } = await render({ ...others, sheets: [{ ...listed, ...sheet }, ...(others.sheets ?? [])] });
  return parts.get('xl/worksheets/sheet1.xml') ?? '';
}

describe('a template as another program writes it', () => {
  it.each([
    ['<sheetPr><pageSetUpPr fitToPage="true"/></sheetPr>', '<pageSetUpPr fitToPage="1"/>'],
    ['<sheetPr><outlinePr summaryBelow="false"/></sheetPr>', '<outlinePr summaryBelow="0"/>'],
    [
      '<sheetPr><pageSetUpPr fitToPage="1"/><outlinePr summaryBelow="0"/></sheetPr>',
      '<sheetPr><outlinePr summaryBelow="0"/><pageSetUpPr fitToPage="1"/></sheetPr>',
    ],
    [
      '<sheetViews><sheetView showGridLines="false" rightToLeft="true" workbookViewId="0"/></sheetViews>',
      '<sheetView showGridLines="0" rightToLeft="1" workbookViewId="0"/>',
    ],
    [
      '<sheetFormatPr defaultRowHeight="12.8" zeroHeight="false"/>',
      '<sheetFormatPr defaultRowHeight="15" zeroHeight="0"/>',
    ],
    [
      '<sheetFormatPr defaultRowHeight="24" outlineLevelCol="1"/><cols><col min="2" max="3" width="12" hidden="true" outlineLevel="1"/><col min="4" max="4" width="9" collapsed="true"/></cols>',
      '<col min="2" max="3" width="12" hidden="1" outlineLevel="1" customWidth="1"/><col min="4" max="4" width="9" collapsed="1" customWidth="1"/>',
    ],
  ])('before its cells: %s', async (before, expected) => {
    expect(await sheetOf({ before })).toContain(expected);
  });

  it.each([
    [
      '<pageSetup paperSize="9" fitToHeight="0" orientation="landscape" useFirstPageNumber="false" blackAndWhite="true"/>',
      '<pageSetup paperSize="9" fitToHeight="0" orientation="landscape" useFirstPageNumber="0" blackAndWhite="1"/>',
    ],
    [
      '<printOptions horizontalCentered="true" gridLines="false"/>',
      '<printOptions horizontalCentered="1" gridLines="0"/>',
    ],
    [
      '<sheetProtection sheet="true" objects="false" password="CC1A"/>',
      '<sheetProtection sheet="1" objects="0" password="CC1A"/>',
    ],
    [
      '<headerFooter differentFirst="true"><oddFooter>&amp;C{{report.plan}}</oddFooter><oddHeader>&amp;L{{day.date}} true</oddHeader></headerFooter>',
      '<headerFooter differentFirst="1"><oddHeader>&amp;L2026-11-19 true</oddHeader><oddFooter>&amp;Cdaily-backup</oddFooter></headerFooter>',
    ],
    [
      '<dataValidations count="1"><dataValidation type="list" allowBlank="true" promptTitle="true" sqref="B2"><formula1>"yes,{{t \'outcome.FAILED\'}}"</formula1></dataValidation></dataValidations>',
      '<dataValidations count="1"><dataValidation type="list" allowBlank="1" promptTitle="true" sqref="B2:B3"><formula1>&quot;yes,Failed&quot;</formula1></dataValidation></dataValidations>',
    ],
    [
      '<conditionalFormatting sqref="A2:B2"><cfRule type="expression" priority="3" stopIfTrue="true"><formula>$B2="x"</formula></cfRule></conditionalFormatting>',
      '<conditionalFormatting sqref="A2:B3"><cfRule type="expression" priority="3" stopIfTrue="1"><formula>$B2=&quot;x&quot;</formula></cfRule></conditionalFormatting>',
    ],
    [
      '<conditionalFormatting sqref="A2"><cfRule type="containsText" priority="1" operator="containsText" text="{{t \'outcome.FAILED\'}}"><formula>NOT(ISERROR(SEARCH("x",A2)))</formula></cfRule></conditionalFormatting>',
      'type="containsText" priority="1" operator="containsText" text="Failed"',
    ],
    [
      '<protectedRanges><protectedRange sqref="B2" name="free"/></protectedRanges>',
      '<protectedRange sqref="B2:B3" name="free"/>',
    ],
    [
      '<rowBreaks count="1" manualBreakCount="1"><brk id="2" max="16383" man="true"/></rowBreaks><colBreaks count="1" manualBreakCount="1"><brk id="1" man="1"/></colBreaks>',
      '<rowBreaks count="1" manualBreakCount="1"><brk id="3" max="16383" man="1"/></rowBreaks><colBreaks count="1" manualBreakCount="1"><brk id="1" man="1"/></colBreaks>',
    ],
    [
      '<hyperlinks><hyperlink ref="A3" location="Own!B2" tooltip="true"/></hyperlinks>',
      `<hyperlink ref="A4" tooltip="true" location="&apos;Own&apos;!B2"/>`,
    ],
    [
      '<ignoredErrors><ignoredError sqref="B2" numberStoredAsText="true"/></ignoredErrors>',
      '<ignoredError sqref="B2:B3" numberStoredAsText="1"/>',
    ],
    [
      '<extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:sparklineGroups xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:sparklineGroup><x14:sparklines><x14:sparkline><xm:f>Own!A2:B2</xm:f><xm:sqref>C2</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst>',
      '<x14:sparkline><xm:f>&apos;Own&apos;!A2:B2</xm:f><xm:sqref>C2</xm:sqref></x14:sparkline><x14:sparkline><xm:f>&apos;Own&apos;!A3:B3</xm:f><xm:sqref>C3</xm:sqref></x14:sparkline>',
    ],
  ])('after its cells: %s', async (after, expected) => {
    expect(await sheetOf({ after })).toContain(expected);
  });

  it('has rows that are hidden or in a group, without places, and text in a section', async () => {
    const xml =
      '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row hidden="true"><x:c t="inlineStr"><x:is><x:t>' +
      '<![CDATA[a < b]]></x:t></x:is></x:c><x:c t="b"><x:v>false</x:v></x:c></x:row>' +
      '<x:row outlineLevel="2"><x:c><x:v>4</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    const sheet = await sheetOf({ xml });
    expect(sheet).toMatch(/<row r="1" hidden="1" .*?<v>a &lt; b<\/v>.*?<c r="B1"[^>]* t="b"><v>0<\/v>/);
    expect(sheet).toMatch(/<row r="2" outlineLevel="2" .*?<c r="A2"[^>]*><v>4<\/v>/);
  });

  it('is strict Open XML, and has backslashes in its zip', async () => {
    const strict = 'http://purl.oclc.org/ooxml';
    const xml =
      `<worksheet xmlns="${strict}/spreadsheetml/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>` +
      '{{report.plan}}</t></is></c></row></sheetData></worksheet>';
    const { parts } = await render({
      sheets: [{ name: 'Own', xml }],
      rename: (name) => (name.startsWith('xl/worksheets/') ? name.replaceAll('/', '\\') : name),
    });
    expect(parts.get('xl/worksheets/sheet1.xml')).toContain('<v>daily-backup</v>');
  });
});

describe('charts of a template', () => {
  it('show all rows written, and follow the rows above', async () => {
    const { parts } = await render(withChart);
    const found = parts.get('xl/charts/chart1.xml') ?? '';
    const formulas = [...found.matchAll(/<c:f>(.*?)<\/c:f>/g)].map(([, formula]) =>
      formula?.replaceAll('&apos;', "'"),
    );
    expect(formulas).toEqual(["'Own'!$A$2", "'Own'!$A$2:$A$3", "'Own'!$B$2:$B$3"]);
    expect(found).not.toContain('strCache');
    const drawn = parts.get('xl/drawings/drawing1.xml') ?? '';
    expect([...drawn.matchAll(/<xdr:row>(\d+)</g)].map(([, row]) => row)).toEqual(['3', '10']);
    expect(drawn).toContain('name="Chart of daily-backup"');
  });

  it('show nothing where a list is empty', async () => {
    const { parts } = await render(withChart, reportOf([]));
    expect(parts.get('xl/charts/chart1.xml')).toContain('&apos;Own&apos;!$B$1048576</c:f>');
  });

  it('show the rows of their own part where a table goes on in a further sheet', async () => {
    const sheets = [{ ...withChart.sheets[0], rows: [['Name', 'State'], ['{{#each resources}}{{name}}']] }];
    const { parts } = await render({ ...withChart, sheets }, two, 2);
    expect(parts.get('xl/charts/chart1.xml')).toContain('&apos;Own&apos;!$B$2<');
    expect(parts.get('xl/charts/chart2.xml')).toContain('&apos;Own 2&apos;!$B$2<');
  });
});

describe('notes and tables of a template', () => {
  it('notes are at the cells where they were, each with its box', async () => {
    const { parts } = await render(withNotes);
    const written = parts.get('xl/comments1.xml') ?? '';
    expect(written).toContain('<comment ref="A1" authorId="0"><text><t>of daily-backup</t>');
    expect(written).toContain('<comment ref="A4" authorId="0">');
    const drawn = parts.get('xl/drawings/vmlDrawing1.vml') ?? '';
    expect(drawn).toMatch(/width:200pt;height:37.5pt;[^>]*visibility:hidden" fillcolor="#ccffcc"/);
    expect(drawn).toContain('<x:Row>3</x:Row><x:Column>0</x:Column>');
    expect(parts.get('xl/worksheets/sheet1.xml')).toContain('<legacyDrawing r:id="rId2"/>');
  });

  it('a table has the rows written and the names of its headers', async () => {
    const { parts } = await render(withTable);
    expect(parts.get('xl/tables/table1.xml')).toContain(
      'id="1" name="Own" displayName="Own" ref="A1:B3" totalsRowShown="0"><autoFilter ref="A1:B3"/>' +
        '<tableColumns count="2"><tableColumn id="1" name="Resource"/><tableColumn id="2" name="State"/>',
    );
  });

  it('a table whose list is empty has an empty row', async () => {
    const { parts } = await render(withTable, reportOf([]));
    expect(parts.get('xl/tables/table1.xml')).toContain('ref="A1:B2"');
  });

  it('a table that goes on in a further sheet has a name of its own there', async () => {
    const { parts } = await render(withTable, two, 2);
    expect(parts.get('xl/tables/table2.xml')).toContain(
      'id="2" name="Own_2" displayName="Own_2" ref="A1:B2"',
    );
  });
});

describe('names of a template', () => {
  it.each([
    ['<definedName name="rate">0.25</definedName>', '<definedName name="rate">0.25</definedName>'],
    [
      '<definedName name="names">Own!$A$2</definedName>',
      '<definedName name="names">&apos;Own&apos;!$A$2:$A$3</definedName>',
    ],
    [
      '<definedName name="all">SUM(Own!$B$2:$B$2,"Own!A2")</definedName>',
      'SUM(&apos;Own&apos;!$B$2:$B$3,&quot;Own!A2&quot;)',
    ],
    [
      '<definedName name="_xlnm.Print_Area" localSheetId="0">Own!$A$1:$B$3</definedName>',
      '<definedName name="_xlnm.Print_Area" localSheetId="0">&apos;Own&apos;!$A$1:$B$4</definedName>',
    ],
    [
      '<definedName name="_xlnm.Print_Titles" localSheetId="0">Own!$A:$B,Own!$1:$1</definedName>',
      '&apos;Own&apos;!$A:$B,&apos;Own&apos;!$1:$1',
    ],
    [
      '<definedName name="secret" hidden="true">Own!$A$1</definedName>',
      '<definedName name="secret" hidden="1">',
    ],
  ])('%s', async (written, expected) => {
    const { parts } = await render({
      sheets: [listed],
      workbook: `<definedNames>${written}</definedNames>`,
    });
    expect(parts.get('xl/workbook.xml')).toContain(expected);
  });

  it('the structure of a workbook stays protected', async () => {
    const { parts } = await render({
      sheets: [listed],
      workbook: '<workbookProtection lockStructure="true"/>',
    });
    expect(parts.get('xl/workbook.xml')).toMatch(/<workbookProtection lockStructure="1"\/><sheets>/);
  });
});

async function warnings(made: HandMade): Promise<readonly string[]> {
  const folder = await folderWith(made);
  const found = await workbookTemplateWarnings(openTemplates([folder]));
  return found.map((each) => templateFaultText(each).replace('report.xlsx', ''));
}

describe('what cannot be kept', () => {
  it.each([
    ['pivotTable', 'pivot tables'],
    ['http://schemas.microsoft.com/office/2007/relationships/slicer', 'slicers'],
    [
      'http://schemas.microsoft.com/office/2017/10/relationships/threadedComment',
      'replies to comments: the comments are kept as notes',
    ],
    ['control', 'ActiveX controls'],
    ['oleObject', 'embedded objects'],
  ])('a part of a sheet: %s', async (kind, what) => {
    const relations = [
      [kind, '../some/part1.xml'],
      [kind, '../some/part2.xml'],
    ] as const;
    expect(await warnings({ sheets: [{ ...listed, relations }] })).toEqual([
      `, sheet Own: reports do not have its ${what}`,
    ]);
    await expect(render({ sheets: [{ ...listed, relations }] })).resolves.toBeDefined();
  });

  it.each([
    ['<scenarios><scenario name="a"/></scenarios>', 'scenarios'],
    [
      '<autoFilter ref="A1:B1"><filterColumn colId="0"><filters><filter val="x"/></filters></filterColumn></autoFilter>',
      'criteria of a filter: the filter is kept without them',
    ],
    [
      '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"/>',
      'form controls',
    ],
    [
      '<extLst><ext uri="{A8765BA9-456A-4dab-B4F3-ACF838C121DE}"><x14:slicerList xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"/></ext></extLst>',
      'slicers',
    ],
  ])('an element of a sheet: %s', async (after, what) => {
    expect(await warnings({ sheets: [{ ...listed, after }] })).toEqual([
      `, sheet Own: reports do not have its ${what}`,
    ]);
  });

  it.each([
    [
      '<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r></is></c>',
      'formatting of parts of a text: the cell has one format',
    ],
    [
      '<c r="A1"><f t="array" ref="A1:A2">B1:B2</f><v>1</v></c>',
      'array formulas: they are kept as formulas of one cell',
    ],
  ])('something in a cell: %s', async (cell, what) => {
    const xml =
      '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">' +
      `${cell}</row></sheetData></worksheet>`;
    expect(await warnings({ sheets: [{ name: 'Own', xml }] })).toEqual([
      `, sheet Own: reports do not have its ${what}`,
    ]);
  });

  it('parts of the workbook', async () => {
    const found = await warnings({
      sheets: [listed],
      relations: [
        ['http://schemas.microsoft.com/office/2006/relationships/vbaProject', 'vbaProject.bin'],
        ['externalLink', 'externalLinks/externalLink1.xml'],
      ],
    });
    expect(found).toEqual([
      ': reports do not have its macros (VBA)',
      ': reports do not have its links to other workbooks',
    ]);
  });

  it('nothing is said of a template of which all is kept', async () => {
    expect(await warnings(withChart)).toEqual([]);
  });
});
