/** Initial capacity of a column, which doubles when it is full. */
export const firstCapacity = 1024;

/** A growing list of integers up to 2^31: positions, records, counts. */
export class NumberColumn {
  #values = new Int32Array(firstCapacity);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.#values = grown(this.#values, Int32Array);
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  get(position: number): number {
    return elementAt(this.#values, position);
  }

  set(position: number, value: number): void {
    this.#values[position] = value;
  }
}

/** A copy of twice the length, padded with zeros. */
export function grown<T extends Float64Array | Int32Array>(old: T, make: new (length: number) => T): T {
  const larger = new make(old.length * 2);
  larger.set(old);
  return larger;
}

/** Positions come from the store itself: an unknown one is a bug. */
export function elementAt<T>(list: ArrayLike<T>, position: number): T {
  const value = list[position];
  if (value === undefined) throw new RangeError(`no event at position ${position}`);
  return value;
}
