import type { ObjectStorageClient } from 'oci-objectstorage';
import type { OciConnection, Place } from './connection.js';
import { OciCallError } from './oci-error.js';
import { reasonWords } from '../model/reasons/reason-words.js';

export interface Bucket extends Place {
  /** The tenancy's own if not set. */
  readonly namespace?: string | undefined;
  readonly bucket: string;
}

/** A bucket that calls can be made to. */
export interface OpenBucket {
  readonly connection: OciConnection;
  readonly client: ObjectStorageClient;
  /** The parameters of every call about it. */
  readonly names: { readonly namespaceName: string; readonly bucketName: string };
}

export interface StoredObject {
  readonly name: string;
  /** Bytes; null if the service does not say. */
  readonly size: number | null;
  /** Epoch milliseconds. */
  readonly modifiedMs: number;
}

/** Loads the SDK's package and looks up the namespace if none is set. */
export async function openBucket(connection: OciConnection, at: Bucket): Promise<OpenBucket> {
  const { default: sdk } = await import('oci-objectstorage');
  const client = connection.place(
    at,
    ({ params, configuration }) => new sdk.ObjectStorageClient(params, configuration),
  );
  const namespaceName = at.namespace ?? (await connection.call(() => client.getNamespace({}))).value;
  return { connection, client, names: { namespaceName, bucketName: at.bucket } };
}

/**
 * Every object below a prefix, page by page, in the order of the service. The SDK does not encode query parameters, and
 * its own iterator never ends on names with `+` or `&`: here they are encoded, and a page that makes no progress is an
 * error.
 */
export async function* listObjects(
  { connection, client, names }: OpenBucket,
  prefix: string,
  from?: string,
): AsyncGenerator<StoredObject> {
  let start = from;
  for (;;) {
    const page = await connection.call(() =>
      client.listObjects({
        ...names,
        prefix: encodeURIComponent(prefix),
        fields: 'name,size,timeCreated,timeModified',
        ...(start === undefined ? {} : { start: encodeURIComponent(start) }),
      }),
    );
    for (const { name, size, timeCreated, timeModified } of page.listObjects.objects) {
      // Typed as dates, but they are text.
      const modified = String(timeModified ?? timeCreated ?? '');
      yield { name, size: knownSize(size), modifiedMs: Date.parse(modified) || 0 };
    }
    const next = page.listObjects.nextStartWith;
    if (next === undefined || next === null) return;
    if (start !== undefined && Buffer.compare(Buffer.from(next), Buffer.from(start)) <= 0) {
      throw new OciCallError(
        { service: 'ObjectStorage', operation: 'listObjects' },
        {
          requestId: page.opcRequestId,
          reason: reasonWords('pageNoProgress', { next: JSON.stringify(next), start: JSON.stringify(start) }),
        },
      );
    }
    start = next;
  }
}

/** A size that is missing is not 0: nobody would read the object. */
function knownSize(size: unknown): number | null {
  return typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : null;
}

/** @param codes OCI's codes for a missing object; an answer to a HEAD has none */
export function isNotFound(error: unknown, ...codes: readonly string[]): boolean {
  return (
    error instanceof OciCallError &&
    error.status === 404 &&
    (error.code === null || codes.includes(error.code))
  );
}

/** In the form that OCI's tools use. */
export function objectUrl(at: Pick<Bucket, 'bucket'>, namespace: string | undefined, name: string): string {
  return `oci://${at.bucket}${namespace === undefined ? '' : `@${namespace}`}/${name}`;
}
