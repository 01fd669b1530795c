import { compareText } from './text-order.js';

/**
 * As a person counts: `data-977` before `data-3908`. Digits compare by their value, all else by code unit, so that the
 * order is the same on every machine, whatever its locale. Texts that are equal in this way (`a7`, `a07`) compare by code
 * unit: only equal texts give 0.
 */
export function compareNatural(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (isDigit(a, i) && isDigit(b, j)) {
      const [endA, endB] = [endOfDigits(a, i), endOfDigits(b, j)];
      const difference = compareDigits(a.slice(i, endA), b.slice(j, endB));
      if (difference !== 0) return difference;
      i = endA;
      j = endB;
    } else {
      const difference = a.charCodeAt(i) - b.charCodeAt(j);
      if (difference !== 0) return difference;
      i += 1;
      j += 1;
    }
  }
  return a.length - i - (b.length - j) || compareText(a, b);
}

/** ASCII digits alone: others are no numbers in names of the cloud. */
function isDigit(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 48 && code <= 57;
}

function endOfDigits(text: string, from: number): number {
  let end = from;
  while (isDigit(text, end)) end += 1;
  return end;
}

/** By value, however many they are: without leading zeros, more digits are more. */
function compareDigits(a: string, b: string): number {
  const [one, other] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return one.length - other.length || compareText(one, other);
}
