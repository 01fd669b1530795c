import { type CarriedPart, isMarkup } from '../package/carried-part.js';
import { type XmlDocument, documentXml } from '../package/xml-tree.js';
import type { ExtraPart } from './workbook-parts.js';
import { PartRelations } from './sheet-relations.js';

/** Names for parts of the workbook, none twice. */
export class PartNames {
  readonly #counts = new Map<string, number>();
  /** Names of parts that are written as they are, by their names in the template: two sheets can share a picture. */
  readonly shared = new Map<string, string>();

  /** `xl/charts/chart` and `xml` -> `xl/charts/chart3.xml` */
  next(stem: string, ending: string): string {
    const number = (this.#counts.get(stem) ?? 0) + 1;
    this.#counts.set(stem, number);
    return `${stem}${number}.${ending}`;
  }
}

/** What a part with markup becomes. */
export type ChangeMarkup = (document: XmlDocument) => XmlDocument;

/**
 * A part of the template as a part of the workbook, with all that it refers to.
 *
 * @param change of the markup in it and below it
 * @returns its name
 */
export function writePart(
  part: CarriedPart,
  names: PartNames,
  change: ChangeMarkup,
  add: (part: ExtraPart) => void,
): string {
  const { source, contentType, content, relations } = part;
  const isShared = !isMarkup(content) && relations.length === 0;
  const known = isShared ? names.shared.get(source) : undefined;
  if (known !== undefined) return known;
  const name = names.next(stemOf(source), source.slice(source.lastIndexOf('.') + 1).toLowerCase());
  if (isShared) names.shared.set(source, name);
  add({ name, content: isMarkup(content) ? documentXml(change(content)) : content, contentType });
  const written = new PartRelations(name);
  for (const { id, type, target } of relations) {
    if (typeof target === 'string') written.addExternal(type, target, id);
    else written.add(type, writePart(target, names, change, add), id);
  }
  for (const each of written.parts()) add(each);
  return name;
}

/** Folder and kind of a part: `xl/charts/chart` for `xl/charts/chart12.xml`, `xl/media/image` for a picture. */
function stemOf(source: string): string {
  const [, folder = 'xl/', file = ''] = /^(.*\/)?([^/]*?)\d*\.[^.]*$/.exec(source) ?? [];
  const plain = file.replaceAll(/[^a-zA-Z]/g, '');
  return `${folder}${plain === '' ? 'part' : plain}`;
}
