import type { TimeWindow } from '../../../model/report-day.js';
import { unwrapRecord } from '../../../records/envelopes/unwrap-record.js';
import { carriesSecrets, withoutSecrets } from '../../../records/secrets.js';
import type { Evidence } from '../../report-kind.js';
import type { BackupEvent } from '../model/backup-event.js';
import { createEventParser } from './parse-event.js';

/** What one record holds, event by event. Whether a used event is a duplicate is decided by the ledger. */
export type ClassifiedRecord =
  | { readonly kind: 'event'; readonly event: BackupEvent; readonly evidence: Evidence }
  | { readonly kind: 'outside' | 'ignored'; readonly evidence: Evidence }
  | { readonly kind: 'rejected'; readonly reason: string; readonly evidence: Evidence };

const asRead: Evidence = { asRead: true };

/**
 * Creates the classifier of parsed records: it unwraps them, parses each event, and flags those outside the window. It
 * never throws, and always returns the complete input.
 */
export function createRecordClassifier(window: TimeWindow): (value: unknown) => readonly ClassifiedRecord[] {
  const parseEvent = createEventParser();
  return (value) =>
    unwrapRecord(value).map((found): ClassifiedRecord => {
      const evidence: Evidence = found.record === value ? asRead : { asRead: false, value: found.record };
      if (!found.ok) return { kind: 'rejected', reason: found.reason, evidence };
      const kept = carriesSecrets(found.event)
        ? { asRead: false, value: withoutSecrets(found.event) }
        : evidence;
      const parsed = parseEvent(found.event);
      if (parsed.kind === 'ignored') return { kind: 'ignored', evidence: kept };
      if (parsed.kind === 'rejected') return { kind: 'rejected', reason: parsed.reason, evidence: kept };
      const { timeMs } = parsed.event;
      if (timeMs < window.fromMs || timeMs >= window.toMs) return { kind: 'outside', evidence: kept };
      return { kind: 'event', event: parsed.event, evidence: kept };
    });
}
