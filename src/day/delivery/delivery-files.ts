import { z } from 'zod';
import {
  type DeliveryClaim,
  type DeliveryRecord,
  deliveryClaimSchema,
  deliveryRecordSchema,
} from '../../model/delivery.js';
import { damageInEnglish } from '../../model/archive-damage.js';
import { readDocument } from '../../model/read-document.js';
import type { Archive } from '../../ports/archive.js';
import type { Log } from '../../ports/log.js';
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

/** A claim or a record that is there and cannot be used. */
export interface UnreadableDelivery {
  readonly attempt: number;
  readonly isRecord: boolean;
  /** Where a person finds it. */
  readonly location: string;
  /** Why it cannot be used, in English. */
  readonly words: string;
}

export function logUnreadable(
  log: Log,
): (unreadable: Pick<UnreadableDelivery, 'location' | 'words'>) => void {
  return ({ location, words }) => {
    log.warn({ place: location, reason: words }, 'delivery: a record cannot be read');
  };
}

/**
 * Returns a function that lists the claims and records of a revision, in order of their numbers. Each file is read only
 * once, because it never changes. One that cannot be read is treated as missing: a second mail does less harm than none.
 *
 * @param prefix of the revision; ends in `/`
 * @param onUnreadable is told of each file that cannot be read, once
 */
export function deliveryReader(
  archive: Archive,
  prefix: string,
  onUnreadable: (unreadable: UnreadableDelivery) => void,
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
    const read = await readDelivery(archive, key, schema);
    if (!read.ok) {
      const isRecord = key === recordKey(prefix, attempt);
      onUnreadable({ attempt, isRecord, location: archive.locate(key), words: read.words });
    }
    into.set(attempt, read.ok ? read.value : null);
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

export type DeliveryFile<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly words: string };

/** A claim or a record, or why it cannot be used. Faults of the storage are thrown. */
export async function readDelivery<T>(
  archive: Archive,
  key: string,
  schema: z.ZodType<T>,
): Promise<DeliveryFile<T>> {
  const kept = await readKept(archive, key);
  if (!kept.ok) return { ok: false, words: damageInEnglish(kept.damage) };
  const read = readDocument(kept.bytes, schema);
  if (read.ok) return { ok: true, value: read.checked };
  const isJson = read.fault.kind !== 'not-json';
  return { ok: false, words: isJson ? 'this version cannot read what it says' : 'it is not JSON' };
}
