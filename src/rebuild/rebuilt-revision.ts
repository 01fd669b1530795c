/**
 * What a replay of an archived revision gave.
 *
 * - same-bytes: every file has the bytes that the archive has.
 * - same-content: some have other bytes that say the same.
 * - differs: some say something else.
 * - cannot-rebuild: it was not replayed, for the reason that is given.
 */
export type RebuildOutcome = 'same-bytes' | 'same-content' | 'differs' | 'cannot-rebuild';

export interface RebuiltRevision {
  /** Key of its manifest. */
  readonly key: string;
  readonly date: string;
  /** null: the folder of the day cannot be listed. */
  readonly revision: number | null;
  readonly outcome: RebuildOutcome;
  /** Why it cannot be rebuilt; null: it was. */
  readonly reason: string | null;
  /** It cannot be rebuilt because a version made it that did not archive what that takes. */
  readonly isTooOld: boolean;
  /** What the bytes depend on and is another one now: `zlib 1.3.1 then, 1.4.0 now`. Empty: nothing, and all bytes must be the same. */
  readonly surroundings: readonly string[];
  /** At most a few of one file; a file that has the same bytes has none. */
  readonly differences: readonly RebuildDifference[];
}

export interface RebuildDifference {
  /** Name of the file: `report.html`. */
  readonly artefact: string;
  /** In English, for a person. */
  readonly words: string;
}

/** How one file compares. */
export interface ComparedFile {
  readonly outcome: Exclude<RebuildOutcome, 'cannot-rebuild'>;
  readonly words: readonly string[];
}

/** The worst of several. */
export function worstOutcome(outcomes: readonly ComparedFile['outcome'][]): ComparedFile['outcome'] {
  if (outcomes.includes('differs')) return 'differs';
  return outcomes.includes('same-content') ? 'same-content' : 'same-bytes';
}

/** A revision of which the archive does not have what a replay needs. The message says what. */
export class CannotRebuild extends Error {
  /** @param isTooOld the version that made it did not archive it */
  constructor(
    why: string,
    readonly isTooOld = false,
  ) {
    super(why);
    this.name = 'CannotRebuild';
  }
}
