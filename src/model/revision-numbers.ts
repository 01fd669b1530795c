import type { ArchivedFile } from './archive-keys.js';

/**
 * Numbers of revisions are taken one after the other, also by runs that are stopped. So many are never left out: what lies
 * beyond is of somebody else, and takes no number from this program.
 */
export const mostSkipped = 1000;

/** The highest of these numbers that is one of a revision; 0 where there is none. */
export function highestRevision(numbers: Iterable<number>): number {
  let highest = 0;
  for (const number of [...numbers].sort((a, b) => a - b)) {
    if (number > highest + mostSkipped) break;
    highest = number;
  }
  return highest;
}

/** A revision of a day or of a period; what else the archive has is none. */
type MaybeRevision =
  ArchivedFile | Pick<Extract<ArchivedFile, { readonly place: 'revision' }>, RevisionOfDay>;
type RevisionOfDay = 'place' | 'date' | 'revision';

/** Which of these files lie in revisions that are far beyond the others of their day or their period. */
export function findStrays(files: Iterable<MaybeRevision>): (file: MaybeRevision) => boolean {
  const numbers = new Map<string, Set<number>>();
  for (const file of files) {
    const owner = ownerOf(file);
    if (owner === null || !('revision' in file)) continue;
    const known = numbers.get(owner) ?? new Set();
    numbers.set(owner, known.add(file.revision));
  }
  const highest = new Map([...numbers].map(([owner, known]) => [owner, highestRevision(known)]));
  return (file) => 'revision' in file && file.revision > (highest.get(ownerOf(file) ?? '') ?? Infinity);
}

function ownerOf(file: MaybeRevision): string | null {
  if (file.place === 'revision') return file.date;
  return file.place === 'period' ? `periods/${file.period}` : null;
}
