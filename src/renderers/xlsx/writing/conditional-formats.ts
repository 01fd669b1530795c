import type ExcelJS from 'exceljs';
import { escapeXml } from '../../../base/escape.js';
import { rangeText } from '../template/cell-range.js';
import type { ConditionalFormat } from '../template/template-model.js';
import { type RowMap, mapFormula, mapRange } from './row-map.js';

/** A rule of any type as exceljs reads and writes it. */
interface Rule {
  readonly type: string;
  readonly priority: number;
  readonly formulae?: readonly string[];
  readonly style?: Partial<ExcelJS.Style>;
  readonly dxfId?: number;
  readonly x14Id?: string;
  readonly cfvo?: readonly Threshold[];
  readonly color?: Partial<ExcelJS.Color>;
}

interface Threshold {
  readonly type: string;
  readonly value?: number;
}

/** Conditional formats of a sheet, mapped to the rows written. */
export interface MappedFormats {
  /** For exceljs. */
  readonly formats: readonly {
    readonly ref: string;
    readonly rules: readonly ExcelJS.ConditionalFormattingRule[];
  }[];
  /** What newer readers need for data bars, written at the end of the sheet; empty if there are none. */
  readonly extension: string;
}

const textRules = new Set(['containsText', 'notContainsText', 'beginsWith', 'endsWith', 'timePeriod']);
const spreadsheet2009 = 'http://schemas.microsoft.com/office/spreadsheetml/2009/9/main';

/**
 * @param sheet number of the sheet, for ids that are the same in each run: exceljs would use random ones
 * @param formatNumber registers a style
 */
export function mapFormats(
  formats: readonly ConditionalFormat[],
  map: RowMap,
  sheet: number,
  formatNumber: (style: Partial<ExcelJS.Style>) => number,
): MappedFormats {
  let bars = 0;
  const extensions: string[] = [];
  const mapped = formats.flatMap(({ ranges, rules }) => {
    const ref = ranges
      .flatMap((range) => mapRange(range, map) ?? [])
      .map(rangeText)
      .join(' ');
    if (ref === '') return [];
    const written = rules.map((each) => {
      const rule = withNumber(plainRule(each as unknown as Rule, map), formatNumber);
      if (rule.type !== 'dataBar') return rule;
      bars += 1;
      const bar: Rule = { ...rule, x14Id: barId(sheet, bars), cfvo: (rule.cfvo ?? []).map(plainThreshold) };
      extensions.push(barExtension(bar, ref));
      return bar;
    });
    return [{ ref, rules: written as unknown as readonly ExcelJS.ConditionalFormattingRule[] }];
  });
  return { formats: mapped, extension: extensionList(extensions) };
}

/** A rule about texts or times as the equivalent formula: LibreOffice does not support the form that exceljs writes. */
function plainRule(rule: Rule, map: RowMap): Rule {
  if (rule.formulae === undefined) return rule;
  const formulae = rule.formulae.map((formula) => mapFormula(formula, map));
  return { ...rule, formulae, type: textRules.has(rule.type) ? 'expression' : rule.type };
}

function withNumber({ style, ...rule }: Rule, formatNumber: (style: Partial<ExcelJS.Style>) => number): Rule {
  return style === undefined ? rule : { ...rule, dxfId: formatNumber(style) };
}

/** Newer thresholds of a bar in terms of the older format. */
function plainThreshold({ type, ...rest }: Threshold): Threshold {
  if (type === 'autoMin') return { type: 'min' };
  return type === 'autoMax' ? { type: 'max' } : { type, ...rest };
}

function barId(sheet: number, bar: number): string {
  return `{00000000-0000-4000-8000-${sixDigits(sheet)}${sixDigits(bar)}}`;
}

/** Hexadecimal. */
function sixDigits(value: number): string {
  return value.toString(16).toUpperCase().padStart(6, '0');
}

/** A solid bar that ends at its value ([MS-XLSX] 2.6.30); the older form has a gradient and is never empty. */
function barExtension({ x14Id, cfvo = [] }: Rule, ref: string): string {
  const ends = cfvo.map(({ type, value }) => {
    const form = type === 'min' ? 'autoMin' : type === 'max' ? 'autoMax' : type;
    return value === undefined
      ? `<x14:cfvo type="${form}"/>`
      : `<x14:cfvo type="${form}"><xm:f>${value}</xm:f></x14:cfvo>`;
  });
  return (
    `<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">` +
    `<x14:cfRule type="dataBar" id="${x14Id}">` +
    `<x14:dataBar minLength="0" maxLength="100" gradient="0">${ends.join('')}` +
    `<x14:negativeFillColor rgb="FFFF0000"/><x14:axisColor rgb="FF000000"/></x14:dataBar></x14:cfRule>` +
    `<xm:sqref>${escapeXml(ref)}</xm:sqref></x14:conditionalFormatting>`
  );
}

function extensionList(extensions: readonly string[]): string {
  if (extensions.length === 0) return '';
  return (
    `<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" xmlns:x14="${spreadsheet2009}">` +
    `<x14:conditionalFormattings>${extensions.join('')}</x14:conditionalFormattings></ext></extLst>`
  );
}
