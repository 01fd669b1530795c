import { type Document, type LineCounter, isAlias, isMap, isNode, isScalar, isSeq } from 'yaml';
import { keyText } from './yaml-path.js';

/** The line of the key or item that a path leads to, or of the nearest around it that exists; null: there is none. */
export function lineInYaml(
  document: Document.Parsed,
  path: readonly PropertyKey[],
  lines: LineCounter,
): number | null {
  let node: unknown = document.contents;
  let line: number | null = null;
  for (const each of path) {
    const collection = isAlias(node) ? node.resolve(document) : node;
    const { place, value } = entryOf(collection, String(each));
    if (place === null) break;
    line = lineOf(place, lines) ?? line;
    node = value;
  }
  return line;
}

/** What is at a key or position: where it stands, and what it holds. */
function entryOf(collection: unknown, key: string): { readonly place: unknown; readonly value: unknown } {
  if (isMap(collection)) {
    const pair = collection.items.findLast((item) => keyText(item.key) === key);
    if (pair !== undefined) return { place: isScalar(pair.key) ? pair.key : pair.value, value: pair.value };
  }
  if (isSeq(collection)) {
    const item = collection.items[Number(key)];
    if (item !== undefined) return { place: item, value: item };
  }
  return { place: null, value: null };
}

function lineOf(node: unknown, lines: LineCounter): number | null {
  return isNode(node) && node.range ? lines.linePos(node.range[0]).line : null;
}
