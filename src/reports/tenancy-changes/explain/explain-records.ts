import { toIso } from '../../../base/instants.js';
import type { TimeWindow } from '../../../model/report-day.js';
import type { AuditRecord } from '../../../records/audit/audit-record.js';
import { backupBearing } from '../../../records/audit/backup-operations.js';
import { actionOf } from '../../../records/audit/change-action.js';
import type { ExplainedRecord } from '../../explanation.js';
import type { RecordExplanation } from '../../report-kind.js';
import { type ClassifiedAudit, createClassifier } from '../events/classify-record.js';
import { HeldRecords } from '../events/held-records.js';

/** Interprets records as a report of the window does, and says what each became. */
export function openTenancyExplanation(window: TimeWindow, cutOffMs = window.toMs): RecordExplanation {
  const classify = createClassifier(window, cutOffMs);
  const held = new HeldRecords();
  return {
    take: (value) => classify(value).map((found) => explained(found, held)),
    finish: () => [],
  };
}

const nothing = {
  reason: null,
  eventType: null,
  time: null,
  eventId: null,
  subject: null,
  became: null,
} as const;

function explained(found: ClassifiedAudit, held: HeldRecords): ExplainedRecord {
  switch (found.kind) {
    case 'rejected':
      return { ...nothing, disposition: 'rejected', reason: found.reason };
    case 'other':
      return { ...nothing, disposition: 'ignored', reason: 'a row of Azure, not of OCI Audit' };
    case 'outside':
      return { ...nothing, disposition: 'outside' };
    case 'read': {
      const { service, eventName, verb, timeMs } = found.read;
      const reason = `${verb} ${service} ${eventName} only reads`;
      return { ...nothing, disposition: 'ignored', reason, time: toIso(timeMs) };
    }
    case 'change':
      return { ...ofChange(found.record), disposition: held.add(found.record) };
  }
}

function ofChange(record: AuditRecord): Omit<ExplainedRecord, 'disposition'> {
  const { eventType, eventId, timeMs, resourceId, resourceName } = record;
  const id = resourceId ?? resourceName;
  return {
    reason: null,
    eventType,
    time: toIso(timeMs),
    eventId,
    subject: id === null ? null : { id, name: resourceName ?? id },
    became: becameWords(record),
  };
}

const phaseWords = { begin: 'begin of ', end: 'end of ', single: '' };

/** `end of a change by alice: DeleteBackup, deleted, touches backups: refused (404)` */
function becameWords({
  phase,
  principalName,
  verb,
  service,
  eventName,
  result,
  status,
}: AuditRecord): string {
  const { isRelevant } = backupBearing(service, eventName);
  const who = principalName === null ? '' : ` by ${principalName}`;
  const what = `${eventName}, ${verb === null ? 'without a verb' : actionOf(verb, eventName)}`;
  const bearing = isRelevant ? ', touches backups' : '';
  return `${phaseWords[phase]}a change${who}: ${what}${bearing}: ${result}${status === null ? '' : ` (${status})`}`;
}
