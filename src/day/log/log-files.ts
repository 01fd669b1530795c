import { Failure } from '../../errors.js';
import { damageInEnglish } from '../../model/archive-damage.js';
import { archivedFileOf } from '../../model/archive-keys.js';
import type { Archive } from '../../ports/archive.js';
import { type LogLeaf, readLeafBytes, treeUpTo } from '../../transparency-log/log-leaf.js';
import type { CompactTree } from '../../transparency-log/merkle-tree.js';
import { readKept } from '../revisions/kept-file.js';

/** `<plan>/log/12.json` */
export function leafKey(plan: string, number: number): string {
  return `${logPrefix(plan)}${number}.json`;
}

function logPrefix(plan: string): string {
  return `${plan}/log/`;
}

export interface ListedLeaves {
  /** The number that the next leaf takes: numbers of missing ones are used up. */
  readonly size: number;
  /** Numbers below `size` that have no leaf. */
  readonly missing: readonly number[];
  /** Keys of what is called as a leaf and is none: its number lies further behind all others than any deletion explains. */
  readonly strays: readonly string[];
}

/** More leaves than a plan has in a lifetime. What lies behind such a gap is not looked for one number at a time. */
const widestGap = 10_000;

/** @throws Failure('storage') where the log cannot be listed */
export async function listLeaves(archive: Archive, plan: string): Promise<ListedLeaves> {
  const numbers: number[] = [];
  for (const { key } of await archive.list(logPrefix(plan))) {
    const file = archivedFileOf(plan, key);
    if (file?.place === 'log') numbers.push(file.number);
  }
  numbers.sort((a, b) => a - b);
  let size = 0;
  const missing: number[] = [];
  const strays: string[] = [];
  for (const number of numbers) {
    if (number - size > widestGap) {
      strays.push(leafKey(plan, number));
      continue;
    }
    for (; size < number; size += 1) missing.push(size);
    size = number + 1;
  }
  return { size, missing, strays };
}

/** A leaf of the log that cannot be used. */
export interface DamagedLeaf {
  readonly number: number;
  readonly key: string;
  /** Where a person finds it. */
  readonly location: string;
  /** In English, for a sentence: "it is not there". */
  readonly words: string;
}

export type ArchivedLeaf =
  | {
      readonly ok: true;
      readonly leaf: LogLeaf;
      readonly bytes: Uint8Array;
      /** Of all leaves up to this one, by what it says of those before it. */
      readonly tree: CompactTree;
    }
  | { readonly ok: false; readonly damage: DamagedLeaf };

/** @throws Failure('storage') where the archive cannot be read */
export async function readLeaf(archive: Archive, plan: string, number: number): Promise<ArchivedLeaf> {
  const key = leafKey(plan, number);
  const kept = await readKept(archive, key);
  if (!kept.ok)
    return { ok: false, damage: damagedLeaf(archive, plan, number, damageInEnglish(kept.damage)) };
  const { bytes } = kept;
  const read = readLeafBytes(bytes, plan, number);
  if (!read.ok) return { ok: false, damage: damagedLeaf(archive, plan, number, read.words) };
  return { ok: true, leaf: read.leaf, bytes, tree: treeUpTo(read.leaf, bytes) };
}

export function damagedLeaf(archive: Archive, plan: string, number: number, words: string): DamagedLeaf {
  const key = leafKey(plan, number);
  return { number, key, location: archive.locate(key), words };
}

/** `log of daily: leaf 3 cannot be used: it is not there: reports/daily/log/3.json` */
export function leafInWords({ number, location, words }: DamagedLeaf): string {
  return `leaf ${number} of the log cannot be used: ${words}: ${location}`;
}

/** Why nothing is appended to a log. What is appended to a damaged one could not be told from a forgery. */
export function damagedLog(words: string): Failure {
  return new Failure('storage', words, {
    hints: [restoreAdvice],
  });
}

export const restoreAdvice =
  'Restore what is named from a copy of the archive, with the folder log/ of the plan. The next run appends what is missing.';
