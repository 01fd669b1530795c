import { type ArchivedFile, archivedFileOf } from '../../model/archive-keys.js';
import { artefactNames } from '../../model/artefact-names.js';
import { isReportDate } from '../../model/report-date.js';
import { findStrays } from '../../model/revision-numbers.js';
import type { Archive, ArchiveEntry } from '../../ports/archive.js';

/** A revision as the archive lists it. */
export interface ListedRevision {
  readonly date: string;
  readonly revision: number;
  /** Ends in `/`. */
  readonly prefix: string;
  readonly hasManifest: boolean;
  /** Its files by name, those that are none included. */
  readonly files: ReadonlyMap<string, ArchiveEntry>;
}

/** All that the archive lists of a plan. */
export interface ListedPlan {
  readonly plan: string;
  /** In order of days and numbers. */
  readonly revisions: readonly ListedRevision[];
  /** sha-256 of the files in made-by/. */
  readonly madeBy: readonly string[];
  /** What is in keys/, log/, periods/ and the like, in the order of the listing. */
  readonly others: readonly (ArchiveEntry & { readonly file: ArchivedFile })[];
  /** What no version of this program writes. */
  readonly foreign: readonly ArchiveEntry[];
}

/** @throws UnreadableFile where the plan's folder is a link; Failure('storage') where the archive cannot be listed */
export async function listPlan(archive: Archive, plan: string): Promise<ListedPlan> {
  const byPrefix = new Map<string, ListedRevision & { readonly files: Map<string, ArchiveEntry> }>();
  const madeBy: string[] = [];
  const others: (ArchiveEntry & { readonly file: ArchivedFile })[] = [];
  const foreign: ArchiveEntry[] = [];
  const all = (await archive.list(`${plan}/`)).map((entry) => ({
    entry,
    place: placeInDay(plan, entry.key),
    file: archivedFileOf(plan, entry.key),
  }));
  const isStray = findStrays(all.flatMap(({ place, file }) => place ?? file ?? []));
  for (const { entry, place, file } of all) {
    const either = place ?? file;
    if (either !== null && isStray(either)) foreign.push(entry);
    else if (place !== null) {
      const { name, place: _place, ...revision } = place;
      const listed = byPrefix.get(revision.prefix) ?? { ...revision, hasManifest: false, files: new Map() };
      listed.files.set(name, entry);
      byPrefix.set(revision.prefix, {
        ...listed,
        hasManifest: listed.hasManifest || name === artefactNames.manifest,
      });
    } else if (file === null || entry.unreadable !== undefined) foreign.push(entry);
    else if (file.place === 'made-by') madeBy.push(file.sha256);
    else others.push({ ...entry, file });
  }
  const revisions = [...byPrefix.values()].sort(
    (a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0) || a.revision - b.revision,
  );
  return { plan, revisions, madeBy, others, foreign };
}

interface PlaceInDay extends Pick<ListedRevision, 'date' | 'revision' | 'prefix'> {
  readonly place: 'revision';
  readonly name: string;
}

/** Any file in the folder of a revision: which of them belong to it, its manifest says. null: it lies elsewhere. */
function placeInDay(plan: string, key: string): PlaceInDay | null {
  const found = /^(\d{4})\/(\d{2})\/(\d{2})\/r([1-9]\d{0,8})\/([^/]+)$/.exec(key.slice(plan.length + 1));
  if (found === null) return null;
  const [, year = '', month = '', day = '', revision = '', name = ''] = found;
  const date = `${year}-${month}-${day}`;
  if (!isReportDate(date)) return null;
  return {
    place: 'revision',
    date,
    revision: Number(revision),
    prefix: key.slice(0, key.length - name.length),
    name,
  };
}
