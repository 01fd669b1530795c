import type { FleetKind, FleetResource } from './fleet.js';
import { randomUuid } from './random.js';

export interface DemoEvent {
  readonly timeMs: number;
  readonly event: object;
}

/** The content of an event, before it is put into the format of Oracle's services. */
export interface EventFacts {
  /** Without `com.oraclecloud.` */
  readonly type: string;
  /** Epoch milliseconds. */
  readonly timeMs: number;
  readonly resource: FleetResource;
  /** The resource that the event names: the resource itself, or a backup of it. */
  readonly resourceId: string;
  readonly resourceName: string;
  readonly additionalDetails: object;
  /** The service that owns the resource if not set. */
  readonly source?: string;
}

const services: Readonly<Record<FleetKind, string>> = {
  database: 'DatabaseService',
  'autonomous-database': 'DatabaseService',
  volume: 'BlockVolumes',
  'boot-volume': 'BlockVolumes',
  mysql: 'Mysqlaas',
};

/** An event in the envelope of the OCI Events service. */
export function demoEvent(facts: EventFacts, random: () => number): DemoEvent {
  const { type, timeMs, resource, resourceId, resourceName, additionalDetails } = facts;
  const { compartmentId, compartmentName, kind } = resource;
  const event = {
    eventType: `com.oraclecloud.${type}`,
    cloudEventsVersion: '0.1',
    eventTypeVersion: '2.0',
    source: facts.source ?? services[kind],
    eventTime: eventTime(timeMs, kind),
    contentType: 'application/json',
    data: {
      compartmentId,
      compartmentName,
      resourceName,
      // Events of autonomous databases have upper-case OCIDs.
      resourceId: kind === 'autonomous-database' ? resourceId.toUpperCase() : resourceId,
      availabilityDomain: 'uYkY:US-ASHBURN-AD-1',
      freeformTags: kind === 'volume' ? null : {},
      definedTags: { 'Oracle-Tags': { CreatedBy: 'backup-service' } },
      additionalDetails,
    },
    eventID: randomUuid(random),
    extensions: { compartmentId },
  };
  return { timeMs, event };
}

/** Some services write milliseconds, some do not. */
export function eventTime(ms: number, kind: FleetKind): string {
  const iso = new Date(ms).toISOString();
  return kind === 'volume' ? iso : iso.replace(/\.\d{3}Z$/, 'Z');
}
