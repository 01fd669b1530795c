import { addDays, dateAt } from '../../base/civil-dates.js';
import type { Archive, Finding } from '../../ports.js';
import { readChecked } from '../delivery/read-checked.js';
import { listCommitted } from '../revisions/list-committed.js';
import { otherPlansOf } from '../revisions/other-plans.js';
import { findNewestRevision } from '../revisions/read-revisions.js';
import { unzipLines } from '../revisions/unzip-lines.js';
import type { ArchivedDays } from './diagnosed-plan.js';

const checkedDays = 7;

/** What the archived reports of the plan show, and other plans where it has none. Nothing where all is fine. */
export async function archivedFindings(
  archive: Archive,
  { plan, linesFile, diagnose }: ArchivedDays,
  { timezone, nowMs }: { readonly timezone: string; readonly nowMs: number },
): Promise<readonly Finding[]> {
  const today = dateAt(nowMs, timezone);
  const dates = await listCommitted(archive, plan, addDays(today, -checkedDays), today);
  if (dates.size === 0) return renamedFindings(archive, plan);
  const warnings = await diagnose(linesOf(archive, { plan, linesFile, dates: [...dates].sort() }));
  return warnings.map((warning) => ({ check: 'collected events', ...warning }));
}

/** A plan that was renamed knows nothing of its earlier days. */
async function renamedFindings(archive: Archive, plan: string): Promise<readonly Finding[]> {
  if ((await archive.list(`${plan}/`)).length > 0) return [];
  const others = await otherPlansOf(archive, plan);
  if (others.length === 0) return [];
  const words = `it has no report of the plan ${plan}, but of others: ${others.join(', ')}`;
  const advice =
    'Was this plan renamed? Give it its old name back: under a new one it knows nothing of the days before.';
  return [{ check: 'plans', state: 'warning', words, advice }];
}

async function* linesOf(
  archive: Archive,
  { plan, linesFile, dates }: { plan: string; linesFile: string; dates: readonly string[] },
): AsyncGenerator<string> {
  for (const date of dates) {
    const found = await findNewestRevision(archive, plan, date);
    if (found !== null) yield* unzipLines(await readChecked(archive, found, linesFile));
  }
}
