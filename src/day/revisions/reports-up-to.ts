import type { Archive } from '../../ports.js';
import { dateOfManifest } from './date-of-manifest.js';
import { listReported } from './list-reported.js';

/** The dates of a span that have a report, and whether an earlier date has one: without it, nothing is missing before. */
export async function reportsUpTo(
  archive: Archive,
  plan: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<{ readonly dates: ReadonlySet<string>; readonly hasEarlier: boolean }> {
  const dates = await listReported(archive, plan, from, { to, whereUnreadable: true });
  // Where every date has one there is no gap to look for.
  if (dates.has(from)) return { dates, hasEarlier: true };
  const all = await archive.list(`${plan}/`);
  return { dates, hasEarlier: all.some(({ key }) => isBefore(dateOfManifest(key), from)) };
}

function isBefore(date: string | null, from: string): boolean {
  return date !== null && date < from;
}
