import { hourMs, minuteMs } from '../base/time-units.js';
import { copyEvents } from './backup-events.js';
import { launchEvents } from './database-events.js';
import type { DemoEvent } from './demo-event.js';
import { type FleetResource, memberNamed } from './fleet.js';

/** Copies to the other region, by days before the last day. None on the last day: its report shows enough already. */
const copies: readonly { readonly ago: number; readonly name: string; readonly failure: string | null }[] = [
  { ago: 10, name: 'erp-app01-u01', failure: null },
  { ago: 7, name: 'erp-app01-u01', failure: 'The copy failed because the destination region refused it.' },
  { ago: 6, name: 'erp-app01-u01', failure: null },
  { ago: 1, name: 'crm-app01-data', failure: null },
];

/** Days before the last day on which a database system was launched. */
const launches = new Set([11, 4]);

/** What happens besides the backups: copies of them, and unrelated events. */
export function sideEvents(
  fleet: readonly FleetResource[],
  ago: number,
  midnightMs: number,
  random: () => number,
): DemoEvent[] {
  const events: DemoEvent[] = [];
  const copiedMs = midnightMs + 12 * hourMs;
  for (const { name, failure } of copies.filter((copy) => copy.ago === ago)) {
    const times = { startMs: copiedMs, endMs: copiedMs + 17 * minuteMs };
    events.push(...copyEvents(memberNamed(fleet, name), { ...times, failure }, random));
  }
  if (launches.has(ago)) {
    const startMs = midnightMs + 13 * hourMs;
    events.push(
      ...launchEvents(memberNamed(fleet, 'ERPSTG'), { startMs, endMs: startMs + 35 * minuteMs }, random),
    );
  }
  return events;
}
