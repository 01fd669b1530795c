import { escapeXml } from '../../../base/escape.js';
import { knownFormats } from '../exceljs-library.js';
import { type XmlElement, elementXml } from '../package/xml-tree.js';
import type { CellStyle } from '../template/cell-style.js';

/** Number of the first format that not every program knows. */
const firstOwnFormat = 164;

const head =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<styleSheet xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"' +
  ' xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"' +
  ' xmlns:x16r2="http://schemas.microsoft.com/office/spreadsheetml/2015/02/main"' +
  ' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"' +
  ' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"' +
  ' xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main" mc:Ignorable="x14ac x16r2">';
const usualFont =
  '<font><sz val="11"/><color theme="1"/><name val="Calibri"/><family val="2"/><scheme val="minor"/></font>';
/** The first two are fixed (ECMA-376 part 1, 18.8.20). */
const usualFills = ['none', 'gray125'].map((type) => `<fill><patternFill patternType="${type}"/></fill>`);
const usualBorder = '<border><left/><right/><top/><bottom/><diagonal/></border>';
const plain = 'numFmtId="0" fontId="0" fillId="0" borderId="0"';
const cellStyles = '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>';
const noTableStyles =
  '<tableStyles count="0" defaultTableStyle="TableStyleMedium2" defaultPivotStyle="PivotStyleLight16"/>';
const extensions =
  '<extLst><ext uri="{EB79DEF2-80B8-43e5-95BD-54CBDDF9020C}">' +
  '<x14:slicerStyles defaultSlicerStyle="SlicerStyleLight1"/></ext>' +
  '<ext uri="{9260A510-F301-46a8-8635-F512D64BE5F5}">' +
  '<x15:timelineStyles defaultTimelineStyle="TimeSlicerStyleLight1"/></ext></extLst>';

/** The styles of a workbook: each gets a number when it is first used. Byte for byte as exceljs writes them. */
export class StyleRegister {
  readonly #formats = new Map<string, number>();
  readonly #fonts = new Numbered([usualFont]);
  readonly #fills = new Numbered(usualFills);
  readonly #borders = new Numbered([usualBorder]);
  readonly #styles = new Numbered([`<xf ${plain} xfId="0"/>`]);
  readonly #known = new Map<CellStyle, number>();

  /** 0: the default. */
  numberOf(style: CellStyle): number {
    let number = this.#known.get(style);
    if (number === undefined) this.#known.set(style, (number = this.#styles.numberOf(this.#styleXml(style))));
    return number;
  }

  /** The part that holds them. @param kept what the template has of rules and tables, by its name */
  xml(kept: ReadonlyMap<string, XmlElement>): string {
    const own = (name: string, otherwise: string): string => {
      const element = kept.get(name);
      return element === undefined ? otherwise : elementXml(element);
    };
    return (
      head +
      this.#formatsXml() +
      this.#fonts.xml('fonts', ' x14ac:knownFonts="1"') +
      this.#fills.xml('fills') +
      this.#borders.xml('borders') +
      `<cellStyleXfs count="1"><xf ${plain}/></cellStyleXfs>` +
      this.#styles.xml('cellXfs') +
      cellStyles +
      own('dxfs', '<dxfs count="0"/>') +
      own('tableStyles', noTableStyles) +
      own('colors', '') +
      `${extensions}</styleSheet>`
    );
  }

  #styleXml({ numberFormat, font, fill, border, alignment, protection }: CellStyle): string {
    const format = this.#formatNumber(numberFormat ?? 'General');
    const numbers = {
      font: font === null ? 0 : this.#fonts.numberOf(font),
      border: border === null ? 0 : this.#borders.numberOf(border),
      fill: fill === null ? 0 : this.#fills.numberOf(fill),
    };
    const children = (alignment ?? '') + (protection ?? '');
    return (
      `<xf numFmtId="${format}" fontId="${numbers.font}" fillId="${numbers.fill}" borderId="${numbers.border}" xfId="0"` +
      (format === 0 ? '' : ' applyNumberFormat="1"') +
      (numbers.font === 0 ? '' : ' applyFont="1"') +
      (numbers.fill === 0 ? '' : ' applyFill="1"') +
      (numbers.border === 0 ? '' : ' applyBorder="1"') +
      (alignment === null ? '' : ' applyAlignment="1"') +
      (protection === null ? '' : ' applyProtection="1"') +
      (children === '' ? '/>' : `>${children}</xf>`)
    );
  }

  #formatNumber(code: string): number {
    const found = numberOfKnown().get(code) ?? this.#formats.get(code);
    if (found !== undefined) return found;
    const number = firstOwnFormat + this.#formats.size;
    this.#formats.set(code, number);
    return number;
  }

  #formatsXml(): string {
    if (this.#formats.size === 0) return '';
    const formats = [...this.#formats].map(
      ([code, number]) => `<numFmt numFmtId="${number}" formatCode="${escapeXml(code)}"/>`,
    );
    return `<numFmts count="${formats.length}">${formats.join('')}</numFmts>`;
  }
}

/** Elements of one sort, each once, in the order of their first use. */
class Numbered {
  readonly #numbers = new Map<string, number>();

  constructor(first: readonly string[]) {
    for (const xml of first) this.numberOf(xml);
  }

  numberOf(xml: string): number {
    let number = this.#numbers.get(xml);
    if (number === undefined) this.#numbers.set(xml, (number = this.#numbers.size));
    return number;
  }

  xml(list: string, attributes = ''): string {
    return `<${list} count="${this.#numbers.size}"${attributes}>${[...this.#numbers.keys()].join('')}</${list}>`;
  }
}

let known: ReadonlyMap<string, number> | null = null;

/** Of several numbers of the same format, the last. */
function numberOfKnown(): ReadonlyMap<string, number> {
  known ??= new Map(
    Object.entries(knownFormats()).flatMap(([number, { f: code }]): [string, number][] =>
      code === undefined ? [] : [[code, Number(number)]],
    ),
  );
  return known;
}
