import type { OciConnection } from '../../oci/connection.js';
import type { EventSource } from '../../ports/event-source.js';
import { AuditReading } from './audit-reading.js';
import { diagnoseAudit } from './diagnose.js';
import type { OciAuditOptions } from './options.js';

/**
 * Reads the records of OCI Audit, compartment by compartment in each region. Audit selects by the time at which it processed an
 * event, so it is asked for longer than the window: records outside of it come, too. One list cannot be proven by a count:
 * Audit has none. It is whole when its last page names no next one.
 *
 * @throws Failure('usage') if a configured region is not known
 */
export function createOciAuditSource(
  connection: OciConnection,
  options: OciAuditOptions,
  nowMs: () => number,
): EventSource {
  for (const region of options.regions ?? []) connection.checkPlace({ region, endpoint: options.endpoint });
  const parts = { connection, options, nowMs };
  return {
    type: 'oci-audit',
    request: requestInWords(options),
    read: (window) => new AuditReading(parts, window),
    diagnose: (window) => diagnoseAudit(parts, window),
  };
}

function requestInWords({
  regions,
  compartments,
  includeSubcompartments,
  excludeCompartments,
  endpoint,
}: OciAuditOptions): string {
  const below = includeSubcompartments ? ' and below' : '';
  const where = compartments === undefined ? 'the whole tenancy' : `${compartments.join(', ')}${below}`;
  const without = excludeCompartments.length === 0 ? '' : `, without ${excludeCompartments.join(', ')}`;
  const places = regions?.join(', ') ?? endpoint ?? 'all subscribed regions';
  return `listEvents of ${where}${without}, in ${places}`;
}
