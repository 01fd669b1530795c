import { compareText } from '../../../base/text-order.js';
import { type Witness, noWitnesses } from '../model/witness.js';

/**
 * Sets of witnesses, each held once and known by its number: a day has a million facts and a handful of sets. Number 0
 * is the empty set.
 */
export class WitnessSets {
  readonly #sets: (readonly Witness[])[] = [noWitnesses];
  readonly #numbers = new Map<string, number>([[keyOf(noWitnesses), 0]]);
  readonly #joined = new Map<string, number>();

  /** Most records are of the source and the region of the last one. */
  #last: (Witness & { readonly set: number }) | null = null;

  /** In the order of their names. */
  members(set: number): readonly Witness[] {
    return this.#sets[set] ?? noWitnesses;
  }

  of(witness: Witness): number {
    const { name, region } = witness;
    const last = this.#last;
    if (last !== null && last.name === name && last.region === region) return last.set;
    const set = this.#numberOf([witness]);
    this.#last = { name, region, set };
    return set;
  }

  union(a: number, b: number): number {
    if (a === b || b === 0) return a;
    if (a === 0) return b;
    const pair = `${Math.min(a, b)}+${Math.max(a, b)}`;
    let joined = this.#joined.get(pair);
    if (joined === undefined) {
      joined = this.#numberOf(unionOf(this.members(a), this.members(b)));
      this.#joined.set(pair, joined);
    }
    return joined;
  }

  #numberOf(witnesses: readonly Witness[]): number {
    const key = keyOf(witnesses);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#sets.length;
      this.#sets.push(witnesses);
      this.#numbers.set(key, number);
    }
    return number;
  }
}

/** Each once, in the order of their names: the order of reading shows nowhere. */
export function unionOf(a: readonly Witness[], b: readonly Witness[]): readonly Witness[] {
  const byKey = new Map([...a, ...b].map((each) => [keyOf([each]), each]));
  return [...byKey.values()].sort(compareWitnesses);
}

/** Equal for equal lists only. */
export function keyOf(witnesses: readonly Witness[]): string {
  return JSON.stringify(witnesses.map(({ name, region }) => [name, region]));
}

function compareWitnesses(a: Witness, b: Witness): number {
  return compareText(a.name, b.name) || compareText(a.region ?? '', b.region ?? '');
}
