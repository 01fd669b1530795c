import type { ProtectedResource } from '../../src/model/protected-resource.js';
import { type RawEvent, databaseEvent } from './raw-event.js';

function idOf(name: string): string {
  return `ocid1.database.oc1.iad.${name.toLowerCase()}`;
}

/** A database as an inventory names it. */
export function databaseNamed(
  resourceName: string,
  over: Partial<ProtectedResource> = {},
): Partial<ProtectedResource> {
  return { resourceId: idOf(resourceName), resourceName, ...over };
}

/** The end of a backup of that database: a success on 2026-11-19 unless told otherwise. */
export function backupOf(
  name: string,
  {
    time = '2026-11-19T02:00:00Z',
    state = 'ACTIVE',
  }: { readonly time?: string; readonly state?: string } = {},
): RawEvent {
  return databaseEvent('end', time, {
    resourceId: `ocid1.dbbackup.oc1.iad.${name}${time}`,
    details: { databaseId: idOf(name), dbUniqueName: name, lifecycleState: state },
  });
}
