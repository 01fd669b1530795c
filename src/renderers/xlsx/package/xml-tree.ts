import { reasonWords } from '../../../model/reasons/reason-words.js';
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { escapeXml } from '../../../base/escape.js';
import { DocumentPrefixes } from './xml-namespaces.js';

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

interface OpenElement {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: XmlNode[];
}

/** @throws Error if it is not well-formed, with the place */
export function parseXml(text: string): XmlDocument {
  const parser = new SaxesParser({ xmlns: true });
  const prefixes = new DocumentPrefixes();
  const top: OpenElement = { name: '', attributes: {}, children: [] };
  const open = [top];
  const addText = (words: string): void => {
    const { children } = open.at(-1) ?? top;
    const before = children.at(-1);
    if (typeof before === 'string') children[children.length - 1] = before + words;
    else children.push(words);
  };
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('opentag', (tag) => {
    const element = opened(tag, prefixes, (prefix) => parser.resolve(prefix));
    (open.at(-1) ?? top).children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  const root = top.children.find((node) => typeof node !== 'string');
  if (root === undefined) throw new Error(reasonWords('workbookNoElement'));
  return { root, namespaces: prefixes.declared() };
}

function opened(
  { uri, local, prefix, attributes }: SaxesTagNS,
  prefixes: DocumentPrefixes,
  resolve: (prefix: string) => string | undefined,
): OpenElement {
  /** Some values are lists of prefixes (ECMA-376 part 3). */
  const renamed = (value: string): string =>
    value
      .split(/\s+/)
      .flatMap((each) => {
        const found = resolve(each);
        return found === undefined ? [] : [prefixes.of(found, each)];
      })
      .join(' ');
  const written: Record<string, string> = {};
  for (const each of Object.values(attributes)) {
    if (each.prefix === 'xmlns' || each.name === 'xmlns') continue;
    const name = prefixed(each.uri === '' ? '' : prefixes.of(each.uri, each.prefix), each.local);
    const isList = name === 'mc:Ignorable' || name === 'mc:MustUnderstand' || name === 'Requires';
    written[name] = isList ? renamed(each.value) : each.value;
  }
  return { name: prefixed(prefixes.of(uri, prefix), local), attributes: written, children: [] };
}

function prefixed(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}:${name}`;
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
