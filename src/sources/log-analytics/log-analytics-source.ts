import type { TimeWindow } from '../../model/report-day.js';
import type { OciConnection } from '../../oci/connection.js';
import type { EventSource } from '../../ports.js';
import { clockToleranceMs } from '../clock-tolerance.js';
import { diagnoseLogAnalytics } from './diagnose.js';
import { LogAnalyticsReading } from './log-analytics-reading.js';
import type { LogAnalyticsOptions } from './options.js';
import type { TimeSlice } from './query-answer.js';
import { pairsQuery, selectOthersQuery, selectQuery } from './query-text.js';

/**
 * Reads the records of a log source by queries. A record's time may be its ingestion time, so the window is widened. It
 * is cut into slices, each halved until it is provably complete; then the number of rows must match the service's own
 * count of the whole window.
 */
export function createLogAnalyticsSource(
  connection: OciConnection,
  options: LogAnalyticsOptions,
  nowMs: () => number,
): EventSource {
  connection.checkPlace(options);
  return {
    type: 'log-analytics',
    request: requestOf(options),
    read: (window) => new LogAnalyticsReading(connection, options, windowOf(window, options, nowMs())),
    diagnose: (window) => diagnoseLogAnalytics(connection, options, windowOf(window, options, nowMs())),
  };
}

function requestOf({ logSource, compartmentId, aggregate }: LogAnalyticsOptions): string {
  const scope = `[compartment ${compartmentId}]`;
  if (aggregate !== 'server') return `${selectQuery(logSource)} ${scope}`;
  return `database backups paired by the service: ${pairsQuery(logSource)}; all else: ${selectOthersQuery(logSource)} ${scope}`;
}

function windowOf(window: TimeWindow, { ingestionDelayMs }: LogAnalyticsOptions, nowMs: number): TimeSlice {
  const toMs = Math.max(window.toMs, Math.min(window.toMs + ingestionDelayMs, nowMs));
  // A record's time may be slightly earlier than its event's.
  return { fromMs: window.fromMs - clockToleranceMs, toMs };
}
