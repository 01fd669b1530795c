import { setTimeout as delay } from 'node:timers/promises';
import type { OciConnection } from '../../oci/connection.js';
import { openLogAnalytics } from '../../oci/log-analytics.js';
import type { Clock } from '../../ports/clock.js';
import { ExportPacer } from './export-pacer.js';
import type { LogAnalyticsOptions } from './options.js';
import { QueryCalls } from './query-calls.js';
import { QueryRunner } from './query-runner.js';

/**
 * Queries in the source's compartment.
 *
 * @param pacer of all exports of a source
 * @throws Failure('usage') if there is no namespace
 */
export async function openRunner(
  connection: OciConnection,
  options: LogAnalyticsOptions,
  clock: Clock = machineClock,
  pacer: ExportPacer = new ExportPacer(clock),
): Promise<QueryRunner> {
  const { client, namespaceName } = await openLogAnalytics(connection, options);
  const { compartmentId, includeSubcompartments, pollMs } = options;
  const scope = { namespaceName, compartmentId, includeSubcompartments };
  return new QueryRunner(new QueryCalls(connection, client, scope), clock, pacer, pollMs);
}

const machineClock: Clock = {
  nowMs: () => Date.now(),
  sleep: async (ms) => {
    await delay(ms);
  },
};
