import type { ArchivedManifest } from '../../model/manifest.js';
import type { Archive } from '../../ports/archive.js';
import { type CommittedRevision, readRevisions } from './read-revisions.js';

/** A report that is judged and not archived yet, as the day after it needs it. */
export interface PendingReport {
  /** It has no number yet. */
  readonly revision: null;
  /** What its manifest will say. */
  readonly manifest: Pick<ArchivedManifest, 'date' | 'status' | 'contentDigest'>;
  /** Its report.json, as it will be archived. */
  document(): Uint8Array;
  /** The lines of its memory's artefact, one by one, without their newline; null: the kind has none. */
  memoryLines(): AsyncIterable<string> | null;
}

/** The report that a day goes on from. */
export type PreviousRevision = CommittedRevision | PendingReport;

/** The report that a day was judged from is not what the day before ended with. Nothing was written. */
export class OutdatedMemory extends Error {
  constructor(readonly date: string) {
    super(`the report of ${date} is another one than this report goes on from`);
    this.name = 'OutdatedMemory';
  }
}

export function isPending(previous: PreviousRevision | null): previous is PendingReport {
  return previous !== null && previous.revision === null;
}

/**
 * What the day that a report goes on from ended with.
 *
 * @throws OutdatedMemory where it says something else than the report was judged from
 */
export async function settledPrevious(
  archive: Archive,
  plan: string,
  { manifest }: PreviousRevision,
): Promise<CommittedRevision> {
  const { date, contentDigest } = manifest;
  const { newest, damaged } = await readRevisions(archive, plan, date);
  if (newest === null || damaged.length > 0 || newest.manifest.contentDigest !== contentDigest) {
    throw new OutdatedMemory(date);
  }
  return newest;
}
