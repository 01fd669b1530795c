import { chartCaches } from '../package/carried-part.js';
import { localName, textOf } from '../package/xml-elements.js';
import type { XmlDocument, XmlElement, XmlNode } from '../package/xml-tree.js';
import { type Moves, moveReferences } from './move-references.js';

/**
 * A chart over the rows written: a series over a row that repeats has all of its rows, and so has one over a single cell
 * of it, which is how programs write a series over one row. The name of a series stays one cell.
 */
export function moveChart({ root, namespaces }: XmlDocument, moves: Moves): XmlDocument {
  return { root: moved(root, moves, false), namespaces };
}

function moved(element: XmlElement, moves: Moves, isName: boolean): XmlElement {
  if (localName(element) === 'f') {
    const formula = textOf(element);
    const oneCell = isName ? 'first row' : 'all rows';
    return {
      ...element,
      children: [moveReferences(formula, moves, { oneCell, noRows: 'blank' }) ?? formula],
    };
  }
  const isNameNow = isName || element.name === 'c:tx' || element.name === 'cx:tx';
  const children = element.children.flatMap((child): readonly XmlNode[] => {
    if (typeof child === 'string') return [child];
    // LibreOffice writes it for an axis of dates, where the schema does not have it.
    if (element.name === 'c:dateAx' && child.name === 'c:noMultiLvlLbl') return [];
    return chartCaches.has(child.name) ? [] : [moved(child, moves, isNameNow)];
  });
  return { ...element, children };
}
