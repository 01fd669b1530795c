import { z } from 'zod';
import {
  type DeliveryClaim,
  type DeliveryRecord,
  deliveryClaimSchema,
  deliveryRecordSchema,
} from '../../model/delivery.js';
import { readDocument } from '../../model/read-document.js';
import type { Archive, Log } from '../../ports.js';
import { readKept } from '../revisions/kept-file.js';
import type { DeliveryAttempt } from './delivery-attempts.js';
import { mailRoute } from './message-key.js';

export const readableClaim = deliveryClaimSchema.extend({ time: z.string(), expires: z.string() });

/** Records from before there were channels have no route: they are of the mail. */
export const readableRecord = deliveryRecordSchema.extend({
  time: z.string(),
  route: z.string().default(mailRoute),
});

export function claimKey(prefix: string, attempt: number): string {
  return `${prefix}delivery-${attempt}.claim.json`;
}

export function recordKey(prefix: string, attempt: number): string {
  return `${prefix}delivery-${attempt}.json`;
}

/**
 * Returns a function that lists the claims and records of a revision, in order of their numbers. Each file is read only
 * once, because it never changes. One that cannot be read is logged and treated as missing: a second mail does less harm
 * than none.
 *
 * @param prefix of the revision; ends in `/`
 */
export function deliveryReader(
  archive: Archive,
  prefix: string,
  log: Log,
): () => Promise<readonly DeliveryAttempt[]> {
  const claims = new Map<number, DeliveryClaim | null>();
  const records = new Map<number, DeliveryRecord | null>();

  async function readOnce<T>(
    key: string,
    schema: z.ZodType<T>,
    attempt: number,
    into: Map<number, T | null>,
  ) {
    if (into.has(attempt)) return;
    const kept = await readKept(archive, key);
    const read = kept.ok ? readDocument(kept.bytes, schema) : null;
    const value = read?.ok === true ? read.checked : null;
    if (value === null) log.warn({ place: archive.locate(key) }, 'delivery: a record cannot be read');
    into.set(attempt, value);
  }

  return async () => {
    for (const { key } of await archive.list(prefix)) {
      const [, number, kind] =
        /^delivery-([1-9]\d{0,8})(\.claim)?\.json$/.exec(key.slice(prefix.length)) ?? [];
      if (number === undefined) continue;
      if (kind === undefined) await readOnce(key, readableRecord, Number(number), records);
      else await readOnce(key, readableClaim, Number(number), claims);
    }
    return [...new Set([...claims.keys(), ...records.keys()])]
      .sort((a, b) => a - b)
      .map((attempt) => ({
        attempt,
        claim: claims.get(attempt) ?? null,
        record: records.get(attempt) ?? null,
      }));
  };
}
