import { nobodyNotified, type Deliveries } from '../day/delivery/deliver-report.js';
import { readCheckedRevision } from '../day/delivery/read-checked.js';
import { deliverArchived } from '../day/delivery/redeliver.js';
import { owedMessages } from '../day/delivery/withhold-delivery.js';
import type { DayPorts, ReportPlan } from '../day/report-plan.js';
import { listReported } from '../day/revisions/list-reported.js';
import { findNewestRevision } from '../day/revisions/read-revisions.js';
import { Failure } from '../errors.js';
import type { ReportDay } from '../model/report-day.js';
import type { ReportHead } from '../model/report-head.js';

/** A day that keeps the report that it has. */
export interface StandingDay {
  readonly revision: number;
  readonly status: ReportHead['status'];
  /** Why it is INCOMPLETE; null: it is not, or the report cannot be read. */
  readonly reason: string | null;
  /** Where a person finds it. */
  readonly location: string;
  /** What was delivered of it now. `isOwed`: it was not delivered, and nobody is to be notified. */
  readonly deliveries: Deliveries;
  /** Whether anything was delivered of it now. */
  readonly isDelivered: boolean;
}

/** The days that have their report, oldest first, and the others. */
export async function divideDays(
  plan: string,
  days: readonly ReportDay[],
  { archive }: Pick<DayPorts, 'archive'>,
): Promise<{ readonly standing: readonly ReportDay[]; readonly work: readonly ReportDay[] }> {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return { standing: [], work: [] };
  const reported = await listReported(archive, plan, first.date, { to: last.date });
  const stands = ({ date }: ReportDay): boolean => reported.has(date);
  return { standing: days.filter(stands), work: days.filter((day) => !stands(day)) };
}

/** What a day that has its report still needs: is it delivered? With `notify`, what is owed is delivered now. */
export async function visitStanding<R extends ReportHead>(
  plan: ReportPlan<R>,
  date: string,
  ports: DayPorts<R>,
  notify: boolean,
): Promise<StandingDay> {
  const { archive } = ports;
  const newest = await findNewestRevision(archive, plan.name, date);
  if (newest === null) throw new Failure('storage', `the report of ${date} is not in the archive any more`);
  const { status } = newest.manifest;
  const reason = status === 'INCOMPLETE' ? await reasonOf(plan, date, ports) : null;
  const isOwed = (await owedMessages(plan, date, ports)).length > 0;
  const isDelivered = isOwed && notify;
  const deliveries = isDelivered ? await deliverArchived(plan, date, ports) : nobodyNotified;
  return {
    revision: newest.revision,
    status,
    reason,
    location: archive.locate(newest.prefix),
    deliveries: isOwed && !notify ? { ...deliveries, isOwed } : deliveries,
    isDelivered,
  };
}

/** The first reason of an INCOMPLETE report. */
async function reasonOf<R extends ReportHead>(
  plan: ReportPlan<R>,
  date: string,
  { archive }: DayPorts<R>,
): Promise<string | null> {
  try {
    const checked = await readCheckedRevision(archive, plan, date);
    return checked?.report.statusReasons[0] ?? null;
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}
