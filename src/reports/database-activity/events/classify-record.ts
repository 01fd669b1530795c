import { parseInstant } from '../../../base/instants.js';
import type { Happening } from '../../../model/pulse.js';
import type { TimeWindow } from '../../../model/report-day.js';
import { type DataSafeEvent, readDataSafeEvent } from '../../../records/data-safe/read-event.js';
import { type DataSafeTrail, readDataSafeTrail } from '../../../records/data-safe/read-trail.js';
import { azureRowOf, isAzureRow, typeOfAzureRow } from '../../../records/azure/azure-row.js';
import { isDataSafeEvent, isDataSafeTrail } from '../../../records/data-safe/record-shape.js';
import { eventWithin } from '../../../records/envelopes/event-within.js';
import { unwrapRecord } from '../../../records/envelopes/unwrap-record.js';
import { reasonWords } from '../../../model/reasons/reason-words.js';
import { type JsonObject, isJsonObject, textIn } from '../../../records/json.js';
import { withoutSecrets } from '../../../records/secrets.js';
import type { Evidence } from '../../record-reading.js';

type Classified =
  | { readonly kind: 'event'; readonly event: DataSafeEvent }
  | { readonly kind: 'trail'; readonly trail: DataSafeTrail }
  /** Of another day; `late`: it was collected in the window. */
  | { readonly kind: 'outside'; readonly event: DataSafeEvent; readonly isLate: boolean }
  | { readonly kind: 'other'; readonly eventType: string }
  | { readonly kind: 'rejected'; readonly reason: string };

/** What one item of a record is. Whether an event is a duplicate is decided by who holds them. */
export type ClassifiedActivity = Classified & {
  readonly evidence: Evidence;
  /** When and where it happened; undefined: it tells no time. */
  readonly happened: Happening | undefined;
  readonly passedOver?: readonly string[];
};

/**
 * Creates the classifier of parsed records: it unwraps them and understands each as an audit event or a trail of Data Safe.
 * Events of other services are of another kind of report. It never throws, and always returns the complete input.
 *
 * @param cutOffMs counts how far ahead a time can be
 */
export function createActivityClassifier(
  window: TimeWindow,
  cutOffMs = window.toMs,
): (value: unknown) => readonly ClassifiedActivity[] {
  return (value) => {
    const { found, passedOver } = unwrapRecord(value);
    const classified = found.flatMap((each): readonly ClassifiedActivity[] => {
      if (!each.ok) return [rejected(each.reason, each.record, value)];
      return classify(each.event, each.record, value);
    });
    const [first, ...others] = classified;
    return first === undefined || passedOver.length === 0
      ? classified
      : [{ ...first, passedOver }, ...others];
  };

  function classify(event: JsonObject, record: unknown, value: unknown): readonly ClassifiedActivity[] {
    const own = understood(event, window, cutOffMs);
    if (own.kind === 'rejected') return [rejected(own.reason, record, value, event)];
    const clean = withoutSecrets(record);
    const evidence = evidenceOf(clean, value);
    const happened = own.kind === 'trail' ? undefined : happeningOf(event);
    const other = own.kind === 'other' ? undefined : eventWithin(event);
    const itself: ClassifiedActivity = { ...own, evidence, happened };
    return other === undefined ? [itself] : [itself, rejected(reasonWords('eventInEvent'), other, value)];
  }
}

function understood(event: JsonObject, { fromMs, toMs }: TimeWindow, cutOffMs: number): Classified {
  if (isDataSafeEvent(event)) {
    const read = readDataSafeEvent(event, cutOffMs);
    if (!read.ok) return { kind: 'rejected', reason: read.reason };
    const { timeMs, collectedMs } = read.event;
    if (timeMs >= fromMs && timeMs < toMs) return { kind: 'event', event: read.event };
    const isLate = timeMs < fromMs && collectedMs !== null && collectedMs >= fromMs && collectedMs < toMs;
    return { kind: 'outside', event: read.event, isLate };
  }
  if (isDataSafeTrail(event)) {
    const read = readDataSafeTrail(event);
    return read.ok ? { kind: 'trail', trail: read.trail } : { kind: 'rejected', reason: read.reason };
  }
  if (isAzureRow(event)) return { kind: 'other', eventType: typeOfAzureRow(azureRowOf(event)) };
  const type = textIn(event['eventType']) ?? textIn(event['type']);
  return type === undefined
    ? { kind: 'rejected', reason: reasonWords('noEventType') }
    : { kind: 'other', eventType: type.toLowerCase() };
}

/** Kept as read: what writes the evidence removes its secrets. */
function rejected(
  reason: string,
  record: unknown,
  value: unknown,
  event: unknown = record,
): ClassifiedActivity {
  return { kind: 'rejected', reason, evidence: evidenceOf(record, value), happened: happeningOf(event) };
}

function happeningOf(event: unknown): Happening | undefined {
  if (!isJsonObject(event)) return undefined;
  const timeMs = parseInstant(event['auditEventTime'] ?? event['eventTime'] ?? event['time']);
  return timeMs === undefined ? undefined : { timeMs, region: null };
}

function evidenceOf(record: unknown, value: unknown): Evidence {
  return record === value ? { asRead: true } : { asRead: false, value: record };
}
