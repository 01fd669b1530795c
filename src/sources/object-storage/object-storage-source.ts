import { explainError, isUsageFailure } from '../../errors.js';
import type { SourceRequest } from '../../model/manifest.js';
import type { TimeWindow } from '../../model/report-day.js';
import { adviceForCall } from '../../oci/call-advice.js';
import { CallsSpentError } from '../../oci/call-context.js';
import type { OciConnection } from '../../oci/connection.js';
import type { HttpOptions } from '../../oci/http-client.js';
import {
  type Bucket,
  type OpenBucket,
  type StoredObject,
  listObjects,
  objectUrl,
  openBucket,
} from '../../oci/object-storage.js';
import type {
  EventSource,
  Finding,
  SourceDiagnosis,
  SourceOutcome,
  SourceReading,
  SourceRecord,
} from '../../ports.js';
import { type FileResult, newFileResult } from '../../records/formats/file-result.js';
import { readRecords } from '../../records/formats/read-records.js';
import { type BudgetLimits, ReadingBudget } from '../budget.js';
import { clockToleranceMs } from '../clock-tolerance.js';
import { createIgnoreRules } from '../ignore-rules.js';
import { InputLedger } from '../input-ledger.js';
import { readObject } from './read-object.js';

export interface ObjectStorageSourceOptions extends Bucket {
  readonly prefix: string;
  /** Patterns of objects that are not to be read. */
  readonly ignore?: readonly string[];
  /** Longest delay between an event and the writing of its object. Milliseconds. */
  readonly marginMs: number;
  /** The default budget if not set. */
  readonly budget?: BudgetLimits | undefined;
}

/**
 * Reads what Connector Hub or an export wrote to a bucket: objects of NDJSON or JSON, plain or gzip, written between
 * the beginning of the window and `marginMs` after its end.
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

function readBucket(
  connection: OciConnection,
  options: ObjectStorageSourceOptions,
  http: HttpOptions,
  window: TimeWindow,
): SourceReading {
  const reasons: string[] = [];
  const requests: SourceRequest[] = [];
  const ledger = new InputLedger();
  let spent: CallsSpentError | null = null;

  async function* batches(): AsyncGenerator<readonly SourceRecord[]> {
    try {
      const bucket = await openBucket(connection, options);
      for await (const object of wantedObjects(bucket, options, { window, ledger })) {
        const result = newFileResult();
        const body = readObject(bucket, object, http);
        yield* readStored(
          object,
          noting(body, (error) => (spent = error)),
          result,
        );
        ledger.add(object.name, result);
        // The ledger names each; the report does not need as many sentences as there are objects left.
        if (result.fault !== null && spent === null) reasons.push(`${object.name}: ${result.fault}`);
        const { bytes, records, fault } = result;
        requests.push({ object: object.name, bytes, records, fault });
      }
      if (requests.length === 0) {
        const leftOut = ledger.leftOutInWords();
        const none = `no object below ${JSON.stringify(options.prefix)} was written in the window`;
        reasons.push(leftOut === null ? none : `${none}: ${leftOut}`);
      }
    } catch (error) {
      if (isUsageFailure(error)) throw error;
      reasons.push(explainError(error));
    }
    if (spent !== null && !reasons.includes(spent.message)) reasons.push(spent.message);
  }

  const outcome = (): SourceOutcome => ({
    complete: reasons.length === 0,
    reasons: [...reasons].sort(),
    requests,
    inputs: ledger.inputs(),
  });
  return { batches: batches(), outcome };
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

/** The objects to be read. Those that a rule leaves out are entered in the ledger. */
async function* wantedObjects(
  bucket: OpenBucket,
  { prefix, ignore, marginMs }: ObjectStorageSourceOptions,
  { window, ledger }: { readonly window: TimeWindow; readonly ledger: InputLedger },
): AsyncGenerator<StoredObject> {
  const ignoreRules = createIgnoreRules(ignore ?? []);
  for await (const object of listObjects(bucket, prefix)) {
    const rule = ignoreRules(object.name, prefix.length) ?? ruleOf(object, window, marginMs);
    if (rule === null) yield object;
    else ledger.leaveOut(object.name, rule);
  }
}

/** Why an object cannot hold events of the window; null: it may. */
function ruleOf(
  { name, size, modifiedMs }: StoredObject,
  window: TimeWindow,
  marginMs: number,
): string | null {
  // Folders created in the console are empty objects whose names end in a slash.
  if (name.endsWith('/') && size === 0) return 'an empty object that stands for a folder';
  // The service did not say when: it may be of the window.
  if (modifiedMs <= 0) return null;
  // An object may appear slightly older than its events.
  if (modifiedMs < window.fromMs - clockToleranceMs) return 'modified before the window';
  return modifiedMs < window.toMs + marginMs ? null : 'modified after the window and its margin';
}

/** Reads one object. Throws only Failure('usage'); `result.fault` says what else went wrong. */
async function* readStored(
  { name, size }: StoredObject,
  bytes: AsyncGenerator<Buffer>,
  result: FileResult,
): AsyncGenerator<readonly SourceRecord[]> {
  try {
    yield* readRecords({ name, size, chunks: bytes }, result);
  } catch (error) {
    if (isUsageFailure(error)) throw error;
    result.fault ??= `reading it failed: ${explainError(error)}`;
    result.readable = result.records === 0 ? 'none' : 'part';
  } finally {
    await bytes.return(undefined);
  }
}

/** Tells when the budget ends the reading: whoever reads the bytes takes it for a fault of this object alone. */
async function* noting(
  bytes: AsyncGenerator<Buffer>,
  note: (error: CallsSpentError) => void,
): AsyncGenerator<Buffer> {
  try {
    yield* bytes;
  } catch (error) {
    if (error instanceof CallsSpentError) note(error);
    throw error;
  }
}
