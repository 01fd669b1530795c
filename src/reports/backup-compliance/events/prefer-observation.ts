import { compareText } from '../../../base/text-order.js';
import type { BackupEvent } from '../model/backup-event.js';
import type { JobStatus } from '../model/backup-job.js';
import { isUnknown } from '../model/unknown-resource.js';
import { compareContent } from './event-order.js';

/** A fact as one record reports it. */
export interface Observation {
  readonly event: BackupEvent;
  /** The event did not name its subject (a parsed row without the original content). */
  readonly isSubjectDerived: boolean;
}

/** Worst first: two conflicting observations of one fact must not end up green. */
const severity: readonly (JobStatus | null)[] = [
  'FAILED',
  'UNKNOWN',
  'CANCELED',
  'IN_PROGRESS',
  'SUCCEEDED_WITH_WARNINGS',
  'SUCCEEDED',
  null,
];

/**
 * Whether the first of two observations of one fact is kept: first the one that names its subject, then the one that
 * names its resource, then the worse one. Ties are broken by content alone, so that the order of reading changes
 * nothing.
 */
export function isPreferred(a: Observation, b: Observation): boolean {
  const order =
    Number(a.isSubjectDerived) - Number(b.isSubjectDerived) ||
    Number(isUnknown(a.event.resource)) - Number(isUnknown(b.event.resource)) ||
    severity.indexOf(a.event.result.status) - severity.indexOf(b.event.result.status) ||
    compareText(a.event.eventId, b.event.eventId) ||
    a.event.timeMs - b.event.timeMs ||
    compareContent(a.event, b.event);
  return order < 0;
}
