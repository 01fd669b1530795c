import { explainError, isUsageFailure } from '../../errors.js';
import { adviceForCall } from '../../oci/call-advice.js';
import type { OciConnection } from '../../oci/connection.js';
import { type OpenLogAnalytics, openLogAnalytics } from '../../oci/log-analytics.js';
import type { Finding } from '../../ports/finding.js';
import type { LogAnalyticsOptions } from './options.js';

/** Whether a log source is in the service's list; no run reads that list. */
export type Listing =
  { readonly isListed: boolean; readonly namespaceName: string } | { readonly error: unknown };

/** Oracle ships hundreds of log sources. */
const pageRows = 1000;
const maxPages = 10;

/** By internal or by display name: queries take the display name. Throws only Failure('usage'). */
export async function findSource(connection: OciConnection, options: LogAnalyticsOptions): Promise<Listing> {
  try {
    const opened = await openLogAnalytics(connection, options);
    const isListed = await isInList(connection, options, opened);
    return { isListed, namespaceName: opened.namespaceName };
  } catch (error) {
    if (isUsageFailure(error)) throw error;
    return { error };
  }
}

/** Whether `name=` is the internal or the display name is not documented, so the whole list is looked at, too. */
async function isInList(
  connection: OciConnection,
  { logSource, compartmentId }: LogAnalyticsOptions,
  { client, namespaceName }: OpenLogAnalytics,
): Promise<boolean> {
  // The SDK does not encode URL parameters.
  let request: { readonly name?: string; readonly page?: string } = { name: encodeURIComponent(logSource) };
  for (let page = 0; page < maxPages; page += 1) {
    const { logAnalyticsSourceCollection, opcNextPage } = await connection.call(() =>
      client.listSources({ namespaceName, compartmentId, limit: pageRows, ...request }),
    );
    const items = logAnalyticsSourceCollection.items ?? [];
    if (items.some(({ name, displayName }) => isSame(name, logSource) || isSame(displayName, logSource))) {
      return true;
    }
    const isAll = !opcNextPage;
    if (isAll && request.name === undefined) return false;
    request = isAll ? {} : { page: encodeURIComponent(opcNextPage) };
  }
  return false;
}

function isSame(name: string | undefined, wanted: string): boolean {
  return name?.toLowerCase() === wanted.toLowerCase();
}

/** @param hasRecords whether a query found some, which proves more than any list */
export function listingFinding(listing: Listing, logSource: string, hasRecords: boolean): Finding {
  const check = 'log source';
  if ('error' in listing) {
    const rights =
      'No run needs it; to see it here, allow the group to read loganalytics-source in the tenancy.';
    return {
      check,
      state: 'warning',
      words: `whether ${logSource} is there is not known: ${explainError(listing.error)}`,
      advice: adviceForCall(listing.error, rights),
    };
  }
  const where = `namespace ${listing.namespaceName}`;
  if (listing.isListed) {
    return { check, state: 'ok', words: `${logSource} is there, in ${where}`, advice: null };
  }
  if (hasRecords) {
    const words = `${where} does not list ${logSource}, but there are records of it`;
    return { check, state: 'warning', words, advice: 'Nothing, if the source was removed on purpose.' };
  }
  const advice =
    'Import the log source in Log Analytics, or set logSource to the one that the connector writes to.';
  return { check, state: 'failed', words: `${where} has no log source ${logSource}`, advice };
}
