import { type Alias, type Document, type Node, Scalar, isAlias, isCollection, isPair } from 'yaml';
import { terminalText } from '../base/terminal-text.js';
import type { PlacedFault } from './yaml-fault.js';
import { type YamlPath, keyInPath } from './yaml-path.js';

/** More than any file of ours repeats; ten levels of ten aliases would stand for ten thousand million values. */
const mostValues = 100_000;
const mostLevels = 100;
const shownChars = 60;

/** What a node stands for, aliases followed. */
interface Extent {
  readonly values: number;
  readonly levels: number;
}

const nothing: Extent = { values: 0, levels: 0 };
const single: Extent = { values: 1, levels: 0 };

/**
 * Looks at all aliases of a document. One that leads nowhere is replaced by the text that it was meant to be, so that
 * the rest can be checked as well.
 *
 * @returns `isBounded`: whether what the document stands for is small enough to be made
 */
export function checkAliases(document: Document.Parsed): {
  readonly faults: readonly PlacedFault[];
  readonly isBounded: boolean;
} {
  const walk = new AliasWalk();
  if (isAlias(document.contents)) {
    walk.followed(document.contents, []);
    return { faults: walk.faults, isBounded: false };
  }
  const extent = walk.extentOf(document.contents, []);
  const tooMuch =
    walk.repeatedValues > mostValues
      ? `its aliases stand for more than ${mostValues} values: write out what is needed`
      : `its aliases are nested deeper than ${mostLevels} levels`;
  const isBounded = walk.repeatedValues <= mostValues && extent.levels <= mostLevels;
  const offset = walk.firstAlias ?? 0;
  return {
    faults: isBounded ? walk.faults : [...walk.faults, { path: [], offset, words: tooMuch }],
    isBounded,
  };
}

class AliasWalk {
  readonly faults: PlacedFault[] = [];
  repeatedValues = 0;
  firstAlias: number | null = null;
  readonly #anchors = new Map<string, Node>();
  readonly #extents = new Map<Node, Extent>();

  /** Each node is visited once, in the order of the text. */
  extentOf(node: unknown, path: YamlPath): Extent {
    if (isPair(node)) {
      if (isAlias(node.key)) node.key = this.followed(node.key, path);
      const key = this.extentOf(node.key, path);
      const at = keyInPath(node.key, path);
      if (isAlias(node.value)) node.value = this.followed(node.value, at);
      return sumOf([key, this.extentOf(node.value, at)], 0);
    }
    if (isAlias(node)) return this.#extentOfAlias(node);
    if (!isNodeWithAnchor(node)) return nothing;
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (!isCollection(node)) return this.#kept(node, single);
    const extents = node.items.map((item, index) => {
      if (!isAlias(item)) return this.extentOf(item, isPair(item) ? path : [...path, index]);
      node.items[index] = this.followed(item, [...path, index]);
      return this.extentOf(node.items[index], path);
    });
    return this.#kept(node, sumOf(extents, 1));
  }

  #kept(node: Node, extent: Extent): Extent {
    this.#extents.set(node, extent);
    return extent;
  }

  /** The alias, or the text that was meant. */
  followed(alias: Alias, path: YamlPath): Alias | Scalar {
    const target = this.#anchors.get(alias.source);
    if (target !== undefined && this.#extents.has(target)) return alias;
    const shown = `*${terminalText(alias.source, shownChars)}`;
    const words =
      target === undefined
        ? `a value that begins with * refers to an anchor, and there is none before it: quote it, '${shown}'`
        : `${shown} refers to what it is a part of: remove it, or quote it if it is a text`;
    const offset = alias.range?.[0] ?? 0;
    this.faults.push({ path, offset, words });
    const meant = new Scalar(`*${alias.source}`);
    meant.range = alias.range ?? null;
    return meant;
  }

  #extentOfAlias(alias: Alias): Extent {
    this.firstAlias ??= alias.range?.[0] ?? 0;
    const target = this.#anchors.get(alias.source);
    const extent = (target === undefined ? undefined : this.#extents.get(target)) ?? single;
    this.repeatedValues += extent.values;
    return extent;
  }
}

function isNodeWithAnchor(node: unknown): node is Exclude<Node, Alias> {
  return typeof node === 'object' && node !== null && 'range' in node;
}

function sumOf(extents: readonly Extent[], more: number): Extent {
  let values = more;
  let levels = 0;
  for (const each of extents) {
    values += each.values;
    levels = Math.max(levels, each.levels);
  }
  return { values, levels: levels + more };
}
