import { setTimeout as delay } from 'node:timers/promises';
import type { OciConnection } from '../../oci/connection.js';
import type { Clock } from '../../ports/clock.js';
import type { EventSource } from '../../ports/event-source.js';
import { diagnoseLogAnalytics } from './diagnose.js';
import { ExportPacer } from './export-pacer.js';
import { LogAnalyticsReading, recordTimesOf } from './log-analytics-reading.js';
import type { LogAnalyticsOptions } from './options.js';
import { probeLogAnalytics } from './probe/probe-service.js';
import { pairsQuery, selectOthersQueries, selectQuery } from './query-text.js';

/**
 * Reads the records of a log source by queries. A record's time may be its ingestion time, so the window is widened. It
 * is cut into slices, each halved until it is provably complete; then the number of rows must match the service's own
 * count of the whole window. A reading ends with its budget.
 *
 * @param sleep milliseconds; in tests it moves their clock
 */
export function createLogAnalyticsSource(
  connection: OciConnection,
  options: LogAnalyticsOptions,
  nowMs: () => number,
  sleep: Clock['sleep'] = delay,
): EventSource {
  connection.checkPlace(options);
  const clock = { nowMs, sleep };
  const parts = { connection, options, clock, pacer: new ExportPacer(clock) };
  return {
    type: 'log-analytics',
    request: requestOf(options),
    read: (window) => new LogAnalyticsReading(parts, window),
    diagnose: (window) => diagnoseLogAnalytics(connection, options, recordTimesOf(window, options, nowMs())),
    probe: (window) => probeLogAnalytics(connection, options, recordTimesOf(window, options, nowMs())),
  };
}

function requestOf({ logSource, compartmentId, aggregate, wanted }: LogAnalyticsOptions): string {
  const scope = `[compartment ${compartmentId}]`;
  if (aggregate !== 'server') return `${selectQuery(logSource, wanted)} ${scope}`;
  return `database backups paired by the service: ${pairsQuery(logSource)}; all else: ${selectOthersQueries(logSource)[0]} ${scope}`;
}
