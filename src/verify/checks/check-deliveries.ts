import {
  type DeliveryAttempt,
  recipientsReached,
  recordsOf,
  withholdingOf,
} from '../../day/delivery/delivery-attempts.js';
import { claimKey, deliveryReader, recordKey } from '../../day/delivery/delivery-files.js';
import type { DeliveryClaim } from '../../model/delivery.js';
import type { Check, CheckContext } from '../check.js';
import type { Told } from '../finding.js';

/** The ledger of deliveries is whole: each attempt that was claimed has its outcome, and no number is left out. */
export const checkDeliveries: Check = {
  name: 'deliveries',
  async ofRevision({ prefix, committed }, told, context) {
    if (committed === null) return;
    // Archives of version 0.1 have records that were never claimed.
    await tellDeliveries({ prefix, hasClaims: committed.manifest.schemaVersion !== 1 }, told, context);
  },
};

/** The ledger of any revision that was committed. */
export async function tellDeliveries(
  { prefix, hasClaims }: DeliveredRevision,
  told: Told,
  { archive, nowMs }: Pick<CheckContext, 'archive' | 'nowMs'>,
): Promise<void> {
  const unreadable = new Set<string>();
  const read = deliveryReader(archive, prefix, ({ attempt, isRecord, words }) => {
    const key = isRecord ? recordKey(prefix, attempt) : claimKey(prefix, attempt);
    unreadable.add(key);
    told.find('delivery-unreadable', key, words);
  });
  const attempts = await read();
  for (const attempt of attempts) {
    tellAttempt(attempt, { prefix, hasClaims, attempts, unreadable, nowMs }, told);
  }
  const numbers = new Set(attempts.map(({ attempt }) => attempt));
  for (let number = 1; number < (attempts.at(-1)?.attempt ?? 0); number += 1) {
    if (numbers.has(number)) continue;
    told.find(
      'delivery-missing',
      recordKey(prefix, number),
      'later attempts are on record, and this one is not',
    );
  }
}

interface DeliveredRevision {
  /** Ends in `/`. */
  readonly prefix: string;
  /** Each record of it was claimed before. */
  readonly hasClaims: boolean;
}

interface Ledger extends DeliveredRevision {
  readonly attempts: readonly DeliveryAttempt[];
  readonly unreadable: ReadonlySet<string>;
  readonly nowMs: number;
}

function tellAttempt(
  { attempt, claim, record }: DeliveryAttempt,
  { prefix, hasClaims, attempts, unreadable, nowMs }: Ledger,
  told: Told,
): void {
  const [keyOfClaim, keyOfRecord] = [claimKey(prefix, attempt), recordKey(prefix, attempt)];
  for (const [file, key] of [
    [claim, keyOfClaim],
    [record, keyOfRecord],
  ] as const) {
    if (file !== null && file.attempt !== attempt) {
      told.find('delivery-unreadable', key, `it says that it is of attempt ${file.attempt}`);
    }
  }
  if (record === null) {
    if (claim === null || unreadable.has(keyOfRecord)) return;
    if (isKnownElsewhere(claim, attempts)) {
      told.note(
        'resent-after-crash',
        keyOfClaim,
        'it has no outcome; a later attempt tells who has the message',
      );
    } else if (!(Date.parse(claim.expires) > nowMs)) {
      told.find(
        'delivery-open',
        keyOfClaim,
        `it has no outcome: whether ${claim.route} went out is not known`,
      );
    }
    return;
  }
  if (claim === null && !unreadable.has(keyOfClaim) && hasClaims) {
    told.find('delivery-missing', keyOfClaim, 'its outcome is on record, and its claim is not there');
  }
  const { route = 'mail', messageId } = record;
  if (claim !== null && (claim.route !== route || claim.messageId !== messageId)) {
    told.find('delivery-unreadable', keyOfRecord, 'it is of another message than its claim');
  }
}

function isKnownElsewhere(claim: DeliveryClaim, attempts: readonly DeliveryAttempt[]): boolean {
  const records = recordsOf(attempts, claim);
  const reached = recipientsReached(records);
  if (records.length > 0 && claim.recipients.every((each) => reached.has(each))) return true;
  return withholdingOf(attempts, claim, () => true) !== null;
}
