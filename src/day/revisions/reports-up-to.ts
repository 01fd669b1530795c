import type { Archive } from '../../ports/archive.js';
import { dateOfManifest } from '../../model/date-of-manifest.js';
import { listReported } from './list-reported.js';

/**
 * The dates of a span that have a report, and where the archive begins: before it, nothing is missing. A report that was made
 * before its day was over is none, but the archive begins with it all the same.
 *
 * @returns began: of the first report, or `from` where that date has one; null: there is none
 */
export async function reportsUpTo(
  archive: Archive,
  plan: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<{ readonly dates: ReadonlySet<string>; readonly began: string | null }> {
  const dates = await listReported(archive, plan, from, { to, whereUnreadable: true });
  // Where every date has one there is no gap to look for.
  if (dates.has(from)) return { dates, began: from };
  let began: string | null = null;
  for (const { key } of await archive.list(`${plan}/`)) {
    const date = dateOfManifest(key);
    if (date !== null && (began === null || date < began)) began = date;
  }
  return { dates, began };
}
