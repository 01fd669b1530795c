/**
 * The prefix that a namespace has wherever we write it (ECMA-376 part 1, annex A; [MS-XLSX] 2.1). The main namespace of
 * spreadsheets has none: exceljs knows elements by their written names, and programs choose prefixes as they like.
 */
const prefixes: ReadonlyMap<string, string> = new Map([
  ['http://schemas.openxmlformats.org/spreadsheetml/2006/main', ''],
  ['http://schemas.openxmlformats.org/officeDocument/2006/relationships', 'r'],
  ['http://schemas.openxmlformats.org/drawingml/2006/main', 'a'],
  ['http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing', 'xdr'],
  ['http://schemas.openxmlformats.org/drawingml/2006/chart', 'c'],
  ['http://schemas.openxmlformats.org/markup-compatibility/2006', 'mc'],
  ['http://schemas.openxmlformats.org/package/2006/relationships', ''],
  ['http://schemas.openxmlformats.org/package/2006/content-types', ''],
  ['http://schemas.openxmlformats.org/package/2006/metadata/core-properties', 'cp'],
  ['http://schemas.openxmlformats.org/officeDocument/2006/extended-properties', ''],
  ['http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes', 'vt'],
  ['http://purl.org/dc/elements/1.1/', 'dc'],
  ['http://purl.org/dc/terms/', 'dcterms'],
  ['http://purl.org/dc/dcmitype/', 'dcmitype'],
  ['http://www.w3.org/2001/XMLSchema-instance', 'xsi'],
  ['http://www.w3.org/XML/1998/namespace', 'xml'],
  ['http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac', 'x14ac'],
  ['http://schemas.microsoft.com/office/spreadsheetml/2009/9/main', 'x14'],
  ['http://schemas.microsoft.com/office/spreadsheetml/2010/11/main', 'x15'],
  ['http://schemas.microsoft.com/office/excel/2006/main', 'xm'],
]);

/** The strict form of the standard has names of its own for the same things (ISO/IEC 29500-1 and -4). */
const strict = 'http://purl.oclc.org/ooxml/';
const transitional = 'http://schemas.openxmlformats.org/';
const strictNames: readonly (readonly [string, string])[] = [
  ['spreadsheetml/main', 'spreadsheetml/2006/main'],
  ['officeDocument/relationships', 'officeDocument/2006/relationships'],
  ['officeDocument/extendedProperties', 'officeDocument/2006/extended-properties'],
  ['officeDocument/docPropsVTypes', 'officeDocument/2006/docPropsVTypes'],
  ['drawingml/main', 'drawingml/2006/main'],
  ['drawingml/spreadsheetDrawing', 'drawingml/2006/spreadsheetDrawing'],
  ['drawingml/chart', 'drawingml/2006/chart'],
];

/** A namespace or a type of relationship in the form that programs write. */
export function transitionalName(uri: string): string {
  if (!uri.startsWith(strict)) return uri;
  const rest = uri.slice(strict.length);
  const known = strictNames.find(([name]) => rest === name || rest.startsWith(`${name}/`));
  return known === undefined ? uri : transitional + known[1] + rest.slice(known[0].length);
}

/** Prefixes of one document, by namespace; further namespaces keep the prefix that the document has for them. */
export class DocumentPrefixes {
  readonly #used = new Map<string, string>();

  /** `''` for elements of the main namespace, and of none. */
  of(uri: string, written: string): string {
    if (uri === '') return '';
    const name = transitionalName(uri);
    const found = this.#used.get(name) ?? prefixes.get(name);
    const prefix = found ?? this.#free(written);
    this.#used.set(name, prefix);
    return prefix;
  }

  #free(written: string): string {
    const taken = new Set([...prefixes.values(), ...this.#used.values()]);
    if (written !== '' && !taken.has(written)) return written;
    for (let number = 1; ; number += 1) if (!taken.has(`ns${number}`)) return `ns${number}`;
  }

  /** By prefix, for the root element. */
  declared(): ReadonlyMap<string, string> {
    return new Map([...this.#used].flatMap(([uri, prefix]) => (prefix === 'xml' ? [] : [[prefix, uri]])));
  }
}
