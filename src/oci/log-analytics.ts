import type { LogAnalyticsClient } from 'oci-loganalytics';
import { Failure } from '../errors.js';
import type { OciConnection, Place } from './connection.js';

export interface LogAnalyticsPlace extends Place {
  /** The tenancy's own if not set. */
  readonly namespace?: string | undefined;
}

export interface OpenLogAnalytics {
  readonly client: LogAnalyticsClient;
  readonly namespaceName: string;
}

/**
 * Loads the SDK's package and looks up the namespace if none is set.
 *
 * @throws Failure('usage') if there is none
 */
export async function openLogAnalytics(
  connection: OciConnection,
  at: LogAnalyticsPlace,
): Promise<OpenLogAnalytics> {
  const { default: sdk } = await import('oci-loganalytics');
  const client = connection.place(
    at,
    ({ params, configuration }) => new sdk.LogAnalyticsClient(params, configuration),
  );
  return { client, namespaceName: at.namespace ?? (await ownNamespace(connection, client)) };
}

/** Namespaces can only be listed for the tenancy itself. */
async function ownNamespace(connection: OciConnection, client: LogAnalyticsClient): Promise<string> {
  const { tenancy } = connection;
  if (tenancy === null) {
    throw new Failure('usage', 'the credentials do not tell their tenancy, so the namespace is not known', {
      hints: ['Set namespace for the source log-analytics.'],
    });
  }
  const { namespaceCollection } = await connection.call(() =>
    client.listNamespaces({ compartmentId: tenancy }),
  );
  const [first] = namespaceCollection.items ?? [];
  if (first === undefined) {
    throw new Failure('usage', 'this tenancy has no namespace of Log Analytics', {
      hints: ['Log Analytics must be onboarded in the region; or set namespace.'],
    });
  }
  return first.namespaceName;
}
