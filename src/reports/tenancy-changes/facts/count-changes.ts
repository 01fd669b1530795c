import { parseInstant, toIso } from '../../../base/instants.js';
import { hourMs } from '../../../base/time-units.js';
import type { ReportDay } from '../../../model/report-day.js';
import { type Change, isStillRunning, tookProtection } from '../model/change.js';
import {
  type ChangeList,
  type ChangeRow,
  type TenancyReport,
  type TenancyTotals,
  mostListed,
} from '../model/tenancy-report.js';
import { principalIdOf } from '../model/principal-id.js';
import { newChangeTally, tallyChange } from './tally.js';
import { TallyRows } from './tally-rows.js';

/** The lists that report.json has; every change is in one of them at most. */
export const listNames = [
  'removals',
  'backupChanges',
  'deletions',
  'refusals',
  'failures',
  'unknowns',
  'running',
] as const;

export type ListName = (typeof listNames)[number];

type Listed = Pick<
  Change,
  'endTime' | 'removesProtection' | 'backupRelevant' | 'result' | 'hasVerb' | 'action'
>;

/** In which list a change stands; null: it is one of the many that nobody has to look at. */
export function listOf(change: Listed): ListName | null {
  if (isStillRunning(change)) return 'running';
  if (tookProtection(change)) return 'removals';
  if (change.backupRelevant) return 'backupChanges';
  if (change.result === 'refused') return 'refusals';
  if (change.result === 'failed') return 'failures';
  if (!change.hasVerb) return 'unknowns';
  if (change.action === 'deleted') return 'deletions';
  return change.result === 'unknown' ? 'unknowns' : null;
}

export interface CountedChanges {
  readonly totals: Omit<TenancyTotals, 'reads' | 'firstSeen'>;
  readonly lists: Readonly<Record<ListName, ChangeList>>;
  readonly services: readonly ChangeRow[];
  readonly compartments: readonly ChangeRow[];
  readonly principals: readonly ChangeRow[];
  readonly hours: TenancyReport['hours'];
  /** By who made them, running ones included. */
  readonly byPrincipal: ReadonlyMap<string, { readonly name: string | null; readonly changes: number }>;
}

/** Counts the changes of a day, and picks those that report.json lists. Its memory grows with no number of changes. */
export function countChanges(
  changes: Iterable<Change>,
  { startMs, cutOffMs }: Pick<ReportDay, 'startMs' | 'cutOffMs'>,
): CountedChanges {
  const tally = newChangeTally();
  const apart = { running: 0, removedProtection: 0, unknownVerb: 0 };
  const lists = emptyLists();
  const rows = { services: new TallyRows(), compartments: new TallyRows(), principals: new TallyRows() };
  const hours = hoursOf(startMs, cutOffMs);
  const byPrincipal = new Map<string, { name: string | null; changes: number }>();
  for (const change of changes) {
    const list = listOf(change);
    if (list !== null) addTo(lists[list], change);
    if (!change.hasVerb) apart.unknownVerb += 1;
    notePrincipal(byPrincipal, change);
    if (isStillRunning(change)) {
      apart.running += 1;
      continue;
    }
    if (list === 'removals') apart.removedProtection += 1;
    tallyChange(tally, change);
    rows.services.add({ id: null, name: change.service }, change);
    rows.compartments.add({ id: change.compartmentId, name: change.compartmentName }, change);
    rows.principals.add(
      { id: change.principalId?.toLowerCase() ?? null, name: change.principalName },
      change,
    );
    const hour = hours[Math.floor(((parseInstant(change.endTime) ?? startMs) - startMs) / hourMs)];
    if (hour === undefined) continue;
    hour.changes += 1;
    if (change.action === 'deleted' && change.result === 'succeeded') hour.deleted += 1;
  }
  return {
    totals: { ...tally, ...apart },
    lists,
    services: rows.services.rows(),
    compartments: rows.compartments.rows(),
    principals: rows.principals.rows(),
    hours,
    byPrincipal,
  };
}

interface GrowingList {
  total: number;
  readonly changes: Change[];
}

const empty = (): GrowingList => ({ total: 0, changes: [] });

function emptyLists(): Record<ListName, GrowingList> {
  return {
    removals: empty(),
    backupChanges: empty(),
    deletions: empty(),
    refusals: empty(),
    failures: empty(),
    unknowns: empty(),
    running: empty(),
  };
}

function addTo(list: GrowingList, change: Change): void {
  list.total += 1;
  if (list.changes.length < mostListed) list.changes.push(change);
}

function notePrincipal(
  seen: Map<string, { name: string | null; changes: number }>,
  change: Pick<Change, 'principalId' | 'principalName'>,
): void {
  const id = principalIdOf(change);
  if (id === null) return;
  const known = seen.get(id);
  if (known === undefined) seen.set(id, { name: change.principalName, changes: 1 });
  else known.changes += 1;
}

function hoursOf(startMs: number, cutOffMs: number) {
  const hours: { start: string; changes: number; deleted: number }[] = [];
  for (let ms = startMs; ms < cutOffMs; ms += hourMs)
    hours.push({ start: toIso(ms), changes: 0, deleted: 0 });
  return hours;
}
