import { type DemoEvent, demoEvent } from './demo-event.js';
import type { FleetResource } from './fleet.js';
import { randomLetters } from './random.js';

/** A critical or information event about a database, such as a failure that its own software reports. */
export function conditionEvent(
  resource: FleetResource,
  condition: {
    readonly severity: 'critical' | 'information';
    readonly eventName: string;
    readonly description: string;
  },
  timeMs: number,
  random: () => number,
): DemoEvent {
  const { severity, eventName, description } = condition;
  return demoEvent(
    {
      type: `databaseservice.database.${severity}`,
      timeMs,
      resource,
      resourceId: resource.id,
      resourceName: resource.name,
      source: 'DataPlane',
      additionalDetails: {
        serviceType: 'dbcs',
        component: 'cdb',
        dbName: resource.name.toLowerCase(),
        eventName,
        description,
      },
    },
    random,
  );
}

/** An event about a database itself: a restore, or something unrelated to backups. */
export function databaseEvent(
  resource: FleetResource,
  { type, lifecycleState }: { readonly type: string; readonly lifecycleState: string },
  timeMs: number,
  random: () => number,
): DemoEvent {
  return demoEvent(
    {
      type,
      timeMs,
      resource,
      resourceId: resource.id,
      resourceName: resource.name,
      additionalDetails: { databaseId: resource.id, dbUniqueName: resource.name, lifecycleState },
    },
    random,
  );
}

/** Begin and end of launching a database system beside the given one: valid events that are not about backups. */
export function launchEvents(
  neighbour: FleetResource,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  random: () => number,
): DemoEvent[] {
  const resourceId = `ocid1.dbsystem.oc1.iad.anuwcljr${randomLetters(random, 52)}`;
  const make = (phase: 'begin' | 'end', timeMs: number): DemoEvent =>
    demoEvent(
      {
        type: `databaseservice.launchdbsystem.${phase}`,
        timeMs,
        resource: neighbour,
        resourceId,
        resourceName: 'trial-system',
        additionalDetails: {
          cpuCoreCount: 1,
          dataStorageSizeInGBs: 256,
          licenseType: 'LICENSE_INCLUDED',
          lifecycleMessage: null,
          lifecycleState: phase === 'begin' ? 'PROVISIONING' : 'AVAILABLE',
          nsgIds: 'null',
        },
      },
      random,
    );
  return [make('begin', startMs), make('end', endMs)];
}
