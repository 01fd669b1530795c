import { z } from 'zod';
import type { DeliveryClaim, DeliveryRecord } from '../../model/manifest.js';
import type { Archive, Log } from '../../ports.js';
import type { DeliveryAttempt } from './delivery-attempts.js';
import { mailRoute } from './message-key.js';

const claimSchema = z.object({
  schemaVersion: z.literal(1),
  attempt: z.int().min(1),
  time: z.string(),
  expires: z.string(),
  messageId: z.string(),
  route: z.string(),
  transport: z.string(),
  recipients: z.array(z.string()),
});

const recordSchema = z.object({
  schemaVersion: z.literal(1),
  attempt: z.int().min(1),
  time: z.string(),
  messageId: z.string(),
  route: z.string().default(mailRoute),
  transport: z.string(),
  location: z.string().nullable(),
  accepted: z.array(z.string()),
  refused: z.array(z.object({ recipient: z.string(), reason: z.string() })),
});

export function claimKey(prefix: string, attempt: number): string {
  return `${prefix}delivery-${attempt}.claim.json`;
}

export function recordKey(prefix: string, attempt: number): string {
  return `${prefix}delivery-${attempt}.json`;
}

/**
 * Reads the claims and records beside a revision, in order of their numbers, every time it is called; each file is
 * read once, because none ever changes. One that cannot be understood is warned of and counts as not there: a second
 * mail does less harm than none.
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
    const bytes = await archive.read(key);
    const value = bytes === null ? null : parse(bytes, schema);
    if (value === null) log.warn({ place: archive.locate(key) }, 'delivery: a record cannot be read');
    into.set(attempt, value);
  }

  return async () => {
    for (const { key } of await archive.list(prefix)) {
      const [, number, kind] =
        /^delivery-([1-9]\d{0,8})(\.claim)?\.json$/.exec(key.slice(prefix.length)) ?? [];
      if (number === undefined) continue;
      if (kind === undefined) await readOnce(key, recordSchema, Number(number), records);
      else await readOnce(key, claimSchema, Number(number), claims);
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

function parse<T>(bytes: Uint8Array, schema: z.ZodType<T>): T | null {
  try {
    return schema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    return null;
  }
}
