import { explainError, isUsageFailure } from '../../errors.js';
import type { TimeWindow } from '../../model/report-day.js';
import { adviceForCall } from '../../oci/call-advice.js';
import type { OciConnection } from '../../oci/connection.js';
import type { HttpOptions } from '../../oci/http-client.js';
import { objectUrl, openBucket } from '../../oci/object-storage.js';
import type { EventSource, SourceDiagnosis } from '../../ports/event-source.js';
import type { Finding } from '../../ports/finding.js';
import { ReadingBudget } from '../budget.js';
import { InputLedger } from '../input-ledger.js';
import type { ObjectStorageSourceOptions } from './options.js';
import { readBucket } from './read-bucket.js';
import { wantedObjects } from './wanted-objects.js';

/**
 * Reads what Connector Hub or an export wrote to a bucket between the beginning of the window and `marginMs` after its
 * end: objects of JSON in any layout and packing, known by content and not by name.
 */
export function createObjectStorageSource(
  connection: OciConnection,
  options: ObjectStorageSourceOptions,
  http: HttpOptions,
  nowMs: () => number = Date.now,
): EventSource {
  connection.checkPlace(options);
  const within = (window: TimeWindow): OciConnection =>
    connection.within(new ReadingBudget(options.budget, window, nowMs));
  return {
    type: 'object-storage',
    request: objectUrl(options, options.namespace, `${options.prefix}*`),
    read: (window) => readBucket(within(window), options, http, window),
    diagnose: (window) => diagnoseBucket(connection, options, window),
  };
}

async function diagnoseBucket(
  connection: OciConnection,
  options: ObjectStorageSourceOptions,
  window: TimeWindow,
): Promise<SourceDiagnosis> {
  const check = 'objects';
  try {
    let objects = 0;
    const ledger = new InputLedger();
    const bucket = await openBucket(connection, options);
    for await (const _ of wantedObjects(bucket, options, { window, ledger })) objects += 1;
    const leftOut = ledger.leftOutInWords();
    const rest = leftOut === null ? '' : `, ${leftOut}`;
    const finding: Finding =
      objects > 0
        ? { check, state: 'ok', words: `${objects} written in the last 7 days${rest}`, advice: null }
        : {
            check,
            state: 'warning',
            words: `none was written in the last 7 days${rest}`,
            advice: 'Look at the connector or the export that writes to this bucket, and at the prefix.',
          };
    return { findings: [finding], eventTypes: null };
  } catch (error) {
    if (isUsageFailure(error)) throw error;
    const rights =
      'Check the bucket, the namespace and the policy: OBJECT_INSPECT and OBJECT_READ are needed.';
    const advice = adviceForCall(error, rights);
    return {
      findings: [{ check, state: 'failed', words: explainError(error), advice }],
      eventTypes: null,
    };
  }
}
