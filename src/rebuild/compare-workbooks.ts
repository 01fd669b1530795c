import { explainError } from '../errors.js';
import { firstDifference } from './compare-pages.js';
import type { ComparedFile } from './rebuilt-revision.js';

/** How many parts that differ are told. */
const toldParts = 2;

/** Compares two workbooks part by part: the same parts may be packed otherwise. */
export async function compareWorkbooks(then: Uint8Array, now: Uint8Array): Promise<ComparedFile> {
  let before: ReadonlyMap<string, string>;
  try {
    before = await partsOf(then);
  } catch (error) {
    return { outcome: 'differs', words: [`it cannot be unpacked: ${explainError(error)}`] };
  }
  const after = await partsOf(now);
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const differing = names.filter((name) => before.get(name) !== after.get(name));
  if (differing.length === 0) return { outcome: 'same-content', words: [] };
  const words = differing
    .slice(0, toldParts)
    .map((name) => partInWords(name, before.get(name), after.get(name)));
  const more = differing.length - words.length;
  return { outcome: 'differs', words: [...words, ...(more > 0 ? [`${more} more of its parts differ`] : [])] };
}

function partInWords(name: string, then: string | undefined, now: string | undefined): string {
  if (then === undefined) return `its part ${name} is not in the archive`;
  if (now === undefined) return `its part ${name} is not made again`;
  return `its part ${name}, ${firstDifference(then, now)}`;
}

/** By name. */
async function partsOf(bytes: Uint8Array): Promise<ReadonlyMap<string, string>> {
  const { default: JSZip } = await import('jszip');
  const { files } = await JSZip.loadAsync(bytes);
  const parts = Object.values(files).filter(({ dir }) => !dir);
  return new Map(
    await Promise.all(parts.map(async (part) => [part.name, await part.async('string')] as const)),
  );
}
