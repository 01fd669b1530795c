import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeWorkspace } from '../day/artefacts/workspace.js';
import {
  type CommittedRevision,
  listRevisions,
  readRevision,
  revisionPrefix,
} from '../day/revisions/read-revisions.js';
import { Failure, UnreadableFile, explainError } from '../errors.js';
import { damageInEnglish } from '../model/archive-damage.js';
import { artefactNames } from '../model/artefact-names.js';
import type { Archive } from '../ports/archive.js';
import type { Log } from '../ports/log.js';
import { type ArchivedRevision, readArchived } from './archived-revision.js';
import { compareRevision } from './compare-revision.js';
import { CannotRebuild, type RebuiltRevision } from './rebuilt-revision.js';
import { type ReplayedPlan, replayDay } from './replay-day.js';
import { type ReplaySurroundings, otherSurroundings } from './surroundings.js';

/**
 * Opens again how a revision was judged and shown.
 *
 * @param folder for the files that this takes; it exists and is empty
 * @throws CannotRebuild, and Failure('usage') for what this version of the program does not take
 */
export type OpenReplay = (archived: ArchivedRevision, folder: string) => Promise<ReplayedPlan>;

export interface RebuildPorts {
  readonly openReplay: OpenReplay;
  /** Of this process, with the version of this program. */
  readonly surroundings: ReplaySurroundings;
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes every committed revision of some days again from what is archived of it, in a temporary folder, and compares each of
 * its files with the one in the archive. One revision after the other, oldest first; nothing is written to the archive.
 *
 * @param plan name of the plan: its folder in the archive
 * @throws Failure('storage') where the archive cannot be read, or the temporary folder not written
 */
export async function* rebuildRevisions(
  archive: Archive,
  plan: string,
  dates: Iterable<string> | AsyncIterable<string>,
  ports: RebuildPorts,
): AsyncGenerator<RebuiltRevision> {
  for await (const date of dates) {
    for (const revision of await committedOf(archive, plan, date)) {
      ports.signal?.throwIfAborted();
      yield await rebuildRevision(archive, { plan, date, revision }, ports);
    }
  }
}

/** Those with a manifest; null stands for a day whose folder cannot be listed. */
async function committedOf(
  archive: Archive,
  plan: string,
  date: string,
): Promise<readonly (number | null)[]> {
  try {
    const revisions = await listRevisions(archive, plan, date);
    return revisions.filter(({ hasManifest }) => hasManifest).map(({ revision }) => revision);
  } catch (error) {
    if (error instanceof UnreadableFile) return [null];
    throw error;
  }
}

/** Makes one revision again. */
async function rebuildRevision(
  archive: Archive,
  {
    plan,
    date,
    revision,
  }: { readonly plan: string; readonly date: string; readonly revision: number | null },
  ports: RebuildPorts,
): Promise<RebuiltRevision> {
  const key = `${revisionPrefix(plan, date, revision ?? 0)}${artefactNames.manifest}`;
  const head = { key, date, revision };
  const cannot = (reason: string, isTooOld = false): RebuiltRevision => {
    ports.log.info({ plan, date, revision, reason }, 'rebuild: a revision cannot be rebuilt');
    return { ...head, outcome: 'cannot-rebuild', reason, isTooOld, surroundings: [], differences: [] };
  };
  if (revision === null) return cannot('the folder of the day cannot be listed');
  const read = await readRevision(archive, { plan, date, revision });
  if (!read.ok) return cannot(`its manifest cannot be used: ${damageInEnglish(read.damage)}`);
  try {
    const rebuilt = await inFolders((folders) => replayAndCompare(read.revision, archive, ports, folders));
    ports.log.info({ plan, date, revision, outcome: rebuilt.outcome }, 'rebuild: a revision was made again');
    return { ...head, ...rebuilt };
  } catch (error) {
    if (error instanceof CannotRebuild) return cannot(error.message, error.isTooOld);
    // What it was made with, this version does not take.
    if (error instanceof Failure && error.kind === 'usage') {
      return cannot(`what it was made with cannot be used: ${explainError(error)}`);
    }
    throw error;
  }
}

async function replayAndCompare(
  committed: CommittedRevision,
  archive: Archive,
  { openReplay, surroundings: here, log }: RebuildPorts,
  { madeBy, made }: Folders,
): Promise<Omit<RebuiltRevision, 'key' | 'date' | 'revision'>> {
  const archived = await readArchived(committed, archive);
  const replayed = await replayDay(archived, await openReplay(archived, madeBy), {
    archive,
    workspace: made,
    log,
  });
  const surroundings = otherSurroundings(archived.manifest, here);
  const compared = await compareRevision(archived, replayed, archive, surroundings);
  return { ...compared, reason: null, isTooOld: false, surroundings };
}

interface Folders {
  /** For what the revision was made with. */
  readonly madeBy: string;
  /** For the files that are made again. */
  readonly made: string;
}

async function inFolders<T>(work: (folders: Folders) => Promise<T>): Promise<T> {
  const workspace = await makeWorkspace();
  try {
    const folders = { madeBy: join(workspace, 'made-by'), made: join(workspace, 'made') };
    for (const folder of Object.values(folders)) await mkdir(folder);
    return await work(folders);
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}
