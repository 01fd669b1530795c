import type { AuditClient } from 'oci-audit';
import type { SourceRequest } from '../../model/manifest.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import type { OciConnection } from '../../oci/connection.js';
import { listPages } from '../../oci/list-pages.js';
import { OciCallError } from '../../oci/oci-error.js';
import { queryTime } from '../../oci/query-time.js';
import type { SourceRecord } from '../../ports/event-source.js';
import type { MinuteRange } from './processed-times.js';

const call = { service: 'Audit', operation: 'listEvents' };
/** A page may have some 20,000 events: they go on in parts. */
const recordsPerBatch = 1000;
/** So often a list begins anew because the service does not know its own page token any more. */
const mostRestarts = 2;

/** What one list of events is about. */
export interface EventList {
  readonly connection: OciConnection;
  readonly client: AuditClient;
  /** Name of the region. */
  readonly region: string;
  readonly compartmentId: string;
  readonly processed: MinuteRange;
}

/** What is known of a list so far, for the manifest. */
export interface ListFacts {
  pages: number;
  rows: number;
  restarts: number;
  readonly requestIds: string[];
}

/**
 * The events of a compartment in a region that were processed in the range, in the order of the service, which is none. Where a
 * page token has expired, the list begins anew, and events come again.
 *
 * @param facts are kept up to date
 * @throws OciCallError; CallsSpentError; Failure('usage') if OCI does not accept the credentials
 */
export async function* eventsOfCompartment(
  list: EventList,
  facts: ListFacts,
): AsyncGenerator<readonly SourceRecord[]> {
  for (;;) {
    const pagesBefore = facts.pages;
    try {
      for await (const { items, requestId } of pagesOfEvents(list)) {
        facts.pages += 1;
        facts.requestIds.push(requestId ?? 'none');
        yield* batchesOf(items, list, facts);
      }
      return;
    } catch (error) {
      const isLater = facts.pages > pagesBefore;
      if (!isLater || !isRefusedToken(error) || facts.restarts >= mostRestarts) throw error;
      facts.restarts += 1;
    }
  }
}

function pagesOfEvents({ connection, client, compartmentId, processed }: EventList) {
  return listPages(connection, call, async (parameter) => {
    const answer = await client.listEvents({
      compartmentId,
      startTime: queryTime(processed.fromMs),
      endTime: queryTime(processed.toMs),
      ...parameter,
    });
    const { opcNextPage: next, opcRequestId: requestId } = answer;
    const items: unknown = answer.items;
    if (!Array.isArray(items))
      throw new OciCallError(call, { requestId, reason: reasonWords('auditNoList') });
    return { items: items as readonly unknown[], next, requestId };
  });
}

function* batchesOf(
  items: readonly unknown[],
  { region, compartmentId }: EventList,
  facts: ListFacts,
): Generator<readonly SourceRecord[]> {
  for (let start = 0; start < items.length; start += recordsPerBatch) {
    yield items.slice(start, start + recordsPerBatch).map((item) => {
      facts.rows += 1;
      return { kind: 'value', value: asSent(item), place: `${region}/${compartmentId}#${facts.rows}` };
    });
  }
}

/** The SDK leaves every field as it is, times included, but puts undefined in place of null and of what is absent. */
function asSent(item: unknown): unknown {
  if (typeof item !== 'object' || item === null) return item;
  return Object.fromEntries(
    Object.entries(item)
      .filter(([, field]) => field !== undefined)
      .map(([key, field]) => (key === 'data' ? [key, asSent(field)] : [key, field])),
  );
}

/** The service tells an expired token as an invalid parameter. */
function isRefusedToken(error: unknown): boolean {
  return error instanceof OciCallError && error.status === 400;
}

/** Of one list, as the manifest has it. `fault` is null where it was read to its end. */
export function requestOf(
  { region, compartmentId }: Pick<EventList, 'region' | 'compartmentId'>,
  { pages, rows, restarts, requestIds }: ListFacts,
  fault: string | null,
): SourceRequest {
  return {
    operation: call.operation,
    region,
    compartmentId,
    pages,
    rows,
    ...(restarts === 0 ? {} : { restarts }),
    opcRequestIds: requestIds.join(' '),
    complete: fault === null,
    ...(fault === null ? {} : { fault }),
  };
}
