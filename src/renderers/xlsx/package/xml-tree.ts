import { escapeXml } from '../../../base/escape.js';

/** An element with the prefixes of xml-namespaces.ts: `xdr:from`, `r:id`, `worksheet`. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
}

export type XmlNode = XmlElement | string;

/** A part of the package. */
export interface XmlDocument {
  readonly root: XmlElement;
  /** Namespaces by prefix. */
  readonly namespaces: ReadonlyMap<string, string>;
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export function documentXml({ root, namespaces }: XmlDocument): string {
  const declared = [...namespaces].map(([prefix, uri]) => [prefix === '' ? 'xmlns' : `xmlns:${prefix}`, uri]);
  const attributes = { ...(Object.fromEntries(declared) as Record<string, string>), ...root.attributes };
  return declaration + elementXml({ ...root, attributes });
}

/** For a document that declares the namespaces. */
export function elementXml({ name, attributes, children }: XmlElement): string {
  let xml = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) xml += ` ${key}="${attributeText(value)}"`;
  if (children.length === 0) return `${xml}/>`;
  xml += '>';
  for (const child of children) xml += typeof child === 'string' ? escapeXml(child) : elementXml(child);
  return `${xml}</${name}>`;
}

/** Line breaks and tabs would be read as spaces (XML 1.0, 3.3.3). */
function attributeText(value: string): string {
  return escapeXml(value).replaceAll('\n', '&#10;').replaceAll('\r', '&#13;').replaceAll('\t', '&#9;');
}
