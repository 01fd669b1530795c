import type { OciConnection } from '../../oci/connection.js';
import { openLogAnalytics } from '../../oci/log-analytics.js';
import type { LogAnalyticsOptions } from './options.js';
import { QueryRunner } from './query-runner.js';

/** Queries in the source's compartment. Throws Failure('usage') if there is no namespace. */
export async function openRunner(
  connection: OciConnection,
  options: LogAnalyticsOptions,
): Promise<QueryRunner> {
  const { client, namespaceName } = await openLogAnalytics(connection, options);
  const { compartmentId, includeSubcompartments, pollMs } = options;
  return new QueryRunner(
    connection,
    client,
    { namespaceName, compartmentId, includeSubcompartments },
    pollMs,
  );
}
