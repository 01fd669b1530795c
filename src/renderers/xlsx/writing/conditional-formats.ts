import { elementOf, elementsOf, textOf, xmlElement } from '../package/xml-elements.js';
import type { XmlElement } from '../package/xml-tree.js';
import { type SheetMoves, moveMarkup } from './move-markup.js';

/** Conditional formats of a sheet, mapped to the rows written. */
export interface MappedFormats {
  readonly formats: readonly XmlElement[];
  /** What newer readers need for data bars of the older form: `x14:conditionalFormatting`. */
  readonly bars: readonly XmlElement[];
}

/** Rules about texts and times, and the attribute without which LibreOffice does not know what they ask. */
const wordRules: Readonly<Record<string, string>> = {
  containsText: 'text',
  notContainsText: 'text',
  beginsWith: 'text',
  endsWith: 'text',
  timePeriod: 'timePeriod',
};
const idExtension = '{B025F937-C7B1-47D3-B67F-A62EFF666E3E}';

/**
 * @param formats elements `conditionalFormatting`
 * @param newer the sheet's extensions: which data bars have a newer form there
 * @param sheet number of the sheet, for ids that are the same in each run
 */
export function mapFormats(
  formats: readonly XmlElement[],
  newer: XmlElement | undefined,
  moves: SheetMoves,
  sheet: number,
): MappedFormats {
  const known = barIds(newer);
  const bars: XmlElement[] = [];
  const mapped = formats.flatMap((format) => {
    const moved = moveMarkup(format, moves);
    if (moved === null) return [];
    const rules = elementsOf(moved, 'cfRule').map((rule) => {
      const plain = plainRule(rule);
      const bar = elementOf(plain, 'dataBar');
      if (bar === undefined || known.has(barIdOf(plain))) return plain;
      const id = barId(sheet, bars.length + 1);
      bars.push(newerBar(id, bar, moved.attributes['sqref'] ?? ''));
      return withBarId(plain, bar, id);
    });
    return [{ ...moved, children: rules }];
  });
  return { formats: mapped, bars };
}

/** A rule about texts or times that does not say which, as the formula that it has. */
function plainRule(rule: XmlElement): XmlElement {
  const needed = wordRules[rule.attributes['type'] ?? ''];
  if (needed === undefined || rule.attributes[needed] !== undefined) return rule;
  const { operator: _none, ...attributes } = rule.attributes;
  return { ...rule, attributes: { ...attributes, type: 'expression' } };
}

function barIds(newer: XmlElement | undefined): ReadonlySet<string> {
  const rules = elementsOf(newer, 'ext')
    .flatMap((ext) => elementsOf(ext, 'x14:conditionalFormattings'))
    .flatMap((each) => elementsOf(each, 'x14:conditionalFormatting'))
    .flatMap((each) => elementsOf(each, 'x14:cfRule'));
  return new Set(rules.map(({ attributes }) => attributes['id'] ?? ''));
}

function barIdOf(rule: XmlElement): string {
  const extensions = elementsOf(elementOf(rule, 'extLst'), 'ext');
  return textOf(extensions.map((ext) => elementOf(ext, 'x14:id')).find((id) => id !== undefined));
}

function barId(sheet: number, bar: number): string {
  return `{00000000-0000-4000-8000-${sixDigits(sheet)}${sixDigits(bar)}}`;
}

/** Hexadecimal. */
function sixDigits(value: number): string {
  return value.toString(16).toUpperCase().padStart(6, '0');
}

function withBarId(rule: XmlElement, bar: XmlElement, id: string): XmlElement {
  const reference = xmlElement('ext', { uri: idExtension }, [xmlElement('x14:id', {}, [id])]);
  return { ...rule, children: [bar, xmlElement('extLst', {}, [reference])] };
}

/** A solid bar that ends at its value ([MS-XLSX] 2.6.30); the older form has a gradient and is never empty. */
function newerBar(id: string, bar: XmlElement, ranges: string): XmlElement {
  const ends = elementsOf(bar, 'cfvo').map(({ attributes: { type = 'min', val } }) => {
    const form = type === 'min' ? 'autoMin' : type === 'max' ? 'autoMax' : type;
    return xmlElement('x14:cfvo', { type: form }, val === undefined ? [] : [xmlElement('xm:f', {}, [val])]);
  });
  const data = xmlElement('x14:dataBar', { minLength: '0', maxLength: '100', gradient: '0' }, [
    ...ends,
    xmlElement('x14:negativeFillColor', { rgb: 'FFFF0000' }),
    xmlElement('x14:axisColor', { rgb: 'FF000000' }),
  ]);
  return xmlElement('x14:conditionalFormatting', {}, [
    xmlElement('x14:cfRule', { type: 'dataBar', id }, [data]),
    xmlElement('xm:sqref', {}, [ranges]),
  ]);
}
