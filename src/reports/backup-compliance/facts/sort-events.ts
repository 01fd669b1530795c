import type { EstateItem } from '../events/azure/azure-estate.js';
import type { EventLedger } from '../events/event-ledger.js';
import { compareEvents } from '../events/event-order.js';
import type { BackupEvent } from '../model/backup-event.js';
import type { Action, EventType } from '../model/event-type.js';
import { type CorrelatedJob, correlateJobs } from './correlate-jobs.js';

/** Everything that was read, sorted once for all its days. */
export interface ReadEvents {
  /** Jobs of the whole reading, oldest first; those without an end are running. */
  readonly jobs: readonly CorrelatedJob[];
  readonly conditions: readonly BackupEvent[];
  /** Deletions, changes, creations and terminations. */
  readonly others: readonly BackupEvent[];
  /** Number of events by type, for types that the catalogue lacks. */
  readonly unrecognised: ReadonlyMap<string, number>;
  /** Ends of backups after the cut-off that were running at it. */
  readonly ahead: readonly BackupEvent[];
  /** What vaults of Azure tell of their items; absent: nothing. */
  readonly estate?: readonly EstateItem[];
}

/** Correlates the events into jobs, and sorts the events that are not part of a job. */
export function sortEvents(
  ledger: EventLedger,
  ahead: readonly BackupEvent[] = [],
  estate: readonly EstateItem[] = [],
): ReadEvents {
  const conditions: BackupEvent[] = [];
  const others: BackupEvent[] = [];
  const unrecognised = new Map<string, number>();
  for (const event of ledger.ofTypes((type) => !type.catalogued || isCondition(type) || isOther(type))) {
    const { type } = event;
    if (isCondition(type)) conditions.push(event);
    if (isOther(type)) others.push(event);
    if (!type.catalogued) unrecognised.set(type.name, (unrecognised.get(type.name) ?? 0) + 1);
  }
  // The order of reading must not decide who is named first.
  conditions.sort(compareEvents);
  others.sort(compareEvents);
  return { jobs: correlateJobs(ledger.groups()), conditions, others, unrecognised, ahead, estate };
}

function isCondition({ action }: EventType): boolean {
  return action === 'condition';
}

const otherActions: ReadonlySet<Action> = new Set<Action>([
  'change',
  'creation',
  'deletion',
  'deletion-canceled',
  'termination',
]);

function isOther({ action }: EventType): boolean {
  return otherActions.has(action);
}
