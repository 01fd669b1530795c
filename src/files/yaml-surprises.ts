import {
  type Document,
  type Pair,
  type Scalar,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
} from 'yaml';
import { terminalText } from '../base/terminal-text.js';
import type { PlacedFault } from './yaml-fault.js';
import { type YamlPath, keyInPath, keyText } from './yaml-path.js';

const shownChars = 60;
const knownTags = /^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/;

/**
 * What YAML reads in another way than the person meant it who wrote it: numbers that are not what stands there, tags,
 * merge keys, keys that are there twice or are no text. The sources of the rules are YAML 1.2.2, 10.3 (the core schema),
 * and what YAML 1.1 had.
 */
export function checkSurprises(document: Document.Parsed): readonly PlacedFault[] {
  const faults: PlacedFault[] = [];
  visitValue(document.contents, [], faults);
  return faults;
}

function visitValue(node: unknown, path: YamlPath, faults: PlacedFault[]): void {
  if (isAlias(node)) return;
  if (isScalar(node)) faults.push(...scalarFaults(node, path));
  if (!isCollection(node)) return;
  if (node.tag !== undefined && node.range) faults.push(...tagFaults(node.tag, path, node.range[0]));
  if (isMap(node)) faults.push(...repeatedKeys(node.items, path));
  for (const [index, item] of node.items.entries()) {
    if (!isPair(item)) {
      visitValue(item, [...path, index], faults);
      continue;
    }
    faults.push(...keyFaults(item, path));
    visitValue(item.value, keyInPath(item.key, path), faults);
  }
}

function scalarFaults(scalar: Scalar, path: YamlPath): readonly PlacedFault[] {
  const { value, source = '', tag, type, anchor } = scalar;
  const offset = scalar.range?.[0] ?? 0;
  const faults = tag === undefined ? [] : tagFaults(tag, path, offset);
  if (faults.length > 0) return faults;
  if (value === null && anchor !== undefined) {
    const shown = `&${terminalText(anchor, shownChars)}`;
    return [{ path, offset, words: `${shown} names an anchor, and nothing follows: quote it, '${shown}'` }];
  }
  if (type !== 'PLAIN' || typeof value !== 'number' || String(value) === source) return [];
  const shown = terminalText(source, shownChars);
  const words = Number.isFinite(value)
    ? `${shown} is read as the number ${value}: write it so, or quote it if it is a text`
    : `${shown} is no number to count with: write it in digits, or quote it if it is a text`;
  return [{ path, offset, words }];
}

function tagFaults(tag: string, path: YamlPath, offset: number): readonly PlacedFault[] {
  if (knownTags.test(tag)) return [];
  const shown = terminalText(tag.replace(/^tag:yaml\.org,2002:/, '!!'), shownChars);
  const words = `a value that begins with ! has a tag, and ${shown} means nothing here: quote it, or remove the tag`;
  return [{ path, offset, words }];
}

function keyFaults({ key }: Pair, path: YamlPath): readonly PlacedFault[] {
  const offset = offsetOf(key);
  if (!isScalar(key)) {
    const words = 'a key in brackets, or an alias as a key: write it as a text, or in quotes';
    return [{ path, offset, words }];
  }
  const name = keyText(key);
  const at = [...path, name];
  if (name === '<<') {
    return [{ path: at, offset, words: 'YAML 1.2 has no merge keys: write out the keys that are meant' }];
  }
  if (name === '__proto__') return [{ path: at, offset, words: 'no key can have this name' }];
  if (key.value === null)
    return [{ path: at, offset, words: 'a value without a key: write the key before the :' }];
  return scalarFaults(key, at);
}

/** The parser compares each key with each other one, which takes long for many. */
function repeatedKeys(pairs: readonly Pair[], path: YamlPath): readonly PlacedFault[] {
  const seen = new Set<string>();
  return pairs.flatMap(({ key }) => {
    if (!isScalar(key)) return [];
    const name = keyText(key);
    const isNew = !seen.has(name);
    seen.add(name);
    return isNew
      ? []
      : [{ path: [...path, name], offset: offsetOf(key), words: 'the key is there already: keep one' }];
  });
}

function offsetOf(key: unknown): number {
  return (isNode(key) ? key.range?.[0] : null) ?? 0;
}
