import { explainError, isUsageFailure } from '../../errors.js';
import type { SourceRequest } from '../../model/manifest.js';
import type { TimeWindow } from '../../model/report-day.js';
import { CallsSpentError } from '../../http/call-gate.js';
import type { OciConnection } from '../../oci/connection.js';
import type { HttpOptions } from '../../oci/http-client.js';
import { type OpenBucket, type StoredObject, openBucket } from '../../oci/object-storage.js';
import type { SourceOutcome, SourceReading, SourceRecord } from '../../ports/event-source.js';
import { newFileResult } from '../../records/formats/file-result.js';
import { readRecords } from '../../records/formats/read-records.js';
import { InputLedger } from '../input-ledger.js';
import type { ObjectStorageSourceOptions } from './options.js';
import { readObject } from './read-object.js';
import { wantedObjects } from './wanted-objects.js';
import { reasonWords } from '../../model/reasons/reason-words.js';

/** @param connection limits the calls of this reading */
export function readBucket(
  connection: OciConnection,
  options: ObjectStorageSourceOptions,
  http: HttpOptions,
  window: TimeWindow,
): SourceReading {
  return new BucketReading(connection, options, http, window);
}

/** One reading of a window; `outcome` works as a detached function. */
class BucketReading implements SourceReading {
  readonly batches: AsyncIterable<readonly SourceRecord[]>;
  readonly #http: HttpOptions;
  readonly #reasons: string[] = [];
  readonly #requests: SourceRequest[] = [];
  readonly #ledger = new InputLedger();
  /** Which budget is used up; null while none is. */
  #spent: CallsSpentError | null = null;
  /** Objects that were not read, or not to their end, because of that. */
  #unread = 0;

  constructor(
    connection: OciConnection,
    options: ObjectStorageSourceOptions,
    http: HttpOptions,
    window: TimeWindow,
  ) {
    this.#http = http;
    this.batches = this.#read(connection, options, window);
  }

  readonly outcome = (): SourceOutcome => ({
    complete: this.#reasons.length === 0,
    reasons: [...this.#reasons].sort(),
    requests: this.#requests,
    inputs: this.#ledger.inputs(),
  });

  async *#read(
    connection: OciConnection,
    options: ObjectStorageSourceOptions,
    window: TimeWindow,
  ): AsyncGenerator<readonly SourceRecord[]> {
    try {
      const bucket = await openBucket(connection, options);
      for await (const object of wantedObjects(bucket, options, { window, ledger: this.#ledger })) {
        // The rest of a page has been listed already: its objects can be named.
        if (this.#spent === null) yield* this.#readStored(bucket, object);
        else this.#leaveUnread(object);
      }
      if (this.#spent !== null) this.#noteSpent(this.#spent, true);
      else if (this.#ledger.wanted === 0) this.#noteNone(options.prefix);
    } catch (error) {
      if (isUsageFailure(error)) throw error;
      if (error instanceof CallsSpentError) this.#noteSpent(error, false);
      else this.#reasons.push(explainError(error));
    }
  }

  async *#readStored(bucket: OpenBucket, object: StoredObject): AsyncGenerator<readonly SourceRecord[]> {
    const result = newFileResult();
    const { name, size } = object;
    yield* readRecords(
      { name, size, chunks: this.#noticeSpent(readObject(bucket, object, this.#http)) },
      result,
    );
    const { bytes, records, fault } = result;
    this.#requests.push({ object: name, bytes, records, fault });
    this.#ledger.add(name, result);
    if (this.#spent !== null) this.#unread += 1;
    else if (fault !== null) this.#reasons.push(`${name}: ${fault}`);
  }

  /** A spent budget ends the whole reading, and not only that of one object. */
  async *#noticeSpent(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    try {
      yield* chunks;
    } catch (error) {
      if (error instanceof CallsSpentError) this.#spent = error;
      throw error;
    }
  }

  #leaveUnread({ name }: StoredObject): void {
    this.#unread += 1;
    this.#ledger.addUnreadable(name, reasonWords('objectNotRead'));
  }

  /** One reason, however many objects are left. */
  #noteSpent(spent: CallsSpentError, isListed: boolean): void {
    const [number, why] = [this.#unread, spent.message];
    if (isListed) this.#reasons.push(reasonWords('objectsNotRead', { number, why }));
    else if (number === 0) this.#reasons.push(reasonWords('objectsNotListed', { why }));
    else this.#reasons.push(reasonWords('objectsNotReadNorListed', { number, why }));
  }

  #noteNone(prefix: string): void {
    const rest = this.#ledger.leftOutInWords();
    const quoted = JSON.stringify(prefix);
    this.#reasons.push(
      rest === null
        ? reasonWords('noObject', { prefix: quoted })
        : reasonWords('noObjectLeftOut', { prefix: quoted, rest }),
    );
  }
}
