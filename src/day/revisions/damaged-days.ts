import type { Archive } from '../../ports/archive.js';
import { type DamagedRevision, readRevisions } from './read-revisions.js';

/**
 * What is wrong with the newest revisions of days that have a report: those that cannot be used are made again, those of a
 * newer version are not. Reads a manifest a day.
 */
export async function damagedDays(
  archive: Archive,
  plan: string,
  dates: readonly string[],
): Promise<ReadonlyMap<string, DamagedRevision>> {
  const found = new Map<string, DamagedRevision>();
  for (const date of dates) {
    const { damaged } = await readRevisions(archive, plan, date);
    const worst = damaged.find(({ reason }) => reason === 'newer') ?? damaged[0];
    if (worst !== undefined) found.set(date, worst);
  }
  return found;
}
