import type { DataSafeClient, requests } from 'oci-datasafe';
import type { OciConnection } from '../../oci/connection.js';
import { OciCallError } from '../../oci/oci-error.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import { type JsonObject, isJsonObject } from '../../records/json.js';
import type { EventQuery } from './event-query.js';
import type { DataSafeOptions } from './options.js';

/** The service's own limit is not documented; it may give fewer, and a token for the rest. */
const pageItems = 1000;

/** One page of a list. */
export interface DataSafePage {
  readonly items: readonly JsonObject[];
  readonly requestId: string;
  /** Token of the page after this one. */
  readonly next: string | undefined;
}

/** The calls that a reading consists of. All of them throw as OciConnection.call. */
export interface DataSafeCalls {
  /** Events in ascending order of collection: what arrives meanwhile comes last. */
  events(query: EventQuery, page: string | undefined): Promise<DataSafePage>;
  /** The service's own count, row by row. */
  counts(query: EventQuery, page: string | undefined): Promise<DataSafePage>;
  trails(page: string | undefined): Promise<DataSafePage>;
  /** One trail, with the time until which it was collected. */
  trail(auditTrailId: string): Promise<JsonObject>;
  /** Names of the targets. */
  targets(page: string | undefined): Promise<DataSafePage>;
  /** How long events of each target are kept. */
  profiles(page: string | undefined): Promise<DataSafePage>;
}

/** Loads the SDK's package, which takes a while. @throws Failure('usage') as OciConnection.place */
export async function openDataSafe(
  connection: OciConnection,
  options: DataSafeOptions,
): Promise<DataSafeCalls> {
  // CommonJS: its names are properties of the default export.
  const { default: sdk } = await import('oci-datasafe');
  const client = connection.place(
    options,
    ({ params, configuration }) => new sdk.DataSafeClient(params, configuration),
  );
  return callsOf(connection, client, scopeOf(options));
}

type Scope = Pick<requests.ListAuditEventsRequest, 'compartmentId' | 'compartmentIdInSubtree'> & {
  // Each request has an enum of its own for the same words.
  readonly accessLevel?: never;
};

function scopeOf({ compartmentId, includeSubcompartments }: DataSafeOptions): Scope {
  // The service takes an access level only where compartments below are asked for. ACCESSIBLE would leave out, in silence and in its
  // counts, whatever the principal may not see: with RESTRICTED "no partial results are displayed" (oci-datasafe, ListAuditEventsRequest).
  const below = { compartmentId, compartmentIdInSubtree: true, accessLevel: 'RESTRICTED' as never };
  return includeSubcompartments ? below : { compartmentId };
}

function callsOf(connection: OciConnection, client: DataSafeClient, scope: Scope): DataSafeCalls {
  return {
    async events({ scimQuery }, page) {
      const sort = { sortBy: 'timeCollected' as never, sortOrder: 'ASC' as never };
      const answer = await connection.call(() =>
        client.listAuditEvents({ ...scope, scimQuery, ...sort, limit: pageItems, ...encoded(page) }),
      );
      return pageOf('listAuditEvents', answer.auditEventCollection, answer);
    },
    async counts({ scimQuery }, page) {
      const summaryField = ['allRecord' as never];
      const answer = await connection.call(() =>
        client.listAuditEventAnalytics({
          ...scope,
          scimQuery,
          summaryField,
          limit: pageItems,
          ...encoded(page),
        }),
      );
      return pageOf('listAuditEventAnalytics', answer.auditEventAnalyticsCollection, answer);
    },
    async trails(page) {
      const answer = await connection.call(() =>
        client.listAuditTrails({ ...scope, limit: pageItems, ...encoded(page) }),
      );
      return pageOf('listAuditTrails', answer.auditTrailCollection, answer);
    },
    async trail(auditTrailId) {
      const { auditTrail } = await connection.call(() => client.getAuditTrail({ auditTrailId }));
      return isJsonObject(auditTrail) ? auditTrail : {};
    },
    async targets(page) {
      const answer = await connection.call(() =>
        client.listTargetDatabases({ ...scope, limit: pageItems, ...encoded(page) }),
      );
      return pageOf('listTargetDatabases', { items: answer.items }, answer);
    },
    async profiles(page) {
      const answer = await connection.call(() =>
        client.listAuditProfiles({ ...scope, limit: pageItems, ...encoded(page) }),
      );
      return pageOf('listAuditProfiles', answer.auditProfileCollection, answer);
    },
  };
}

/** The SDK does not encode tokens of pages. */
function encoded(page: string | undefined): { page?: string } {
  return page === undefined ? {} : { page: encodeURIComponent(page) };
}

function pageOf(
  operation: string,
  collection: object | null | undefined,
  { opcRequestId, opcNextPage }: { readonly opcRequestId: string; readonly opcNextPage?: string },
): DataSafePage {
  const items: unknown = isJsonObject(collection) ? collection['items'] : undefined;
  if (!Array.isArray(items) || !items.every(isJsonObject)) {
    const reason = reasonWords('dataSafeNoList');
    throw new OciCallError({ service: 'DataSafe', operation }, { requestId: opcRequestId, reason });
  }
  return { items, requestId: opcRequestId, next: opcNextPage ? opcNextPage : undefined };
}
