import type { BackupEvent } from '../model/backup-event.js';
import type { EventType } from '../model/event-type.js';
import type { EventLedger } from '../events/event-ledger.js';
import { type CorrelatedJob, correlateJobs } from './correlate-jobs.js';

/** All that was read, sorted once for every day of it. */
export interface ReadEvents {
  /** Of the whole reading, oldest first; those without an end are running. */
  readonly jobs: readonly CorrelatedJob[];
  readonly conditions: readonly BackupEvent[];
  /** Deletions, changes and terminations. */
  readonly others: readonly BackupEvent[];
  /** How many events of each type that the catalogue lacks. */
  readonly unrecognised: ReadonlyMap<string, number>;
}

/** Correlates what was read, and sorts the events that are no jobs. */
export function sortEvents(ledger: EventLedger): ReadEvents {
  const conditions: BackupEvent[] = [];
  const others: BackupEvent[] = [];
  const unrecognised = new Map<string, number>();
  for (const event of ledger.ofTypes((type) => !type.catalogued || isCondition(type) || isOther(type))) {
    const { type } = event;
    if (isCondition(type)) conditions.push(event);
    if (isOther(type)) others.push(event);
    if (!type.catalogued) unrecognised.set(type.name, (unrecognised.get(type.name) ?? 0) + 1);
  }
  return { jobs: correlateJobs(ledger.groups()), conditions, others, unrecognised };
}

function isCondition({ action }: EventType): boolean {
  return action === 'condition';
}

function isOther({ action }: EventType): boolean {
  return action === 'deletion' || action === 'termination' || action === 'change';
}
