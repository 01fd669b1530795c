import { type CarriedPart, chartCaches, isMarkup } from '../package/carried-part.js';
import { localName, textOf } from '../package/xml-elements.js';
import type { XmlElement } from '../package/xml-tree.js';
import type { SheetMarkup } from '../template/sheet-markup.js';
import type { TemplateNotes } from '../template/read-notes.js';

/** How texts of a sheet's markup are resolved. `where` is for messages: `a note`. */
export interface MarkupWords {
  readonly text: (written: string, where: string) => string;
  readonly formula: (written: string, where: string) => string;
}

const formulas = new Set(['f', 'formula', 'formula1', 'formula2']);
/** Elements of header and footer, which are resolved with their codes: see bind-footer.ts. */
const footers = /^(odd|even|first)(Header|Footer)$/;

/** What messages call the elements. */
const places: Readonly<Record<string, string>> = {
  conditionalFormatting: 'a conditional format',
  'x14:conditionalFormatting': 'a conditional format',
  dataValidation: 'a data validation',
  'x14:dataValidation': 'a data validation',
  hyperlink: 'a link',
  comment: 'a note',
  'xdr:wsDr': 'a drawing',
  'c:chartSpace': 'a chart',
};

/** Resolves the expressions in everything of a sheet beside its cells. */
export function bindMarkup(markup: SheetMarkup, words: MarkupWords): SheetMarkup {
  const { drawing, notes } = markup;
  return {
    ...markup,
    elements: markup.elements.map((element) => bindElement(element, words, element.name)),
    drawing: drawing === null ? null : bindPart(drawing, words),
    notes: notes === null ? null : bindNotes(notes, words),
  };
}

function bindNotes(notes: TemplateNotes, words: MarkupWords): TemplateNotes {
  return {
    ...notes,
    notes: notes.notes.map((note) => ({ ...note, element: bindElement(note.element, words, 'a note') })),
  };
}

function bindPart(part: CarriedPart, words: MarkupWords): CarriedPart {
  const { content, relations } = part;
  return {
    ...part,
    content: isMarkup(content)
      ? { ...content, root: bindElement(content.root, words, 'a drawing') }
      : content,
    relations: relations.map((each) =>
      typeof each.target === 'string' ? each : { ...each, target: bindPart(each.target, words) },
    ),
  };
}

function bindElement(element: XmlElement, words: MarkupWords, around: string): XmlElement {
  const { attributes, children } = element;
  const where = placeOf(element) ?? around;
  // A chart stores the expressions of the cells that it shows.
  if (footers.test(element.name) || chartCaches.has(element.name)) return element;
  if (formulas.has(localName(element)) && children.every((node) => typeof node === 'string')) {
    const formula = textOf(element);
    return formula.includes('{{') ? { ...element, children: [words.formula(formula, where)] } : element;
  }
  const isPlain = !Object.values(attributes).some((value) => value.includes('{{'));
  return {
    name: element.name,
    attributes: isPlain
      ? attributes
      : Object.fromEntries(
          Object.entries(attributes).map(([key, value]) => [
            key,
            value.includes('{{') ? words.text(value, where) : value,
          ]),
        ),
    children: children.map((node) => {
      if (typeof node !== 'string') return bindElement(node, words, where);
      return node.includes('{{') ? words.text(node, where) : node;
    }),
  };
}

/** `a conditional format of B5:B9` */
function placeOf({ name, attributes }: XmlElement): string | null {
  const place = places[name];
  const ranges = attributes['sqref'] ?? attributes['ref'];
  return place === undefined || ranges === undefined ? (place ?? null) : `${place} of ${ranges}`;
}
