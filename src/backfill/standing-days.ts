import { nobodyNotified, type Deliveries } from '../day/delivery/deliver-report.js';
import { logUnreadable } from '../day/delivery/delivery-files.js';
import { readCheckedRevision } from '../day/delivery/read-checked.js';
import { deliverArchived } from '../day/delivery/redeliver.js';
import { whatIsOwed } from '../day/delivery/withhold-delivery.js';
import type { DayPorts, ReportPlan } from '../day/report-plan.js';
import { listCommitted } from '../day/revisions/list-committed.js';
import { isReport } from '../day/revisions/list-reported.js';
import { findNewestRevision, readRevisions } from '../day/revisions/read-revisions.js';
import { eachInBatches } from '../base/in-batches.js';
import { Failure } from '../errors.js';
import { damageInEnglish } from '../model/archive-damage.js';
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
  /** What of its delivery ledger could not be read, and why. */
  readonly unreadable: readonly string[];
}

/** A day whose report a newer version of this program made. */
export interface NewerDay {
  readonly date: string;
  readonly kind: 'newer';
  readonly words: string;
}

interface DividedDays {
  /** They keep the report that they have, oldest first. */
  readonly standing: readonly (ReportDay | NewerDay)[];
  /** A damaged report is made again, under a new number; so is one that was made before its day was over. */
  readonly work: readonly ReportDay[];
}

/** @param mode missing: reports stay; revise: all days are made again */
export async function divideDays(
  plan: string,
  days: readonly ReportDay[],
  mode: 'missing' | 'revise',
  { archive }: Pick<DayPorts, 'archive'>,
): Promise<DividedDays> {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return { standing: [], work: [] };
  const committed = await listCommitted(archive, plan, first.date, last.date);
  const states = await eachInBatches(days, async ({ date }) =>
    committed.has(date) ? readRevisions(archive, plan, date) : null,
  );
  const standing: (ReportDay | NewerDay)[] = [];
  const work: ReportDay[] = [];
  for (const [index, day] of days.entries()) {
    const { newest = null, damaged = [] } = states[index] ?? {};
    const later = damaged.find(({ reason }) => reason === 'newer');
    if (later !== undefined) {
      standing.push({ date: day.date, kind: 'newer', words: `${later.location}: ${damageInEnglish(later)}` });
    } else if (mode === 'missing' && isReport(newest, damaged)) standing.push(day);
    else work.push(day);
  }
  return { standing, work };
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
  const { owed, unreadable } = await whatIsOwed(plan, date, ports);
  const isOwed = owed.length > 0;
  const isDelivered = isOwed && notify;
  // Where it is delivered now, the ledger is read again, and says so.
  if (!isDelivered) unreadable.forEach(logUnreadable(ports.log));
  const deliveries = isDelivered ? await deliverArchived(plan, date, ports) : nobodyNotified;
  return {
    revision: newest.revision,
    status,
    reason,
    location: archive.locate(newest.prefix),
    deliveries: isOwed && !notify ? { ...deliveries, isOwed } : deliveries,
    isDelivered,
    unreadable: unreadable.map(({ location, words }) => `${location}: ${words}`),
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
