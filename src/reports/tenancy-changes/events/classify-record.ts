import { parseInstant } from '../../../base/instants.js';
import type { Happening } from '../../../model/pulse.js';
import { reasonWords } from '../../../model/reasons/reason-words.js';
import type { TimeWindow } from '../../../model/report-day.js';
import {
  type AuditRead,
  type AuditRecord,
  type ReadAuditRecord,
  readAuditRecord,
} from '../../../records/audit/audit-record.js';
import { reducedRead } from '../../../records/audit/reduce-read.js';
import { eventWithin } from '../../../records/envelopes/event-within.js';
import { isAzureRow } from '../../../records/azure/azure-row.js';
import { type Unwrapped, unwrapRecord } from '../../../records/envelopes/unwrap-record.js';
import { type JsonObject, RepeatedField, isJsonObject } from '../../../records/json.js';
import { withoutSecrets } from '../../../records/secrets.js';
import type { Evidence } from '../../record-reading.js';

/** What one item of a record is. Whether a change is a duplicate is decided by who holds them. */
export type ClassifiedAudit = (
  | { readonly kind: 'change'; readonly record: AuditRecord }
  | { readonly kind: 'read'; readonly read: AuditRead }
  | { readonly kind: 'outside' }
  /** Of another cloud: it tells of no change in a tenancy. */
  | { readonly kind: 'other' }
  | { readonly kind: 'rejected'; readonly reason: string }
) & {
  readonly evidence: Evidence;
  /** When and where it happened; undefined: it tells no time. */
  readonly happened: Happening | undefined;
  readonly passedOver?: readonly string[];
};

const asRead: Evidence = { asRead: true };

/**
 * Creates the classifier of parsed records: it unwraps them and understands each as Audit does. It never throws, and always
 * returns the complete input. Of a read, the evidence gets the reduced record alone.
 *
 * @param cutOffMs counts how far ahead a time can be
 */
export function createClassifier(
  window: TimeWindow,
  cutOffMs = window.toMs,
): (value: unknown) => readonly ClassifiedAudit[] {
  return (value) => {
    const { found, passedOver } = unwrapRecord(value);
    const classified = found.flatMap((each) => classify(each, value));
    const [first, ...others] = classified;
    return first === undefined || passedOver.length === 0
      ? classified
      : [{ ...first, passedOver }, ...others];
  };

  function classify(found: Unwrapped, value: unknown): readonly ClassifiedAudit[] {
    if (!found.ok) return [rejected(found.reason, found.record, value)];
    const { event, record } = found;
    if (isAzureRow(event))
      return [{ kind: 'other', evidence: evidenceOf(withoutSecrets(record), value), happened: undefined }];
    const read = understood(event);
    if (read.kind === 'rejected') return [rejected(read.reason, record, value, event)];
    if (read.kind === 'read') return [ofRead(read.read, event)];
    const { timeMs, region } = read.record;
    const evidence = evidenceOf(withoutSecrets(record), value);
    const own: ClassifiedAudit = isWithin(timeMs)
      ? { ...read, evidence, happened: { timeMs, region } }
      : { kind: 'outside', evidence, happened: { timeMs, region } };
    const other = eventWithin(event);
    return other === undefined ? [own] : [own, rejected(reasonWords('eventInEvent'), other, value)];
  }

  function ofRead(read: AuditRead, event: JsonObject): ClassifiedAudit {
    const evidence: Evidence = { asRead: false, value: reducedRead(event) };
    const happened = { timeMs: read.timeMs, region: null };
    return isWithin(read.timeMs)
      ? { kind: 'read', read, evidence, happened }
      : { kind: 'outside', evidence, happened };
  }

  function understood(event: JsonObject): ReadAuditRecord {
    try {
      return readAuditRecord(event, cutOffMs);
    } catch (error) {
      // In JSON text within the event.
      if (error instanceof RepeatedField) return { kind: 'rejected', reason: error.message };
      throw error;
    }
  }

  function isWithin(timeMs: number): boolean {
    return timeMs >= window.fromMs && timeMs < window.toMs;
  }
}

/** Kept as read: what writes the evidence removes its secrets. */
function rejected(reason: string, record: unknown, value: unknown, event: unknown = record): ClassifiedAudit {
  return { kind: 'rejected', reason, evidence: evidenceOf(record, value), happened: happeningOf(event) };
}

function happeningOf(event: unknown): Happening | undefined {
  if (!isJsonObject(event)) return undefined;
  const timeMs = parseInstant(event['eventTime'] ?? event['time']);
  return timeMs === undefined ? undefined : { timeMs, region: null };
}

function evidenceOf(record: unknown, value: unknown): Evidence {
  return record === value ? asRead : { asRead: false, value: record };
}
