import type { BackupEvent, ResourceRef } from '../model/backup-event.js';
import { noWitnesses } from '../model/witness.js';

/** The event with another resource. A copy: the event itself may be a view of columns. */
export function withResource(event: BackupEvent, resource: ResourceRef): BackupEvent {
  const { eventId, type, timeMs, subjectId, createdMs, expiresMs = null, sizeBytes = null } = event;
  const { result, traits, message, condition, principal, settings = null } = event;
  const told = { eventId, type, timeMs, subjectId, createdMs, expiresMs, sizeBytes, result, traits, message };
  const { witnesses = noWitnesses } = event;
  return { ...told, condition, principal, settings, resource, witnesses };
}
