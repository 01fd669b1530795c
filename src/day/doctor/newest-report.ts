import { z } from 'zod';
import { artefactNames } from '../../model/artefact-names.js';
import type { Archive } from '../../ports/archive.js';
import type { Finding } from '../../ports/finding.js';
import { readArtefact } from '../revisions/earlier-revision.js';
import type { CommittedRevision } from '../revisions/read-revisions.js';

const reasonedSchema = z.object({ statusReasons: z.array(z.string()) });

/**
 * That the newest report is INCOMPLETE, and the first reason: a source that answers, and has told nothing since, looks
 * well in every other check. Nothing where it is COMPLETE.
 *
 * @param revisions of the last days, oldest first
 */
export async function newestReportFindings(
  archive: Archive,
  revisions: readonly CommittedRevision[],
): Promise<readonly Finding[]> {
  const newest = revisions.at(-1);
  if (newest === undefined || newest.manifest.status === 'COMPLETE') return [];
  const { date } = newest.manifest;
  const why = await firstReason(archive, newest);
  return [
    {
      check: 'newest report',
      state: 'warning',
      words: `that of ${date} is INCOMPLETE${why === null ? '' : `: ${why}`}`,
      advice: `Once the cause is mended, run --date ${date} reads the day again.`,
    },
  ];
}

/** null: it cannot be read, which is said with the damage. */
async function firstReason(archive: Archive, revision: CommittedRevision): Promise<string | null> {
  const bytes = await readArtefact(archive, revision, artefactNames.report);
  if (bytes === null) return null;
  try {
    const { statusReasons } = reasonedSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    return statusReasons[0] ?? null;
  } catch {
    return null;
  }
}
