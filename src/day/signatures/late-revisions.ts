import { eachInBatches } from '../../base/in-batches.js';
import { compareText } from '../../base/text-order.js';
import { archivedFileOf } from '../../model/archive-keys.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { Archive } from '../../ports/archive.js';
import { damageOfRevision } from '../revisions/damage-of-revision.js';
import { listMonth, monthsBetween } from '../revisions/list-committed.js';
import { type CommittedRevision, readRevision } from '../revisions/read-revisions.js';
import type { LateFiles } from './late-files.js';
import { latePeriods } from './late-periods.js';

/** Which revisions are looked at. Dates are report days, both included. */
export interface LateRange {
  readonly from: string;
  readonly to: string;
  /** Periods count by their last day, from this one on. */
  readonly periodsFrom: string;
}

/**
 * The committed revisions of days, then of periods, whose files are not all that they should be. Oldest first. A manifest that
 * cannot be used is for others to tell.
 */
export async function lateRevisions(
  plan: string,
  { from, to, periodsFrom }: LateRange,
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
  const days = read
    .flatMap(({ found, files }) => (found.ok ? [lateDay(found.revision, files)] : []))
    .sort((a, b) => compareText(a.prefix, b.prefix));
  return [...days, ...(await latePeriods(plan, { from: periodsFrom, to }, archive, isComplete))];
}

function lateDay(committed: CommittedRevision, files: ReadonlySet<string>): LateFiles {
  const { manifest, revision, prefix, manifestKey, manifestSha256 } = committed;
  return {
    late: { date: manifest.date, revision },
    prefix,
    manifestKey,
    manifestSha256,
    manifest,
    files,
    damage: (archive) => damageOfRevision(committed, archive, { isWithEvidence: true }),
  };
}
