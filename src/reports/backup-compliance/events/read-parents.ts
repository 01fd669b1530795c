import { scalarText } from '../../../records/json.js';
import type { ParentIds, ParentLevel } from '../model/parent-ids.js';
import type { DetailField, EventDetails } from './event-fields.js';

/**
 * Fields of additionalDetails that name what the protected resource is in, and what ends it with all that is in it: an
 * event type of the catalogue with the action `termination` whose data.resourceId is the parent.
 *
 * - `dbSystemId`: databaseservice.terminatedbsystem (facts: Base Database). In MySQL and PostgreSQL it is the resource itself.
 * - `vmClusterId`, `cloudVmClusterId`, `exadbVmClusterId`: databaseservice.deletevmcluster, .deletecloudvmcluster,
 *   .deleteexadbvmcluster (docs.oracle.com: Exadata Cloud@Customer, Exadata Cloud Infrastructure and Exascale events)
 * - `autonomousContainerDatabaseId`: databaseservice.terminateautonomouscontainerdatabase
 * - `autonomousVmClusterId`, `cloudAutonomousVmClusterId`: databaseservice.deleteautonomousvmcluster,
 *   .autonomous.autonomouscloudvmcluster.terminate
 * - `vaultId`: keymanagementservice.schedulevaultdeletion; nothing is published for the deletion itself
 *
 * A DB home is none: it cannot be deleted while a database is in it, and a database leaves it when it is patched. UNVERIFIED
 * for all but dbSystemId: that backup events carry the field; the names are those of the API.
 */
const parentFields: readonly (readonly [field: DetailField, level: ParentLevel])[] = [
  ['dbSystemId', 'system'],
  ['vmClusterId', 'system'],
  ['cloudVmClusterId', 'system'],
  ['exadbVmClusterId', 'system'],
  ['autonomousContainerDatabaseId', 'container'],
  ['autonomousVmClusterId', 'cluster'],
  ['cloudAutonomousVmClusterId', 'cluster'],
  ['vaultId', 'vault'],
];

/** What the event says that the resource is in; undefined: nothing. Of two fields of one level the first with a value counts. */
export function readParents(resourceId: string | undefined, details: EventDetails): ParentIds | undefined {
  let parents: Partial<Record<ParentLevel, string>> | undefined;
  for (const [field, level] of parentFields) {
    const id = scalarText(details[field])?.toLowerCase();
    if (id === undefined || id === resourceId || !id.startsWith('ocid')) continue;
    parents ??= {};
    parents[level] ??= id;
  }
  return parents;
}
