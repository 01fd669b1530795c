import { toIso } from '../../../base/instants.js';
import type { TimeWindow } from '../../../model/report-day.js';
import type { ExplainedRecord } from '../../explanation.js';
import type { RecordExplanation } from '../../report-kind.js';
import { AzureRows } from '../events/azure/azure-rows.js';
import { type ClassifiedRecord, createRecordClassifier } from '../events/classify-record.js';
import { EventLedger } from '../events/event-ledger.js';
import type { BackupEvent } from '../model/backup-event.js';
import type { Action, Phase } from '../model/event-type.js';
import { isUnknown } from '../model/unknown-resource.js';

const attempts: Partial<Record<Action, string>> = {
  backup: 'a backup',
  copy: 'a copy of a backup',
  restore: 'a restore',
  unrecognised: 'a backup of a service that this version does not know',
};

/** Interprets records as a report of the window does, and says what each became. */
export function openBackupExplanation(window: TimeWindow, cutOffMs = window.toMs): RecordExplanation {
  const classify = createRecordClassifier(window, cutOffMs);
  const ledger = new EventLedger();
  const azure = new AzureRows();
  const corrected: number[] = [];
  return {
    take: (value, firstNumber) =>
      classify(value).map((found, index) => {
        const number = firstNumber + index;
        if (found.kind !== 'row') return explained(found, number, ledger);
        const { disposition, corrects } = azure.add(found.row, number, null);
        if (corrects !== null) corrected.push(corrects);
        const { tells, generatedMs } = found.row;
        if (tells.kind === 'event') return explainedEvent(tells.event, disposition);
        const became = `how a ${tells.operation} of Azure Backup stands`;
        return { ...nothing, disposition, reason: null, time: toIso(generatedMs), became };
      }),
    finish: () => [...corrected, ...ledger.close()],
  };
}

type Explained = Exclude<ClassifiedRecord, { readonly kind: 'row' }>;

function explained(found: Explained, number: number, ledger: EventLedger): ExplainedRecord {
  if (found.kind !== 'event') {
    const reason = reasonOf(found);
    const eventType = found.kind === 'ignored' ? found.eventType : null;
    return { ...nothing, eventType, disposition: found.kind, reason };
  }
  return explainedEvent(found.event, ledger.add(found.event, number));
}

function explainedEvent(event: BackupEvent, disposition: ExplainedRecord['disposition']): ExplainedRecord {
  const { resource } = event;
  return {
    disposition,
    reason: null,
    eventType: event.type.name,
    time: toIso(event.timeMs),
    eventId: event.eventId,
    subject: {
      id: resource.resourceId,
      name: isUnknown(resource) ? 'resource unknown' : resource.resourceName,
    },
    became: becameWords(event),
  };
}

function reasonOf(found: Exclude<Explained, { kind: 'event' }>): string | null {
  if (found.kind === 'rejected') return found.reason;
  if (found.kind === 'outside') return null;
  return found.names === null ? 'not about backups' : `not about backups, but its text names ${found.names}`;
}

const nothing = { eventType: null, time: null, eventId: null, subject: null, became: null };

/** `end of a backup: FAILED (the destination refused the write)` */
function becameWords(event: BackupEvent): string {
  const { type, result, message, condition, createdMs } = event;
  if (condition !== null)
    return `${condition.cleared ? 'end of an incident' : 'incident'}: ${condition.name}`;
  const attempt = attempts[type.action];
  if (attempt !== undefined) {
    const what = `${partOf(type.phase, createdMs)}${attempt}`;
    const state = result.state === null || result.state === result.status ? '' : ` (${result.state})`;
    const ended = result.status === null ? '' : `: ${result.status}${state}`;
    return `${what}${ended}${message === null ? '' : `, ${message}`}`;
  }
  if (type.action === 'omission') return `a backup that the service did not make: FAILED`;
  return `${actionWords[type.action] ?? 'an event'}: ${type.meaning}`;
}

const actionWords: Partial<Record<Action, string>> = {
  deletion: 'deletion of a backup',
  termination: 'end of a resource',
  change: 'change of settings',
};

function partOf(phase: Phase, createdMs: number | null): string {
  if (phase === 'begin') return 'begin of ';
  return phase === 'end' ? `end of ` : createdMs === null ? '' : 'end of ';
}
