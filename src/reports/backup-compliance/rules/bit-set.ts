/**
 * A set of integers below a count that is fixed from the start (here: positions of rules), one bit each. A set takes
 * count/8 bytes, and an operation on two sets count/32 steps: ten for 300 rules.
 */
export type BitSet = Uint32Array;

export function emptyBitSet(count: number): BitSet {
  return new Uint32Array(Math.ceil(count / 32));
}

/** All integers below `count`. */
export function fullBitSet(count: number): BitSet {
  const set = emptyBitSet(count).fill(0xffff_ffff);
  // The last word has bits beyond `count`.
  if (count % 32 !== 0) set[set.length - 1] = 2 ** (count % 32) - 1;
  return set;
}

export function addBit(set: BitSet, member: number): void {
  const word = member >>> 5;
  set[word] = (set[word] ?? 0) | (1 << (member & 31));
}

export function removeBit(set: BitSet, member: number): void {
  const word = member >>> 5;
  set[word] = (set[word] ?? 0) & ~(1 << (member & 31));
}

/** Adds all of `more`, a set of the same count. */
export function addBits(set: BitSet, more: BitSet): void {
  for (let word = 0; word < set.length; word += 1) set[word] = (set[word] ?? 0) | (more[word] ?? 0);
}

/**
 * Keeps only members that are also in `one` or in any of `others`, all of the same count.
 *
 * @returns whether any member is left
 */
export function keepBits(set: BitSet, one: BitSet, others: readonly BitSet[]): boolean {
  let isAnyLeft = false;
  for (let word = 0; word < set.length; word += 1) {
    let kept = one[word] ?? 0;
    for (const other of others) kept |= other[word] ?? 0;
    set[word] = (set[word] ?? 0) & kept;
    isAnyLeft ||= set[word] !== 0;
  }
  return isAnyLeft;
}

/** The members in ascending order; takes a step for each word and each member. */
export function membersOf(set: BitSet): number[] {
  const members: number[] = [];
  for (const [word, bits] of set.entries()) {
    for (let rest = bits; rest !== 0; rest &= rest - 1) {
      members.push(word * 32 + 31 - Math.clz32(rest & -rest));
    }
  }
  return members;
}
