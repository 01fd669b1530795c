import type { BackupEvent, ResourceRef } from '../model/backup-event.js';
import type { Incident } from '../model/incident.js';
import type { ReportDay } from '../../../model/report-day.js';
import { compareEvents } from '../events/event-order.js';
import { parseInstant, toIso } from '../../../base/instants.js';
import { compareText } from '../../../base/text-order.js';

/** Finds the resource that something is told of: by its id, else by a database's unique name, whatever its case. */
export type ResourceJoin = (resource: ResourceName, uniqueName: string | null) => ResourceName;

type ResourceName = Pick<ResourceRef, 'resourceId' | 'resourceType' | 'resourceName'>;

/** Backup failures by any of Oracle's names for them: HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE and its like. */
const backupFailure = /BACKUP.*FAIL|FAIL.*BACKUP/;

export function bearsOnBackups(condition: string): boolean {
  return backupFailure.test(condition);
}

interface OpenIncident {
  readonly resource: ResourceName;
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
  resolve: ResourceJoin,
): Incident[] {
  const latest = new Map<string, OpenIncident>();
  const open = new Map<string, OpenIncident>();
  const all: OpenIncident[] = [];
  for (const incident of carried) {
    // A database that was not known yet when its incident was told of may be known by now.
    const incidentNow = reopen(incident, resolve(incident, incident.resourceName));
    open.set(keyOf(incidentNow.resource, incident.condition), incidentNow);
  }
  const told = new Set(carried.flatMap(({ eventIds }) => eventIds));
  for (const event of [...events].sort(compareEvents)) {
    const { condition } = event;
    if (condition === null || event.timeMs >= day.cutOffMs || told.has(event.eventId)) continue;
    const resource = resolve(event.resource, condition.uniqueName);
    const key = keyOf(resource, condition.name);
    const known = open.get(key);
    // What is read again and was before the carried one opened is an incident of its own, or its beginning.
    if (known !== undefined && event.timeMs >= (known.openedMs ?? known.lastSeenMs)) {
      continueWith(known, latest, key, all);
      open.delete(key);
    }
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
  for (const [key, known] of open) continueWith(known, latest, key, all);
  return all
    .filter(({ clearedMs }) => clearedMs === null || clearedMs >= day.startMs)
    .map(toIncident)
    .sort(compareIncidents);
}

/**
 * Joins critical events to the databases that backup events tell of: by database OCID, else by unique name
 * without regard to case (the critical's resourceName is the unique name; its OCID may be another's).
 */
export function joinResource<Known extends ResourceName>(
  resources: Iterable<Known>,
): <Told extends ResourceName>(told: Told, uniqueName: string | null) => Known | Told {
  const byId = new Map<string, Known>();
  const byName = new Map<string, Known | null>();
  for (const resource of resources) {
    byId.set(resource.resourceId, resource);
    if (!resource.resourceType.includes('database')) continue;
    const name = resource.resourceName.toLowerCase();
    const other = byName.get(name);
    // Two databases of one name: the name says nothing.
    byName.set(name, other === undefined || other?.resourceId === resource.resourceId ? resource : null);
  }
  return (told, uniqueName) => {
    const known = byId.get(told.resourceId);
    if (known !== undefined) return known;
    if (uniqueName === null || !told.resourceType.includes('database')) return told;
    return byName.get(uniqueName.toLowerCase()) ?? told;
  };
}

/** Takes up the carried incident where the day stands: one that is open now is its beginning. */
function continueWith(
  carried: OpenIncident,
  latest: Map<string, OpenIncident>,
  key: string,
  all: OpenIncident[],
): void {
  const before = latest.get(key);
  if (before === undefined || before.clearedMs !== null) {
    latest.set(key, carried);
    all.push(carried);
    return;
  }
  before.eventIds.push(...carried.eventIds);
  before.lastSeenMs = Math.max(before.lastSeenMs, carried.lastSeenMs);
  before.description = carried.description ?? before.description;
}

function keyOf({ resourceId }: { readonly resourceId: string }, condition: string): string {
  return `${resourceId}\u0000${condition}`;
}

function reopen(incident: Incident, { resourceId, resourceType, resourceName }: ResourceName): OpenIncident {
  const { condition, openedAt, lastSeenAt, clearedAt } = incident;
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
