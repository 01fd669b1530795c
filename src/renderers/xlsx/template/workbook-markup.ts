import { elementOf, elementsOf, textOf } from '../package/xml-elements.js';
import { type XmlDocument, type XmlElement, elementXml } from '../package/xml-tree.js';
import type { OpenedTemplate } from './opened-template.js';

/** A defined name: of a range, a constant or a formula. */
export interface TemplateName {
  readonly name: string;
  /** Name of the sheet that it belongs to, in the template; null: the whole workbook. */
  readonly sheet: string | null;
  /** With the names that sheets have in the template. */
  readonly formula: string;
  readonly isHidden: boolean;
}

/** What is kept of a workbook beside its sheets. */
export interface WorkbookMarkup {
  readonly names: readonly TemplateName[];
  /** XML of the protection of its structure; empty: it is not protected. */
  readonly protection: string;
  /** Styles that exceljs does not know, by name: of rules, of tables, and colours. */
  readonly styles: ReadonlyMap<string, XmlElement>;
}

export function workbookMarkup({ workbook, styles, sheets }: OpenedTemplate): WorkbookMarkup {
  const protection = elementOf(workbook, 'workbookProtection');
  return {
    names: elementsOf(elementOf(workbook, 'definedNames'), 'definedName').flatMap((each) =>
      nameOf(each, sheets),
    ),
    protection: protection === undefined ? '' : elementXml(protection),
    styles: keptStyles(styles),
  };
}

function nameOf(element: XmlElement, sheets: OpenedTemplate['sheets']): readonly TemplateName[] {
  const { name = '', localSheetId, hidden, function: isFunction } = element.attributes;
  const formula = textOf(element).trim();
  // What refers to a deleted cell, or calls a macro, has nothing to be kept for.
  if (name === '' || formula === '' || formula.includes('#REF!') || isFunction === '1') return [];
  // Programs make it for a filter, as we do.
  if (name === '_xlnm._FilterDatabase') return [];
  const sheet = localSheetId === undefined ? undefined : sheets[Number(localSheetId)];
  if (localSheetId !== undefined && (sheet === undefined || sheet.opened === null)) return [];
  return [{ name, sheet: sheet?.name ?? null, formula, isHidden: hidden === '1' }];
}

function keptStyles(styles: XmlDocument | null): ReadonlyMap<string, XmlElement> {
  const kept = ['dxfs', 'tableStyles', 'colors'].flatMap((name): [string, XmlElement][] => {
    const element = elementOf(styles?.root, name);
    return element === undefined ? [] : [[name, element]];
  });
  return new Map(kept);
}
