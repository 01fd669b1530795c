import { SaxesParser, type SaxesTagNS } from 'saxes';
import { reasonWords } from '../../../model/reasons/reason-words.js';
import { DocumentPrefixes } from './xml-namespaces.js';
import type { XmlDocument, XmlNode } from './xml-tree.js';

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
