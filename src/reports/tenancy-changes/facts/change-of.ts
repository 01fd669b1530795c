import { toIso } from '../../../base/instants.js';
import { compareText } from '../../../base/text-order.js';
import { ocidKind } from '../../../model/resource-types.js';
import type { AuditRecord } from '../../../records/audit/audit-record.js';
import { backupBearing } from '../../../records/audit/backup-operations.js';
import { actionOf } from '../../../records/audit/change-action.js';
import type { Change } from '../model/change.js';
import type { JoinedChange } from './join-operations.js';

/** Of nothing that happens after it, when a change ended; of a running one, when it began. */
export function endMsOf({ begin, end }: JoinedChange): number {
  return (end ?? begin)?.record.timeMs ?? 0;
}

/** A change in the words of a report: who, what, from where and when by its begin, the result by its end. */
export function changeOf({ begin, end }: JoinedChange): Change {
  const first = begin ?? end;
  const last = end ?? begin;
  if (first === null || last === null) throw new TypeError('a change has at least one record');
  const of = <T>(read: (record: AuditRecord) => T | null): T | null =>
    read(first.record) ?? read(last.record);
  const { record } = last;
  const verb = of((each) => each.verb);
  const resourceId = record.resourceId ?? first.record.resourceId;
  const { isRelevant, removes } = backupBearing(record.service, record.eventName);
  return {
    time: toIso(first.record.timeMs),
    endTime: end === null ? null : toIso(end.record.timeMs),
    service: record.service,
    eventName: record.eventName,
    action: actionOf(verb, record.eventName),
    resourceId,
    resourceName: record.resourceName ?? first.record.resourceName,
    resourceType: resourceId === null ? null : ocidKind(resourceId) || null,
    compartmentId: record.compartmentId ?? first.record.compartmentId,
    compartmentName: record.compartmentName ?? first.record.compartmentName,
    region: record.region ?? first.record.region,
    principalName: of((each) => each.principalName),
    principalId: of((each) => each.principalId),
    authType: of((each) => each.authType),
    ipAddress: of((each) => each.ipAddress),
    result: end === null ? 'unknown' : end.record.result,
    status: record.status,
    message: record.message ?? first.record.message,
    requestId: of((each) => each.requestId),
    groupingId: record.groupingId,
    before: of((each) => each.before),
    after: record.after ?? first.record.after,
    backupRelevant: isRelevant,
    removesProtection: removes,
    hasVerb: verb !== null,
    eventIds: [...new Set([...(begin?.eventIds ?? []), ...(end?.eventIds ?? [])])],
  };
}

/** By when they ended or, running, began; then by what does not depend on the order of reading. */
export function compareJoined(a: JoinedChange, b: JoinedChange): number {
  const [one, other] = [(a.end ?? a.begin)?.record, (b.end ?? b.begin)?.record];
  if (one === undefined || other === undefined) return 0;
  return (
    one.timeMs - other.timeMs ||
    compareText(one.eventName, other.eventName) ||
    compareText(one.resourceId ?? '', other.resourceId ?? '') ||
    compareText(one.eventId ?? '', other.eventId ?? '') ||
    compareText(one.requestId ?? '', other.requestId ?? '') ||
    compareText(one.principalName ?? '', other.principalName ?? '')
  );
}
