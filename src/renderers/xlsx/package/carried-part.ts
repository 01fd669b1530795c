import type { OfficePackage } from './xlsx-package.js';
import { type XmlDocument } from './xml-tree.js';

/** A part of a file with all that it refers to, to be written into another file. */
export interface CarriedPart {
  /** Its name in the file that it comes from. */
  readonly source: string;
  readonly contentType: string;
  /** XML where something in it may have to be changed, else its bytes. */
  readonly content: XmlDocument | Buffer;
  readonly relations: readonly CarriedRelation[];
}

export interface CarriedRelation {
  readonly id: string;
  readonly type: string;
  /** An address outside, or a part. */
  readonly target: CarriedPart | string;
}

/** Drawings and charts hold references to cells. */
const changing = /spreadsheetDrawing|drawing\+xml$|chart\+xml$|chartex\+xml$/;

const typesByEnding: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  bmp: 'image/bmp',
  emf: 'image/x-emf',
  wmf: 'image/x-wmf',
  svg: 'image/svg+xml',
  vml: 'application/vnd.openxmlformats-officedocument.vmlDrawing',
};

/** @throws Error that names the part that cannot be read */
export async function carryPart(file: OfficePackage, name: string): Promise<CarriedPart> {
  return carried(file, name, []);
}

async function carried(file: OfficePackage, name: string, above: readonly string[]): Promise<CarriedPart> {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const contentType = (await file.contentType(name)) ?? typesByEnding[ending] ?? 'application/octet-stream';
  const relations: CarriedRelation[] = [];
  for (const { id, type, target, isExternal } of await file.relations(name)) {
    if (isExternal) relations.push({ id, type, target });
    // A part that refers to what it hangs from would go on for ever.
    else if (file.has(target) && !above.includes(target))
      relations.push({ id, type, target: await carried(file, target, [...above, name]) });
  }
  const content = changing.test(contentType) ? await file.document(name) : await file.bytes(name);
  return { source: name, contentType, content, relations };
}

/** What a chart has stored of its cells: of the template, not of the report. Programs read the cells again. */
export const chartCaches: ReadonlySet<string> = new Set([
  'c:numCache',
  'c:strCache',
  'c:multiLvlStrCache',
  'cx:lvl',
]);

/** Whether the content is XML that may be changed. */
export function isMarkup(content: XmlDocument | Buffer): content is XmlDocument {
  return !Buffer.isBuffer(content);
}
