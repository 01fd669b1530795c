import { toIso } from '../../base/instants.js';
import { explainError } from '../../errors.js';
import { adviceForCall } from '../../oci/call-advice.js';
import type { OciConnection } from '../../oci/connection.js';
import { neverLeft } from '../../oci/http-error.js';
import { OciCallError } from '../../oci/oci-error.js';
import type { Finding } from '../../ports/finding.js';
import type { LogEntry, LogSink, PutOutcome } from '../../ports/log-sink.js';
import type { OciLoggingOptions } from './options.js';
import { countIdsInLog } from './count-ids.js';
import {
  bytesOfEntry,
  detailsOf,
  emptyRequestBytes,
  largestEntryBytes,
  largestRequestBytes,
} from './put-details.js';

/**
 * A custom log of OCI Logging (PutLogs of the Logging Ingestion API, 2020-08-31). Its answer names no entry: a request is taken whole or
 * not at all.
 *
 * @param connection that does not retry by itself: whoever retries must know that an answer was lost
 */
export function createOciLoggingSink(
  connection: OciConnection,
  options: OciLoggingOptions,
  nowMs: () => number,
): LogSink {
  connection.checkPlace(options);
  const { logId, readBack } = options;
  return {
    type: 'oci-logging',
    location: logId,
    largestEntryBytes,
    largestRequestBytes: largestRequestBytes - emptyRequestBytes(options),
    bytesOf: (entry) => bytesOfEntry(entry, options),
    put: async (entries) => put(connection, entries, options, nowMs),
    ...(readBack !== undefined && {
      countIds: async (ids, windows) => countIdsInLog(connection, ids, windows, { ...options, readBack }),
    }),
    diagnose: async () => [await diagnose(connection, options)],
  };
}

async function put(
  connection: OciConnection,
  entries: readonly LogEntry[],
  options: OciLoggingOptions,
  nowMs: () => number,
): Promise<PutOutcome> {
  // CommonJS: its names are properties of the default export.
  const { default: sdk } = await import('oci-loggingingestion');
  const client = connection.place(
    options,
    ({ params, configuration }) => new sdk.LoggingClient(params, configuration),
  );
  const request = {
    logId: options.logId,
    putLogsDetails: detailsOf(entries, options),
    // The SDK would write a Date into the header as people read it, and the service wants RFC 3339.
    timestampOpcAgentProcessing: toIso(nowMs()) as unknown as Date,
  };
  try {
    const { opcRequestId } = await connection.call(() => client.putLogs(request));
    return { kind: 'accepted', requestId: opcRequestId || null };
  } catch (error) {
    if (!(error instanceof OciCallError)) throw error;
    return outcomeOf(error);
  }
}

/**
 * A 4xx says that nothing was taken, and so does a connection that never came about. Anything else that is no success leaves it open:
 * a server that gives up waiting for a request (408) may have had all of it, and one that fails (5xx) may fail after it took it.
 */
function outcomeOf(error: OciCallError): PutOutcome {
  const { status, message } = error;
  if (neverLeft(error)) return { kind: 'unsent', reason: message };
  if (status === null || status < 400 || status >= 500 || status === 408)
    return { kind: 'unanswered', reason: message };
  const because = status === 413 ? 'size' : status === 400 ? 'entry' : 'log';
  return { kind: 'refused', because, reason: message };
}

/** Nothing can be asked of the log without writing to it; a search needs only the right to read. */
async function diagnose(connection: OciConnection, options: OciLoggingOptions): Promise<Finding> {
  const check = 'log';
  const { readBack, logId } = options;
  if (readBack === undefined) {
    const words = `${logId}: whether it takes records shows the first time that some are forwarded`;
    const advice = 'Set forward.readBack, so that records which were sent twice are counted.';
    return { check, state: 'warning', words, advice };
  }
  try {
    await countIdsInLog(connection, new Set(), [{ fromMs: 0, toMs: 1 }], { ...options, readBack });
    return { check, state: 'ok', words: `${logId} can be searched`, advice: null };
  } catch (error) {
    const rights =
      'Check compartment, log group and log, and the policy: read log-content and read log-groups are needed.';
    return { check, state: 'failed', words: explainError(error), advice: adviceForCall(error, rights) };
  }
}
