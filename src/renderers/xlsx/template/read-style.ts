import type ExcelJS from 'exceljs';
import { type StylePart, styleXml } from '../exceljs-library.js';
import { parseXml } from '../package/parse-xml.js';
import { plainXml } from '../package/plain-xml.js';
import { elementXml } from '../package/xml-tree.js';
import type { CellStyle } from './cell-style.js';

/** Reads the styles of a workbook as exceljs has read them. Cells that share one go on sharing it. */
export function createStyleReader(): (style: Partial<ExcelJS.Style> | undefined) => CellStyle {
  const read = new Map<string, CellStyle>();
  return (style = {}) => {
    const key = JSON.stringify(style);
    let found = read.get(key);
    if (found === undefined) read.set(key, (found = cellStyle(style)));
    return found;
  };
}

function cellStyle(style: Partial<ExcelJS.Style>): CellStyle {
  const { numFmt, font, alignment } = style;
  const xmlOf = (part: StylePart): string | null => {
    const model = style[part];
    return model === undefined ? null : plainText(styleXml(part, model));
  };
  return {
    numberFormat: numFmt === undefined || numFmt === '' ? null : numFmt,
    font: xmlOf('font'),
    fill: xmlOf('fill'),
    border: xmlOf('border'),
    alignment: xmlOf('alignment'),
    protection: xmlOf('protection'),
    ...(font?.size === undefined ? {} : { fontSize: font.size }),
    isBold: font?.bold === true,
    isWrapped: alignment?.wrapText === true,
    indent: alignment?.indent ?? 0,
    isRight: alignment?.horizontal === 'right',
    isSeenEmpty: isSeenEmpty(style),
  };
}

/** In the order of the schema, which exceljs does not keep for fonts. */
function plainText(xml: string): string {
  return xml === '' ? '' : elementXml(plainXml(parseXml(xml).root));
}

/** exceljs gives every cell a fill and a border, most of them empty. */
function isSeenEmpty({ fill, border }: Partial<ExcelJS.Style>): boolean {
  const isFilled = fill !== undefined && !(fill.type === 'pattern' && fill.pattern === 'none');
  return isFilled || Object.values(border ?? {}).some((side) => side !== undefined);
}
