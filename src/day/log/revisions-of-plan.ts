import { compareText } from '../../base/text-order.js';
import { UnreadableFile } from '../../errors.js';
import { archivedFileOf } from '../../model/archive-keys.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { Archive, ArchiveEntry } from '../../ports/archive.js';
import { dayPrefix, revisionPrefix } from '../revisions/read-revisions.js';

/** A committed revision, by the names of its files. */
export interface LoggableRevision {
  readonly date: string;
  readonly revision: number;
  /** Ends in `/`. */
  readonly prefix: string;
  readonly manifestKey: string;
  /** When its checkpoint was written, epoch milliseconds; null: it has none, so nobody knows whether it has a leaf. */
  readonly checkpointMs: number | null;
}

/** In order of day and number: the order in which they are appended. */
export async function listLoggable(archive: Archive, plan: string): Promise<readonly LoggableRevision[]> {
  return listBelow(archive, plan, `${plan}/`);
}

/** The same, of the months of these days. */
export async function listMonthsOf(
  archive: Archive,
  plan: string,
  dates: readonly string[],
): Promise<readonly LoggableRevision[]> {
  const months = [...new Set(dates.map((date) => dayPrefix(plan, date.slice(0, 7))))].sort(compareText);
  const listed: LoggableRevision[] = [];
  for (const month of months) listed.push(...(await listBelow(archive, plan, month)));
  return listed;
}

async function listBelow(archive: Archive, plan: string, prefix: string): Promise<LoggableRevision[]> {
  const committed = new Map<string, Pick<LoggableRevision, 'date' | 'revision'>>();
  const checkpoints = new Map<string, number>();
  for (const { key, modifiedMs } of await entriesBelow(archive, prefix)) {
    const file = archivedFileOf(plan, key);
    if (file?.place !== 'revision') continue;
    const { date, revision, name } = file;
    const at = revisionPrefix(plan, date, revision);
    if (name === artefactNames.manifest) committed.set(at, { date, revision });
    if (name === artefactNames.checkpoint) checkpoints.set(at, modifiedMs);
  }
  return [...committed].map(([at, named]) => toListed(at, named, checkpoints.get(at) ?? null)).sort(byDay);
}

/** What lies behind a link, or may not be entered, counts as not there: whoever makes such a day says what is wrong. */
async function entriesBelow(archive: Archive, prefix: string): Promise<readonly ArchiveEntry[]> {
  try {
    return await archive.list(prefix);
  } catch (error) {
    if (error instanceof UnreadableFile) return [];
    throw error;
  }
}

function toListed(
  prefix: string,
  named: Pick<LoggableRevision, 'date' | 'revision'>,
  checkpointMs: number | null,
): LoggableRevision {
  return { ...named, prefix, manifestKey: `${prefix}${artefactNames.manifest}`, checkpointMs };
}

function byDay(a: LoggableRevision, b: LoggableRevision): number {
  return a.date === b.date ? a.revision - b.revision : compareText(a.date, b.date);
}

/** The revision whose checkpoint was written last; null: none has one. */
export function withNewestCheckpoint(revisions: readonly LoggableRevision[]): LoggableRevision | null {
  let newest: LoggableRevision | null = null;
  for (const each of revisions) {
    if (each.checkpointMs !== null && each.checkpointMs >= (newest?.checkpointMs ?? 0)) newest = each;
  }
  return newest;
}
