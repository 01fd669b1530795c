import type { models } from 'oci-loggingingestion';
import type { LogEntry } from '../../ports/log-sink.js';

/** The service takes entries of less than 1 MB (PL/SQL SDK, type logging_ingestion_t). */
export const largestEntryBytes = 1_000_000 - 1;

/** The service takes 10 MB; Oracle's own plug-in for Fluentd cuts here. */
export const largestRequestBytes = 9 * 1024 * 1024;

interface Naming {
  readonly source: string;
  readonly type: string;
}

/** Entries of one subject are one batch of the request; all of them have the times and ids of their own. */
export function detailsOf(entries: readonly LogEntry[], { source, type }: Naming): models.PutLogsDetails {
  const bySubject = new Map<string, LogEntry[]>();
  for (const entry of entries) {
    const others = bySubject.get(entry.subject);
    if (others === undefined) bySubject.set(entry.subject, [entry]);
    else others.push(entry);
  }
  return {
    specversion: '1.0',
    logEntryBatches: [...bySubject].map(([subject, ofSubject]) => ({
      source,
      type,
      ...(subject !== '' && { subject }),
      defaultlogentrytime: new Date(ofSubject[0]?.timeMs ?? 0),
      entries: ofSubject.map(({ data, id, timeMs }) => ({ data, id, time: new Date(timeMs) })),
    })),
  };
}

/** Bytes of the entry on the wire, as if it had a batch of its own: rather too many than too few. */
export function bytesOfEntry(entry: LogEntry, naming: Naming): number {
  const { logEntryBatches } = detailsOf([entry], naming);
  return Buffer.byteLength(JSON.stringify(logEntryBatches)) + 1;
}

export function emptyRequestBytes(naming: Naming): number {
  return Buffer.byteLength(JSON.stringify(detailsOf([], naming)));
}
