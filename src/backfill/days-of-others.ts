import type { DayPorts, ReportPlan } from '../day/report-plan.js';
import { findDraft } from '../day/revisions/draft-report.js';
import type { PendingReport } from '../day/revisions/pending-report.js';
import type { ReportDay } from '../model/report-day.js';
import type { ReportHead } from '../model/report-head.js';
import type { DayReader } from './day-reader.js';
import { isEmptyForOthers } from './empty-days.js';
import type { PredecessorWatch } from './predecessor-watch.js';

/** Days before one, which other processes make. */
export interface DaysOfOthers {
  /** Reports of those that have no manifest yet, oldest first. */
  readonly pending: readonly PendingReport[];
  /** Waits until each has its manifest, or is known not to get one. */
  done(): Promise<void>;
}

interface Others<R extends ReportHead> {
  readonly plan: ReportPlan<R>;
  readonly ports: Pick<DayPorts<R>, 'archive'>;
  readonly reader: DayReader;
  readonly watch: PredecessorWatch;
}

/**
 * Waits until it is known what the days before a day say: their documents are in the archive, before they are rendered.
 *
 * @throws Failure('storage') after 15 minutes without progress
 */
export async function daysOfOthers<R extends ReportHead>(
  day: ReportDay,
  { plan, ports, reader, watch }: Others<R>,
): Promise<DaysOfOthers> {
  const drafts = new Map<string, PendingReport>();
  const isEmpty = async (each: ReportDay): Promise<boolean> =>
    !drafts.has(each.date) && (await isEmptyForOthers(each, reader));
  const hasDraft = async (date: string): Promise<boolean> => {
    const draft = drafts.get(date) ?? (await findDraft(ports.archive, plan, date));
    if (draft !== null) drafts.set(date, draft);
    return draft !== null;
  };
  await watch.waitForDaysBefore(day, isEmpty, hasDraft);
  const pending = [...drafts.values()].sort((a, b) => (a.manifest.date < b.manifest.date ? -1 : 1));
  return { pending, done: () => watch.waitForDaysBefore(day, isEmpty) };
}
