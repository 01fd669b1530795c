import { UnreadableFile } from '../../errors.js';
import type { Archive, ArchiveEntry } from '../../ports/archive.js';
import { dateOfManifest } from '../../model/date-of-manifest.js';

/** The dates from `from` to `to`, both included, that have a committed revision. Lists the archive month by month. */
export async function listCommitted(
  archive: Archive,
  plan: string,
  from: string,
  to: string,
): Promise<ReadonlySet<string>> {
  const dates = new Set<string>();
  for (const month of monthsBetween(from.slice(0, 7), to.slice(0, 7))) {
    const prefix = `${plan}/${month.replace('-', '/')}/`;
    for (const { key } of await listMonth(archive, prefix)) {
      const date = dateOfManifest(key);
      if (date !== null && date >= from && date <= to) dates.add(date);
    }
  }
  return dates;
}

/**
 * The newest date of a plan that has a committed revision; null: none has. Lists the whole plan.
 *
 * @param to the last date that counts; absent: any does
 */
export async function newestCommitted(archive: Archive, plan: string, to?: string): Promise<string | null> {
  let newest = '';
  for (const { key } of await archive.list(`${plan}/`)) {
    const date = dateOfManifest(key) ?? '';
    if (date > newest && (to === undefined || date <= to)) newest = date;
  }
  return newest === '' ? null : newest;
}

/**
 * Everything below the prefix of a month. What lies behind a link, or may not be entered, counts as not there: whoever makes
 * such a day finds out.
 */
export async function listMonth(archive: Archive, prefix: string): Promise<readonly ArchiveEntry[]> {
  try {
    return await archive.list(prefix);
  } catch (error) {
    if (error instanceof UnreadableFile) return [];
    throw error;
  }
}

/** `2025-11`, `2025-12`, `2026-01` */
export function monthsBetween(from: string, to: string): readonly string[] {
  const months: string[] = [];
  for (let month = from; month <= to;) {
    months.push(month);
    const [year = 0, number = 0] = month.split('-').map(Number);
    month = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
  }
  return months;
}
