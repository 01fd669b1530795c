import { elementOf, elementsOf } from '../package/xml-elements.js';
import type { OfficePackage, PartRelation } from '../package/xlsx-package.js';
import type { XmlDocument, XmlElement } from '../package/xml-tree.js';
import { plainDocument } from './opened-template.js';

/** The notes of a sheet (ECMA-376 part 1, 18.7). */
export interface TemplateNotes {
  readonly namespaces: ReadonlyMap<string, string>;
  readonly authors: XmlElement;
  readonly notes: readonly TemplateNote[];
}

export interface TemplateNote {
  /** The element of the file, with the address of its cell. */
  readonly element: XmlElement;
  /** In points. */
  readonly width: number;
  readonly height: number;
  readonly isVisible: boolean;
  /** As the drawing has it: `#ffffe1`, `infoBackground [80]`. */
  readonly fill: string;
}

/** What a spreadsheet program gives a new note. */
const usual = { width: 108, height: 59.25, isVisible: false, fill: '#ffffe1' };

/** @throws Error that names the part that cannot be read */
export async function readNotes(
  relations: readonly PartRelation[],
  file: OfficePackage,
): Promise<TemplateNotes | null> {
  const found = relations.find(({ kind }) => kind === 'comments');
  if (found === undefined || !file.has(found.target)) return null;
  const { root, namespaces }: XmlDocument = await plainDocument(file, found.target);
  const drawings = relations.filter(({ kind, target }) => kind === 'vmlDrawing' && file.has(target));
  const shapes = new Map<string, Omit<TemplateNote, 'element'>>();
  for (const { target } of drawings) {
    const vml = (await file.bytes(target)).toString('utf8');
    for (const [cell, shape] of noteShapes(vml)) shapes.set(cell, shape);
  }
  return {
    namespaces,
    authors: elementOf(root, 'authors') ?? { name: 'authors', attributes: {}, children: [] },
    notes: elementsOf(elementOf(root, 'commentList'), 'comment').map((element) => ({
      ...(shapes.get(placeOf(element)) ?? usual),
      element,
    })),
  };
}

/** `2,0`: column and row from 0, as drawings write them. */
function placeOf({ attributes }: XmlElement): string {
  const [, letters = 'A', row = '1'] = /^\$?([A-Z]+)\$?(\d+)/.exec(attributes['ref'] ?? '') ?? [];
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return `${column - 1},${Number(row) - 1}`;
}

/** The boxes of the notes, by their cells. VML of Excel is not always well-formed XML. */
function noteShapes(vml: string): readonly (readonly [string, Omit<TemplateNote, 'element'>])[] {
  return [...vml.matchAll(/<(?:\w+:)?shape\b([^>]*)>(.*?)<\/(?:\w+:)?shape>/gs)].flatMap(
    ([, attributes = '', inside = '']) => {
      const row = /<(?:\w+:)?Row>\s*(\d+)/.exec(inside)?.[1];
      const column = /<(?:\w+:)?Column>\s*(\d+)/.exec(inside)?.[1];
      if (row === undefined || column === undefined) return [];
      const style = /style\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(attributes);
      const css = style?.[1] ?? style?.[2] ?? '';
      return [
        [
          `${column},${row}`,
          {
            width: pointsOf(css, 'width') ?? usual.width,
            height: pointsOf(css, 'height') ?? usual.height,
            isVisible: !/visibility\s*:\s*hidden/.test(css) && /<(?:\w+:)?Visible\b/.test(inside),
            fill: /fillcolor\s*=\s*["']([#\w []*\]?)["']/.exec(attributes)?.[1] ?? usual.fill,
          },
        ] as const,
      ];
    },
  );
}

function pointsOf(css: string, property: 'width' | 'height'): number | null {
  const found = new RegExp(`(?:^|[;\\s])${property}\\s*:\\s*([\\d.]+)(pt|px)?`).exec(css);
  if (found === null) return null;
  return Number(found[1]) * (found[2] === 'px' ? 0.75 : 1);
}
