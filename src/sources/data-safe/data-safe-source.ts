import type { OciConnection } from '../../oci/connection.js';
import type { EventSource } from '../../ports/event-source.js';
import { DataSafeReading } from './data-safe-reading.js';
import { diagnoseDataSafe } from './diagnose.js';
import type { DataSafeOptions } from './options.js';

/**
 * Reads the audit events of Data Safe that happened in the window, those of earlier days that arrived in it, and the state
 * of the audit trails. The outcome is complete only if the service's own count of each agrees, and the trails could be
 * read: without them silence proves nothing.
 *
 * @throws Failure('usage') if no region is known
 */
export function createDataSafeSource(
  connection: OciConnection,
  options: DataSafeOptions,
  nowMs: () => number,
): EventSource {
  connection.checkPlace(options);
  const parts = { connection, options, nowMs };
  const scope = `${options.compartmentId}${options.includeSubcompartments ? ' and below' : ''}`;
  return {
    type: 'data-safe',
    request: `Data Safe audit events by auditEventTime, and trails [compartment ${scope}]`,
    read: (window) => new DataSafeReading(parts, window),
    diagnose: (window) => diagnoseDataSafe(parts, window),
  };
}
