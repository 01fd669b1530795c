import { eachInBatches } from '../../base/in-batches.js';
import { archivedFileOf } from '../../model/archive-keys.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { Archive } from '../../ports/archive.js';
import { listMonth, monthsBetween } from '../revisions/list-committed.js';
import { type CommittedRevision, readRevision } from '../revisions/read-revisions.js';

/** A revision that lacks something that is about it. */
export interface LateRevision {
  readonly date: string;
  readonly revision: number;
}

/** A committed revision, and the names of all its files. */
export interface LateFiles {
  readonly committed: CommittedRevision;
  readonly files: ReadonlySet<string>;
}

/**
 * The committed revisions of the report days from `from` to `to`, both included, whose files are not all that they should be.
 * Oldest first. A manifest that cannot be used is for others to tell.
 */
export async function lateRevisions(
  plan: string,
  { from, to }: { readonly from: string; readonly to: string },
  archive: Archive,
  isComplete: (files: ReadonlySet<string>) => boolean,
): Promise<readonly LateFiles[]> {
  const names = new Map<string, Set<string>>();
  for (const month of monthsBetween(from.slice(0, 7), to.slice(0, 7))) {
    for (const { key } of await listMonth(archive, `${plan}/${month.replace('-', '/')}/`)) {
      const file = archivedFileOf(plan, key);
      if (file?.place !== 'revision' || file.date < from || file.date > to) continue;
      const revision = `${file.date} ${file.revision}`;
      names.set(revision, (names.get(revision) ?? new Set()).add(file.name));
    }
  }
  const incomplete = [...names].filter(
    ([, files]) => files.has(artefactNames.manifest) && !isComplete(files),
  );
  const read = await eachInBatches(incomplete, async ([revision, files]) => {
    const [date = '', number] = revision.split(' ');
    return { found: await readRevision(archive, { plan, date, revision: Number(number) }), files };
  });
  return read
    .flatMap(({ found, files }) => (found.ok ? [{ committed: found.revision, files }] : []))
    .sort((a, b) => (a.committed.prefix < b.committed.prefix ? -1 : 1));
}

export function lateRevisionOf({ manifest, revision }: CommittedRevision): LateRevision {
  return { date: manifest.date, revision };
}
