import { type ArchivedFile, archivedFileOf } from '../model/archive-keys.js';
import { artefactNames } from '../model/artefact-names.js';
import { findStrays } from '../model/revision-numbers.js';
import type { Archive, ArchiveEntry } from '../ports/archive.js';

/** A file of an archive, by what it is. */
export interface ListedFile extends ArchiveEntry {
  readonly file: ArchivedFile;
}

/** All that the archive has of a plan. */
export interface PlanListing {
  /** In order of their keys. */
  readonly files: readonly ListedFile[];
  /** Of each date with any file of a revision, in order of their keys. */
  readonly byDate: ReadonlyMap<string, readonly ListedFile[]>;
  /** Keys that no version of this program writes. */
  readonly foreign: readonly string[];
}

/** @throws Failure('storage') where the archive cannot be listed */
export async function listCovered(archive: Archive, plan: string): Promise<PlanListing> {
  const files: ListedFile[] = [];
  const byDate = new Map<string, ListedFile[]>();
  const foreign: string[] = [];
  const listed = (await archive.list(`${plan}/`)).map((entry) => ({
    entry,
    file: archivedFileOf(plan, entry.key),
  }));
  const isStray = findStrays(listed.flatMap(({ file }) => file ?? []));
  for (const { entry, file } of listed) {
    if (file === null || isStray(file)) {
      foreign.push(entry.key);
      continue;
    }
    files.push({ ...entry, file });
    if (file.place !== 'revision') continue;
    const ofDate = byDate.get(file.date) ?? [];
    byDate.set(file.date, ofDate);
    ofDate.push({ ...entry, file });
  }
  return { files, byDate, foreign };
}

/** Whether the plan has signatures or keys: only then a day without a signature lacks something. */
export function usesSignatures({ files }: PlanListing): boolean {
  return files.some(({ file }) => file.place === 'keys' || isSignature(file));
}

/** Whether it is the signature of a day's manifest. @param revision of any, where it is not given */
export function isSignature(file: ArchivedFile, revision?: number): boolean {
  if (file.place !== 'revision' || file.name !== artefactNames.signature) return false;
  return revision === undefined || file.revision === revision;
}
