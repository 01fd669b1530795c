import type { OciConnection } from '../../oci/connection.js';
import type { EventSource } from '../../ports/event-source.js';
import { diagnoseSearch } from './diagnose.js';
import { LoggingSearchReading } from './logging-search-reading.js';
import type { LoggingSearchOptions } from './options.js';
import { searchText } from './search-text.js';

/**
 * Reads records by the search of OCI Logging. The window is cut into slices; each must give as many records as the service counts in
 * it, or it is halved.
 *
 * @throws Failure('usage') if the region is not known, or neither options nor credentials say what to search
 */
export function createLoggingSearchSource(
  connection: OciConnection,
  options: LoggingSearchOptions,
  nowMs: () => number,
): EventSource {
  connection.checkPlace(options);
  const parts = { connection, options, nowMs };
  return {
    type: 'logging-search',
    request: searchText(options, connection.tenancy),
    read: (window) => new LoggingSearchReading(parts, window),
    diagnose: () => diagnoseSearch(parts),
  };
}
