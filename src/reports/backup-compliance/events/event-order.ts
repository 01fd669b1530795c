import { compareText } from '../../../base/text-order.js';
import type { BackupEvent } from '../model/backup-event.js';

/** Oldest first; at the same instant a begin before an end. A total order, so that the order of reading never shows. */
export function compareEvents(a: BackupEvent, b: BackupEvent): number {
  return (
    a.timeMs - b.timeMs ||
    Number(b.type.phase === 'begin') - Number(a.type.phase === 'begin') ||
    compareText(a.eventId, b.eventId) ||
    compareContent(a, b)
  );
}

/** Arbitrary but stable order: zero only if the two have equal content; id and time are not compared. */
export function compareContent(a: BackupEvent, b: BackupEvent): number {
  return compareText(contentOf(a), contentOf(b));
}

function contentOf(event: BackupEvent): string {
  const { type, subjectId, resource, createdMs, expiresMs, result } = event;
  const { traits, message, condition, principal, settings = null } = event;
  return JSON.stringify([
    type.name,
    subjectId,
    resource,
    createdMs,
    expiresMs ?? null,
    result,
    traits,
    message,
    condition,
    principal,
    settings,
  ]);
}
