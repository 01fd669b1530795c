import { minuteMs } from '../../base/time-units.js';
import { parseInstant } from '../../base/instants.js';
import type { CallGate } from '../../http/call-gate.js';
import type { OciConnection } from '../../oci/connection.js';
import { type JsonObject, textIn } from '../../records/json.js';
import { allPages } from './all-pages.js';
import { openDataSafe } from './data-safe-calls.js';
import { collectedIn } from './event-query.js';
import type { DataSafeOptions } from './options.js';

/** Data Safe writes trails in bursts, by several writers: so much may still come behind what was seen. */
export const collectionOverlapMs: number = 5 * minuteMs;

/** How far the events were passed on: everything collected before it was. */
export interface CollectionCursor {
  /** timeCollected of the last one. Epoch milliseconds. */
  readonly collectedMs: number;
}

/** Events in the order of their collection, and where to go on once they are passed on. */
export interface CollectedEvents {
  /** As the service gives them. Those of the overlap come again: whoever takes them knows them by their id. */
  readonly items: readonly JsonObject[];
  readonly cursor: CollectionCursor;
}

/**
 * Every event that was collected from a cursor on, ascending by the time of collection, whenever it happened: an event may
 * be collected days after it happened, so its own time is no place to go on from.
 *
 * @param from of the last reading; it is begun some minutes before it
 * @param toMs epoch milliseconds, not included
 * @param gate limits the calls
 * @throws as OciConnection.call
 */
export async function* collectedSince(
  connection: OciConnection,
  options: DataSafeOptions,
  { from, toMs, gate }: { readonly from: CollectionCursor; readonly toMs: number; readonly gate: CallGate },
): AsyncGenerator<CollectedEvents> {
  const calls = await openDataSafe(connection.within(gate), options);
  const query = collectedIn({ fromMs: from.collectedMs - collectionOverlapMs, toMs });
  let { collectedMs } = from;
  for await (const { items } of allPages((token) => calls.events(query, token))) {
    for (const item of items) {
      const itemMs = parseInstant(textIn(item['timeCollected']));
      if (itemMs !== undefined && itemMs < toMs) collectedMs = Math.max(collectedMs, itemMs);
    }
    if (items.length > 0) yield { items, cursor: { collectedMs } };
  }
}
