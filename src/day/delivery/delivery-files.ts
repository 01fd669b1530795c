import { domainToASCII } from 'node:url';
import { z } from 'zod';
import type { DeliveryClaim, DeliveryRecord } from '../../model/manifest.js';
import type { Archive, Log } from '../../ports.js';

/** What is delivered: one text to its recipients, by one way. */
export interface LetterId {
  readonly messageId: string;
  /** `mail`, or `channel:` and its name. */
  readonly route: string;
}

/** The files of one number: delivery-N.claim.json and delivery-N.json. */
export interface DeliveryAttempt {
  readonly attempt: number;
  /** null: there is none, as in archives of earlier versions, or it cannot be read. */
  readonly claim: DeliveryClaim | null;
  readonly record: DeliveryRecord | null;
}

export const mailRoute = 'mail';

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

export function channelRoute(name: string): string {
  return `channel:${name}`;
}

export function claimKey(prefix: string, attempt: number): string {
  return `${prefix}delivery-${attempt}.claim.json`;
}

export function recordKey(prefix: string, attempt: number): string {
  return `${prefix}delivery-${attempt}.json`;
}

/**
 * The same for every attempt, so that a resend is recognisable.
 *
 * @param slug of the slice; null: the whole report
 * @param from the sender, whose domain it has; null: there is no mail
 */
export function messageIdOf(
  { plan, date, revision }: { readonly plan: string; readonly date: string; readonly revision: number },
  slug: string | null,
  from: string | null,
): string {
  const part = slug === null ? '' : `.${slug}`;
  return `<${plan}.${date}.r${revision}${part}@${from === null ? 'localhost' : domainOf(from)}>`;
}

/** Another sender's domain makes no other letter of an old report. */
export function isOfLetter(
  told: { readonly messageId: string; readonly route?: string },
  letter: LetterId,
): boolean {
  return (told.route ?? mailRoute) === letter.route && localPart(told) === localPart(letter);
}

function localPart({ messageId }: { readonly messageId: string }): string {
  return messageId.slice(0, messageId.lastIndexOf('@'));
}

export function recordsOf(attempts: readonly DeliveryAttempt[], letter: LetterId): readonly DeliveryRecord[] {
  return attempts.flatMap(({ record }) => (record !== null && isOfLetter(record, letter) ? [record] : []));
}

/** Claims without a record: somebody is sending, or was stopped before the result could be written. */
export function openClaimsOf(
  attempts: readonly DeliveryAttempt[],
  letter: LetterId,
): readonly DeliveryClaim[] {
  return attempts.flatMap(({ claim, record }) => {
    if (claim === null || !isOfLetter(claim, letter)) return [];
    return record !== null && isOfLetter(record, letter) ? [] : [claim];
  });
}

/** Whether the last word on the letter is that nothing is to be sent. */
export function isWithheldSince(attempts: readonly DeliveryAttempt[], letter: LetterId): boolean {
  const last = recordsOf(attempts, letter).at(-1);
  if (last === undefined || last.accepted.length > 0 || last.refused.length > 0) return false;
  return openClaimsOf(attempts, letter).every(({ attempt }) => attempt < last.attempt);
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
  const readInto = async <T>(
    into: Map<number, T | null>,
    attempt: number,
    key: string,
    schema: z.ZodType<T>,
  ) => {
    if (into.has(attempt)) return;
    const bytes = await archive.read(key);
    const value = bytes === null ? null : parse(bytes, schema);
    if (value === null) log.warn({ place: archive.locate(key) }, 'delivery: a record cannot be read');
    into.set(attempt, value);
  };
  return async () => {
    for (const { key } of await archive.list(prefix)) {
      const [, number, kind] =
        /^delivery-([1-9]\d{0,8})(\.claim)?\.json$/.exec(key.slice(prefix.length)) ?? [];
      if (number === undefined) continue;
      if (kind === undefined) await readInto(records, Number(number), key, recordSchema);
      else await readInto(claims, Number(number), key, claimSchema);
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

/** `Name <a@example.com>` -> `example.com`. */
function domainOf(from: string): string {
  const domain = /@([^@<>\s]+)>?\s*$/.exec(from)?.[1] ?? '';
  return domainToASCII(domain) || 'localhost';
}
