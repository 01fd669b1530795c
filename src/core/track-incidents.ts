import type { BackupEvent, ResourceRef } from '../model/backup-event.js';
import type { Incident } from '../model/incident.js';
import type { ReportDay } from '../model/report-day.js';
import { compareEvents, compareText } from './event-ledger.js';
import { parseInstant, toIso } from './instants.js';

/** Backup failures by any of Oracle's names for them: HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE and its like. */
const backupFailure = /BACKUP.*FAIL|FAIL.*BACKUP/;

export function bearsOnBackups(condition: string): boolean {
  return backupFailure.test(condition);
}

interface OpenIncident {
  readonly resource: Pick<ResourceRef, 'resourceId' | 'resourceType' | 'resourceName'>;
  readonly condition: string;
  openedMs: number | null;
  lastSeenMs: number;
  clearedMs: number | null;
  description: string | null;
  readonly eventIds: string[];
}

/**
 * Folds condition events into incidents: a critical opens, repeated notices are the same incident (Oracle
 * throttles them, so they are not counted), the `_CLEARED` of the same condition on the same resource closes.
 *
 * @param carried those that were open at the end of the day before
 * @param resolve the resource that an event's own resource and unique name stand for (see joinResource)
 * @returns those open at the cut-off, and those that were opened or cleared in the day
 */
export function trackIncidents(
  carried: readonly Incident[],
  events: readonly BackupEvent[],
  day: ReportDay,
  resolve: (event: BackupEvent) => ResourceRef,
): Incident[] {
  const latest = new Map<string, OpenIncident>();
  const all: OpenIncident[] = [];
  for (const incident of carried) {
    const open = reopen(incident);
    latest.set(keyOf(incident, incident.condition), open);
    all.push(open);
  }
  const told = new Set(carried.flatMap(({ eventIds }) => eventIds));
  for (const event of [...events].sort(compareEvents)) {
    const { condition } = event;
    if (condition === null || event.timeMs >= day.cutOffMs || told.has(event.eventId)) continue;
    const resource = resolve(event);
    const key = keyOf(resource, condition.name);
    const last = latest.get(key);
    // A notice belongs to the incident at hand, unless it is a critical after the clearing.
    if (last !== undefined && (last.clearedMs === null || condition.cleared)) {
      last.eventIds.push(event.eventId);
      last.lastSeenMs = Math.max(last.lastSeenMs, event.timeMs);
      if (condition.cleared) last.clearedMs ??= event.timeMs;
      else last.description = condition.description ?? last.description;
      continue;
    }
    const opened: OpenIncident = {
      resource,
      condition: condition.name,
      openedMs: condition.cleared ? null : event.timeMs,
      lastSeenMs: event.timeMs,
      clearedMs: condition.cleared ? event.timeMs : null,
      description: condition.description,
      eventIds: [event.eventId],
    };
    latest.set(key, opened);
    all.push(opened);
  }
  return all
    .filter(({ clearedMs }) => clearedMs === null || clearedMs >= day.startMs)
    .map(toIncident)
    .sort(compareIncidents);
}

/**
 * Joins critical events to the databases that backup events tell of: by database OCID, else by unique name
 * without regard to case (the critical's resourceName is the unique name; its OCID may be another's).
 */
export function joinResource(resources: Iterable<ResourceRef>): (event: BackupEvent) => ResourceRef {
  const byId = new Map<string, ResourceRef>();
  const byName = new Map<string, ResourceRef | null>();
  for (const resource of resources) {
    byId.set(resource.resourceId, resource);
    if (!resource.resourceType.includes('database')) continue;
    const name = resource.resourceName.toLowerCase();
    const other = byName.get(name);
    // Two databases of one name: the name says nothing.
    byName.set(name, other === undefined || other?.resourceId === resource.resourceId ? resource : null);
  }
  return (event) => {
    const known = byId.get(event.resource.resourceId);
    if (known !== undefined) return known;
    const name = event.condition?.uniqueName?.toLowerCase();
    if (name === undefined || !event.resource.resourceType.includes('database')) return event.resource;
    return byName.get(name) ?? event.resource;
  };
}

function keyOf({ resourceId }: { readonly resourceId: string }, condition: string): string {
  return `${resourceId}\u0000${condition}`;
}

function reopen(incident: Incident): OpenIncident {
  const { resourceId, resourceType, resourceName, condition, openedAt, lastSeenAt, clearedAt } = incident;
  return {
    resource: { resourceId, resourceType, resourceName },
    condition,
    openedMs: parseInstant(openedAt) ?? null,
    lastSeenMs: parseInstant(lastSeenAt) ?? 0,
    clearedMs: parseInstant(clearedAt) ?? null,
    description: incident.description,
    eventIds: [...incident.eventIds],
  };
}

function toIncident(incident: OpenIncident): Incident {
  const { resource, condition, openedMs, lastSeenMs, clearedMs, description, eventIds } = incident;
  return {
    resourceId: resource.resourceId,
    resourceType: resource.resourceType,
    resourceName: resource.resourceName,
    condition,
    bearsOnBackups: bearsOnBackups(condition),
    state: clearedMs === null ? 'open' : 'cleared',
    openedAt: openedMs === null ? null : toIso(openedMs),
    lastSeenAt: toIso(lastSeenMs),
    clearedAt: clearedMs === null ? null : toIso(clearedMs),
    description,
    eventIds,
  };
}

/** Open before cleared, backup failures before context, then by resource and time. */
function compareIncidents(a: Incident, b: Incident): number {
  return (
    Number(a.state === 'cleared') - Number(b.state === 'cleared') ||
    Number(b.bearsOnBackups) - Number(a.bearsOnBackups) ||
    compareText(a.resourceName, b.resourceName) ||
    compareText(a.resourceId, b.resourceId) ||
    compareText(a.condition, b.condition) ||
    compareText(a.lastSeenAt, b.lastSeenAt)
  );
}
