import { addDays, reportDayOf } from '../../base/civil-dates.js';
import type { Archive } from '../../ports.js';
import { dateOfManifest } from './date-of-manifest.js';

/**
 * The dates without a report from the plan's first report to `to`, oldest first. Before its first report nothing is
 * missing. Lists the whole archive of the plan.
 */
export async function missingDates(
  archive: Archive,
  { plan, timezone }: { readonly plan: string; readonly timezone: string },
  to: string,
): Promise<readonly string[]> {
  const dates = new Set<string>();
  let first: string | null = null;
  for (const { key } of await archive.list(`${plan}/`)) {
    const date = dateOfManifest(key);
    if (date === null) continue;
    dates.add(date);
    if (first === null || date < first) first = date;
  }
  const missing: string[] = [];
  if (first === null) return missing;
  for (let date = first; date <= to; date = addDays(date, 1)) {
    if (!dates.has(date) && reportDayOf(date, timezone) !== undefined) missing.push(date);
  }
  return missing;
}
