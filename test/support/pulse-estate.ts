import { addDays } from '../../src/base/civil-dates.js';
import type { EventSource } from '../../src/ports/event-source.js';
import type { Rules } from '../../src/reports/backup-compliance/rules/rule-book.js';
import { memorySource } from './memory-source.js';
import { type RawEvent, databaseEvent, rawEvent } from './raw-event.js';

/** The first day of the estate, a Sunday. */
export const firstDate = '2026-11-01';

/** The date of a day, counted from 1. */
export function dateOf(day: number): string {
  return addDays(firstDate, day - 1);
}

/** A source under its own name. */
export function sourceOf(
  name: string,
  records: readonly unknown[],
  reasons: readonly string[] = [],
): EventSource {
  return { ...memorySource(records, reasons), name };
}

/** The end of a database's backup on a day, at 03:00 UTC. */
export function backupOn(
  day: number,
  name: string,
  region = 'iad',
  phase: 'begin' | 'end' = 'end',
): RawEvent {
  return databaseEvent(phase, `${dateOf(day)}T03:00:00Z`, {
    id: `${name}-${phase}-${day}`,
    resourceId: `ocid1.dbbackup.oc1.${region}.${name}${day}`,
    details: { databaseId: `ocid1.database.oc1.${region}.${name}`, dbUniqueName: `${name}_u` },
  });
}

/** An event that is not about backups. */
export function unrelatedOn(day: number): RawEvent {
  const resourceId = 'ocid1.instance.oc1.iad.i1';
  return rawEvent({ type: 'computeapi.launchinstance.end', time: `${dateOf(day)}T05:00:00Z`, resourceId });
}

/** An event of a backup that cannot be used: it has a time and no data. */
export function damagedOn(day: number): unknown {
  const { data: _, ...rest } = backupOn(day, 'erp');
  return rest;
}

/** Due on Sundays alone. */
export const weekly: Partial<Rules> = {
  policies: [
    {
      name: 'weekly',
      match: {},
      isDefault: false,
      cadence: { weekdays: [7], monthDays: [], words: 'weekly:SUN' },
      maxAgeMs: null,
      maxDurationMs: 43_200_000,
      minRetentionMs: null,
      maxRestoreAgeMs: null,
      severity: 'medium',
      owner: null,
    },
  ],
};
