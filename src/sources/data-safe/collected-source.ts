import { explainError, isUsageFailure } from '../../errors.js';
import type { SourceRequest } from '../../model/manifest.js';
import type { TimeWindow } from '../../model/report-day.js';
import type { OciConnection } from '../../oci/connection.js';
import type { EventSource, SourceReading, SourceRecord } from '../../ports/event-source.js';
import { textIn } from '../../records/json.js';
import { ReadingBudget } from '../budget.js';
import { countedEvents } from './counted-events.js';
import { openDataSafe } from './data-safe-calls.js';
import type { DataSafeParts } from './data-safe-reading.js';
import { diagnoseDataSafe } from './diagnose.js';
import { collectedIn } from './event-query.js';
import type { DataSafeOptions } from './options.js';

/**
 * The audit events that Data Safe collected in a window, ascending by that time, whenever they happened: an event may be collected days
 * after it happened, so its own time is no place to go on from. The outcome is complete only if the service's own count agrees.
 *
 * @throws Failure('usage') if no region is known
 */
export function createCollectedSource(
  connection: OciConnection,
  options: DataSafeOptions,
  nowMs: () => number,
): EventSource {
  connection.checkPlace(options);
  const parts = { connection, options, nowMs };
  return {
    type: 'data-safe',
    request: `Data Safe audit events by timeCollected [compartment ${options.compartmentId}]`,
    read: (window) => readCollected(parts, window),
    diagnose: (window) => diagnoseDataSafe(parts, window),
  };
}

function readCollected({ connection, options, nowMs }: DataSafeParts, window: TimeWindow): SourceReading {
  const budget = new ReadingBudget(options.budget, window, nowMs);
  const requests: SourceRequest[] = [];
  const reasons: string[] = [];
  async function* batches(): AsyncGenerator<readonly SourceRecord[]> {
    try {
      const calls = await openDataSafe(connection.within(budget), options);
      for await (const items of countedEvents(calls, collectedIn(window), requests)) {
        yield items.map((value) => ({ kind: 'value', value, place: `event ${textIn(value['id']) ?? '?'}` }));
      }
    } catch (error) {
      if (isUsageFailure(error)) throw error;
      reasons.push(explainError(error));
    }
  }
  return { batches: batches(), outcome: () => ({ complete: reasons.length === 0, reasons, requests }) };
}
