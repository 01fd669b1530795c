import { createRequire } from 'node:module';
import type ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { elementsOf } from '../../src/renderers/xlsx/package/xml-elements.js';
import { parseXml } from '../../src/renderers/xlsx/package/parse-xml.js';
import { plainXml } from '../../src/renderers/xlsx/package/plain-xml.js';
import { documentXml } from '../../src/renderers/xlsx/package/xml-tree.js';
import { createStyleReader } from '../../src/renderers/xlsx/template/read-style.js';
import { StyleRegister } from '../../src/renderers/xlsx/writing/style-register.js';

interface Register {
  addStyleModel(style: Partial<ExcelJS.Style>): number;
  readonly xml: string;
}

/** What exceljs' writer numbers and writes styles with. */
function exceljsRegister(): Register {
  const Styles = createRequire(import.meta.url)('exceljs/lib/xlsx/xform/style/styles-xform.js') as {
    new (initialise: boolean): Register;
  };
  return new Styles(true);
}

const solid = (argb: string): ExcelJS.Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } });

const styles: readonly Partial<ExcelJS.Style>[] = [
  {},
  { numFmt: 'General', font: { size: 11, color: { theme: 1 }, name: 'Calibri', family: 2, scheme: 'minor' } },
  { numFmt: '#,##0' },
  { numFmt: 'yyyy-mm-dd "<&>"' },
  {
    numFmt: 'yyyy-mm-dd hh:mm:ss',
    font: { bold: true, italic: true, underline: true, size: 9, name: 'Arial' },
  },
  { font: { strike: true, color: { argb: 'FF24425F' }, vertAlign: 'superscript' }, fill: solid('FF24425F') },
  {
    border: { bottom: { style: 'thin', color: { argb: 'FF4A5561' } } },
    fill: { type: 'pattern', pattern: 'none' },
  },
  { alignment: { vertical: 'top', wrapText: true, indent: 1, horizontal: 'right' }, fill: solid('FFFFFFFF') },
  { alignment: {}, protection: { locked: false } },
  { protection: { hidden: true }, numFmt: 'yyyy-mm-dd "<&>"' },
  { numFmt: '#,##0' },
];

describe('the styles of a workbook', () => {
  it('have the numbers and the bytes of exceljs, in the order of the schema', () => {
    const theirs = exceljsRegister();
    const ours = new StyleRegister();
    const styleOf = createStyleReader();
    expect(styles.map((style) => ours.numberOf(styleOf(style)))).toEqual(
      styles.map((style) => theirs.addStyleModel(style)),
    );
    const { root, namespaces } = parseXml(theirs.xml);
    expect(ours.xml(new Map())).toBe(documentXml({ root: plainXml(root), namespaces }));
  });

  it('of rules and tables are those of the template, its colours after them', () => {
    const { root } = parseXml('<a><dxfs count="1"/><tableStyles count="2"/><colors/></a>');
    const kept = new Map(elementsOf(root).map((element) => [element.name, element]));
    expect(new StyleRegister().xml(kept)).toContain(
      '</cellStyles><dxfs count="1"/><tableStyles count="2"/><colors/><extLst>',
    );
  });
});
