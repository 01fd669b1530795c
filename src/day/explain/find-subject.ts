import type { ReportHead } from '../../model/report-head.js';
import type { Archive } from '../../ports/archive.js';
import type { NearSubject } from '../../reports/explanation.js';
import type { ReportKind } from '../../reports/report-kind.js';
import { readCheckedRevision } from '../delivery/read-checked.js';
import { newestCommitted } from '../revisions/list-committed.js';

/** A subject as the newest report of a plan knows it. */
export type FoundSubject =
  | { readonly found: true; readonly id: string; readonly name: string }
  | {
      readonly found: false;
      /** Day of that report; null: there is none yet. */
      readonly date: string | null;
      readonly near: readonly NearSubject[];
    };

/**
 * Looks a subject up in the newest report, by its id in any case or by its name.
 *
 * @throws Failure('storage') for a report that does not match its manifest
 */
export async function findSubject<R extends ReportHead>(
  archive: Archive,
  plan: { readonly name: string; readonly kind: Pick<ReportKind<R>, 'readReport' | 'explainSubject'> },
  query: string,
): Promise<FoundSubject> {
  const date = await newestCommitted(archive, plan.name);
  const newest = date === null ? null : await readCheckedRevision(archive, plan, date);
  if (newest === null) return { found: false, date: null, near: [] };
  const lookup = await plan.kind.explainSubject(newest.report, query, noLines());
  if (!lookup.found) return { found: false, date, near: lookup.near };
  const { id, name } = lookup.subject;
  return { found: true, id, name };
}

/** What was done with it is not asked for. */
async function* noLines(): AsyncGenerator<string> {}
