import type { BackupEvent } from '../model/backup-event.js';
import { compareText } from '../../../base/text-order.js';

/** Oldest first; at the same instant a begin before an end. Total, so that no order of reading shows. */
export function compareEvents(a: BackupEvent, b: BackupEvent): number {
  return (
    a.timeMs - b.timeMs ||
    Number(b.type.phase === 'begin') - Number(a.type.phase === 'begin') ||
    compareText(a.eventId, b.eventId) ||
    compareContent(a, b)
  );
}

/** Any order, but the same one always: zero only where all that is known of the two is the same, but for id and time. */
export function compareContent(a: BackupEvent, b: BackupEvent): number {
  return compareText(contentOf(a), contentOf(b));
}

function contentOf(event: BackupEvent): string {
  const { type, subjectId, resource, createdMs, result, traits, message, condition, principal } = event;
  return JSON.stringify([
    type.name,
    subjectId,
    resource,
    createdMs,
    result,
    traits,
    message,
    condition,
    principal,
  ]);
}
