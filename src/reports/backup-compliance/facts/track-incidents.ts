import { parseInstant, toIso } from '../../../base/instants.js';
import { compareNatural } from '../../../base/natural-order.js';
import { compareText } from '../../../base/text-order.js';
import type { ReportDay } from '../../../model/report-day.js';
import { cloudOf } from '../../../model/resource-types.js';
import { alertOf } from '../events/azure/read-alert.js';
import { compareEvents } from '../events/event-order.js';
import type { BackupEvent, ResourceRef } from '../model/backup-event.js';
import type { Incident } from '../model/incident.js';
import { isNamedOnly } from '../model/named-resource.js';
import { isUnknown } from '../model/unknown-resource.js';

/** Finds the resource that an event refers to: by id, else by the database's unique name, ignoring case. */
export type ResourceJoin = (resource: ResourceName, uniqueName: string | null) => ResourceName;

type ResourceName = Pick<ResourceRef, 'resourceId' | 'resourceType' | 'resourceName'>;

/** Backup failures under any of Oracle's names for them, such as HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE. */
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
  /** When it was told that it is cleared, which may be long after it was; null: it is open. */
  clearedToldMs: number | null;
}

/**
 * Folds condition events into incidents: a critical opens one, repeated notices belong to the same incident (Oracle
 * throttles them, so they are not counted), the `_CLEARED` of the same condition on the same resource closes it.
 *
 * @param carried incidents open at the end of the day before
 * @param resolve finds the resource for an event's own resource and unique name (see joinResource)
 * @returns incidents open at the cut-off, and those opened or cleared during the day
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
    // A database that was unknown when its incident was reported may be known by now.
    const incidentNow = reopen(incident, resolve(incident, incident.resourceName));
    open.set(keyOf(incidentNow.resource, incident.condition, incident.eventIds[0]), incidentNow);
  }
  const isReadAgain = readAgain(open);
  for (const event of [...events].sort(compareEvents)) {
    const { condition } = event;
    if (condition === null || event.timeMs >= day.cutOffMs) continue;
    const resource = resolve(event.resource, condition.uniqueName);
    const key = keyOf(resource, condition.name, event.eventId);
    if (isReadAgain(key, event)) continue;
    const known = open.get(key);
    // An event read again from before the carried incident opened is a separate incident, or its beginning.
    if (known !== undefined && event.timeMs >= (known.openedMs ?? known.lastSeenMs)) {
      continueWith(known, latest, key, all);
      open.delete(key);
    }
    const last = latest.get(key);
    // A notice belongs to the current incident, unless it is a critical after the clearing.
    if (last !== undefined && (last.clearedMs === null || condition.cleared)) {
      last.eventIds.push(event.eventId);
      last.lastSeenMs = Math.max(last.lastSeenMs, event.timeMs);
      if (condition.cleared) clear(last, event);
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
      clearedToldMs: condition.cleared ? toldAt(event) : null,
    };
    latest.set(key, opened);
    all.push(opened);
  }
  for (const [key, known] of open) continueWith(known, latest, key, all);
  return all
    .filter(({ clearedToldMs }) => clearedToldMs === null || clearedToldMs >= day.startMs)
    .map(toIncident)
    .sort(compareIncidents);
}

/**
 * Joins critical events to databases known from backup events: by database OCID, else by unique name, ignoring case
 * (the critical's resourceName is the unique name; its OCID may be of another resource).
 */
export function joinResource<Known extends ResourceName>(
  resources: Iterable<Known>,
): <Reported extends ResourceName>(reported: Reported, uniqueName: string | null) => Known | Reported {
  const byId = new Map<string, Known>();
  const byName = new Map<string, Known | null>();
  for (const resource of resources) {
    byId.set(resource.resourceId, resource);
    if (!resource.resourceType.includes('database')) continue;
    const name = resource.resourceName.toLowerCase();
    const other = byName.get(name);
    // Two databases with the same name: the name is ambiguous.
    byName.set(name, other === undefined || other?.resourceId === resource.resourceId ? resource : null);
  }
  return (reported, uniqueName) => {
    const known = byId.get(reported.resourceId);
    if (known !== undefined) return known;
    // Without an OCID, the name was decided before, with all that is known of it.
    if (isNamedOnly(reported) || isUnknown(reported)) return reported;
    if (uniqueName === null || !reported.resourceType.includes('database')) return reported;
    return byName.get(uniqueName.toLowerCase()) ?? reported;
  };
}

function clear(incident: OpenIncident, event: BackupEvent): void {
  incident.clearedMs ??= event.timeMs;
  incident.clearedToldMs ??= toldAt(event);
}

/** When a notice counts: some tell on a later day what happened before. Epoch milliseconds. */
export function toldAt({ timeMs, condition }: BackupEvent): number {
  return Math.max(timeMs, condition?.toldMs ?? timeMs);
}

/** Notices that carried incidents have already. An id alone says nothing: another notice may have the same. */
function readAgain(carried: ReadonlyMap<string, OpenIncident>): (key: string, event: BackupEvent) => boolean {
  const known = new Map(
    [...carried].map(([key, { eventIds, lastSeenMs }]) => [key, { ids: new Set(eventIds), lastSeenMs }]),
  );
  return (key, { eventId, timeMs }) => {
    const incident = known.get(key);
    return incident !== undefined && timeMs <= incident.lastSeenMs && incident.ids.has(eventId);
  };
}

/** Adds the carried incident to the day's; an open one that was found before it is its beginning. */
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

/** Notices of OCI name a condition alone. Alerts of Azure have ids: that one is closed says nothing of another. */
function keyOf(resource: ResourceName, condition: string, eventId: string | undefined): string {
  const alert = cloudOf(resource) === 'azure' ? alertOf(eventId ?? '') : '';
  return [resource.resourceId, condition, alert].join('\u0000');
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
    clearedToldMs: parseInstant(clearedAt) ?? null,
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

/** Open before cleared, backup failures before other conditions, then by resource and time. */
function compareIncidents(a: Incident, b: Incident): number {
  return (
    Number(a.state === 'cleared') - Number(b.state === 'cleared') ||
    Number(b.bearsOnBackups) - Number(a.bearsOnBackups) ||
    compareNatural(a.resourceName, b.resourceName) ||
    compareText(a.resourceId, b.resourceId) ||
    compareText(a.condition, b.condition) ||
    compareText(a.lastSeenAt, b.lastSeenAt)
  );
}
