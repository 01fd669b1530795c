import { count } from '../base/english.js';
import type { RebuiltRevision } from '../rebuild/rebuilt-revision.js';
import type { Told } from './finding.js';

/** How many revisions were made again, by what came of it. */
export interface RebuiltCounts {
  readonly sameBytes: number;
  readonly sameContent: number;
  readonly differs: number;
  readonly cannot: number;
}

export const nothingRebuilt: RebuiltCounts = { sameBytes: 0, sameContent: 0, differs: 0, cannot: 0 };

/** Tells what came of making a revision again, and counts it. */
export function tellRebuilt(rebuilt: RebuiltRevision, counts: RebuiltCounts, told: Told): RebuiltCounts {
  const { key, outcome, reason, differences, surroundings, isTooOld } = rebuilt;
  const folder = key.slice(0, key.lastIndexOf('/') + 1);
  switch (outcome) {
    case 'same-bytes':
      return { ...counts, sameBytes: counts.sameBytes + 1 };
    case 'same-content': {
      const why = surroundings.length === 0 ? '' : ` (${surroundings.join('; ')})`;
      const files = count(new Set(differences.map(({ artefact }) => artefact)).size, 'file');
      told.note('same-content', key, `made again it says the same, with other bytes in ${files}${why}`);
      return { ...counts, sameContent: counts.sameContent + 1 };
    }
    case 'differs':
      for (const { artefact, words } of differences)
        told.find('rebuild-differs', `${folder}${artefact}`, words);
      if (differences.length === 0) told.find('rebuild-differs', key, 'made again it says something else');
      return { ...counts, differs: counts.differs + 1 };
    case 'cannot-rebuild': {
      const words = `it was not made again: ${reason ?? 'nobody knows why'}`;
      if (isTooOld) told.note('not-rebuilt', key, words);
      else told.find('cannot-rebuild', key, words);
      return { ...counts, cannot: counts.cannot + 1 };
    }
  }
}
