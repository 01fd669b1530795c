import type { AzureConnection } from '../../azure/connection.js';
import type { EventSource } from '../../ports/event-source.js';
import { AzureMonitorReading } from './azure-monitor-reading.js';
import { diagnoseAzureMonitor } from './diagnose.js';
import type { AzureMonitorOptions } from './options.js';
import { workspacesInWords } from './table-parts.js';

/**
 * Reads the rows that Azure Backup sends to Log Analytics workspaces, in both of its schemas. Each slice of a table is
 * counted and then read, and halved until both agree. A record is one row: `{table, workspace, row}`, its columns named and
 * its times written as by the service.
 */
export function createAzureMonitorSource(
  connection: AzureConnection,
  options: AzureMonitorOptions,
  nowMs: () => number,
): EventSource {
  return {
    type: 'azure-monitor',
    request: workspacesInWords(options.workspaces),
    read: (window) => new AzureMonitorReading({ connection, options, nowMs }, window),
    diagnose: (window) => diagnoseAzureMonitor({ connection, options, nowMs }, window),
  };
}
