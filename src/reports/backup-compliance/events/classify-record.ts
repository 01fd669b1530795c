import { dayMs } from '../../../base/time-units.js';
import type { Happening } from '../../../model/pulse.js';
import type { TimeWindow } from '../../../model/report-day.js';
import { eventWithin } from '../../../records/envelopes/event-within.js';
import { type Unwrapped, unwrapRecord } from '../../../records/envelopes/unwrap-record.js';
import { canHaveHappened } from '../../../records/event-times.js';
import type { JsonObject } from '../../../records/json.js';
import { carriesSecrets, withoutSecrets } from '../../../records/secrets.js';
import type { Evidence } from '../../record-reading.js';
import type { BackupEvent } from '../model/backup-event.js';
import { type ReadRow, createRowReader } from './azure/read-row.js';
import { type VersionedRow, countedAt, timeOfRow } from './azure/versioned-row.js';
import { happeningOf } from './happening-of.js';
import { isAhead, provesRunning } from './look-ahead.js';
import { createEventParser, noReadableTime } from './parse-event.js';
import { reasonWords } from '../../../model/reasons/reason-words.js';

/**
 * What one record holds, event by event. Whether a used event is a duplicate is decided by the ledger. The first tells
 * which keys of the record were passed over.
 */
export type ClassifiedRecord = Classified & {
  readonly passedOver?: readonly string[];
  /** When and where it happened; undefined: it tells no time. */
  readonly happened?: Happening | undefined;
};

type Classified =
  | { readonly kind: 'event'; readonly event: BackupEvent; readonly evidence: Evidence }
  | {
      /** A row of Azure Backup: whether it counts depends on the others about the same. */
      readonly kind: 'row';
      readonly row: VersionedRow;
      readonly evidence: Evidence;
    }
  | {
      readonly kind: 'outside';
      readonly evidence: Evidence;
      /** An event in the look-ahead that proves that an attempt was running at the cut-off. */
      readonly proof?: BackupEvent;
    }
  | {
      readonly kind: 'ignored';
      readonly eventType: string;
      readonly names: string | null;
      readonly evidence: Evidence;
    }
  | { readonly kind: 'rejected'; readonly reason: string; readonly evidence: Evidence };

/** Rows that say how something stands come at least once a day; an older one says nothing of the day. */
const stateHoldsMs = 2 * dayMs;

const asRead: Evidence = { asRead: true };
/** What an event of a backup tells of others is not read. Of ignored events, the report says what they name. */
const eventInEvent = { kind: 'rejected', reason: reasonWords('eventInEvent') } as const;

/**
 * Creates the classifier of parsed records: it unwraps them, parses each event, and flags those outside the window. It
 * never throws, and always returns the complete input.
 *
 * @param cutOffMs counts how far ahead a time can be
 */
export function createRecordClassifier(
  window: TimeWindow,
  cutOffMs = window.toMs,
): (value: unknown) => readonly ClassifiedRecord[] {
  const parseEvent = createEventParser();
  const readRow = createRowReader();
  return (value) => {
    const { found, passedOver } = unwrapRecord(value);
    const classified: ClassifiedRecord[] = [];
    for (const each of found) {
      const row = each.ok ? readRow(each.event) : null;
      if (row !== null) {
        const read = classifyRow(row, evidenceOf(each.record, value), { window, cutOffMs });
        classified.push({ ...read, happened: happenedOf(row) });
        continue;
      }
      const own = classify(each, value);
      const knownMs = own.kind === 'event' ? own.event.timeMs : undefined;
      const happened = happeningOf(each.ok ? each.event : each.record, knownMs);
      classified.push(withHappening(own, happened));
      const other = each.ok && own.kind !== 'ignored' ? eventWithin(each.event) : undefined;
      if (other === undefined) continue;
      classified.push({ ...eventInEvent, evidence: evidenceOf(other, value), happened: happeningOf(other) });
    }
    const [first, ...others] = classified;
    return first === undefined || passedOver.length === 0
      ? classified
      : [{ ...first, passedOver }, ...others];
  };

  function classify(found: Unwrapped, value: unknown): Classified {
    const evidence = evidenceOf(found.record, value);
    if (!found.ok) return { kind: 'rejected', reason: found.reason, evidence };
    const parsed = parseEvent(found.event);
    // Rejected records are kept as read; the evidence removes their secrets.
    if (parsed.kind === 'rejected') return { ...parsed, evidence };
    if (parsed.kind === 'event' && !canHaveHappened(parsed.event.timeMs, cutOffMs)) {
      return { kind: 'rejected', reason: noReadableTime, evidence };
    }
    const kept = mayCarrySecrets(found) ? evidenceOf(withoutSecrets(found.record), value) : evidence;
    if (parsed.kind === 'ignored') {
      return isAfter(found.event, window)
        ? { kind: 'outside', evidence: kept }
        : { ...parsed, evidence: kept };
    }
    const { event } = parsed;
    if (event.timeMs >= window.fromMs && event.timeMs < window.toMs)
      return { kind: 'event', event, evidence: kept };
    const isProof = isAhead(event.timeMs, window) && provesRunning(event, window.toMs);
    return { kind: 'outside', evidence: kept, ...(isProof ? { proof: event } : {}) };
  }
}

function classifyRow(
  read: ReadRow,
  evidence: Evidence,
  { window, cutOffMs }: { readonly window: TimeWindow; readonly cutOffMs: number },
): Classified {
  if (read.kind === 'rejected') return { ...read, evidence };
  const timeMs = read.kind === 'row' ? timeOfRow(read.row) : read.timeMs;
  if (!canHaveHappened(timeMs, cutOffMs)) return { kind: 'rejected', reason: noReadableTime, evidence };
  if (read.kind === 'ignored') {
    if (timeMs >= window.toMs) return { kind: 'outside', evidence };
    return { kind: 'ignored', eventType: read.eventType, names: null, evidence };
  }
  const { tells } = read.row;
  const fromMs = tells.kind === 'state' ? Math.min(window.fromMs, window.toMs - stateHoldsMs) : window.fromMs;
  const countedMs = countedAt(read.row, fromMs);
  if (countedMs >= fromMs && countedMs < window.toMs) return { kind: 'row', row: read.row, evidence };
  if (tells.kind === 'state') return { kind: 'outside', evidence };
  const isProof = isAhead(timeMs, window) && provesRunning(tells.event, window.toMs);
  return { kind: 'outside', evidence, ...(isProof ? { proof: tells.event } : {}) };
}

function happenedOf(read: ReadRow): Happening | undefined {
  if (read.kind === 'rejected') return undefined;
  return { timeMs: read.kind === 'row' ? timeOfRow(read.row) : read.timeMs, region: read.region };
}

/** Field by field for the usual case: a spread of every record is dear. */
function withHappening(own: Classified, happened: Happening | undefined): ClassifiedRecord {
  if (own.kind !== 'event') return { ...own, happened };
  return { kind: 'event', event: own.event, evidence: own.evidence, happened };
}

/** Whatever it is about, what happened after the cut-off is of another day. */
function isAfter(event: JsonObject, { toMs }: TimeWindow): boolean {
  const timeMs = happeningOf(event)?.timeMs;
  return timeMs !== undefined && timeMs >= toMs;
}

function evidenceOf(record: unknown, value: unknown): Evidence {
  return record === value ? asRead : { asRead: false, value: record };
}

/** A wrapper may carry those of the forwarder, an event by itself only those of an audit record. */
function mayCarrySecrets({ event, record }: Extract<Unwrapped, { ok: true }>): boolean {
  return event !== record || carriesSecrets(event);
}
