import { Failure } from '../../errors.js';
import type { DeliveryClaim, DeliveryRecord } from '../../model/delivery.js';
import type { Archive } from '../../ports/archive.js';
import type { Clock } from '../../ports/clock.js';
import type { SendResult } from '../../ports/delivery.js';
import type { Log } from '../../ports/log.js';
import type { DeliveryAttempt } from './delivery-attempts.js';
import { claimKey, recordKey } from './delivery-files.js';
import type { MessageKey } from './message-key.js';

export interface LedgerPorts {
  readonly archive: Archive;
  readonly clock: Clock;
  readonly log: Log;
}

/** What all functions of one revision's ledger work with. */
export interface LedgerContext extends LedgerPorts {
  /** Of the revision; ends in `/`. */
  readonly prefix: string;
  readonly read: () => Promise<readonly DeliveryAttempt[]>;
}

/** What a claim says about the message, without its number and times. */
export interface ClaimedMessage extends MessageKey {
  readonly transport: string;
  readonly recipients: readonly string[];
  /** The longest that sending may take. */
  readonly claimMs: number;
  /** How the report stands; absent for mail. */
  readonly standing?: NonNullable<DeliveryClaim['standing']>;
}

/** How often to try when other processes take the number first. */
export const maxDeliveryClaims = 1000;

const jsonType = 'application/json';

/**
 * Writes a claim under the next number.
 *
 * @param attempts all that were seen: the number follows the last of them, so that no claim is ever missed
 * @returns null where somebody else took the number first
 */
export async function createClaim(
  { archive, clock, prefix }: LedgerContext,
  attempts: readonly DeliveryAttempt[],
  { messageId, route, transport, recipients, claimMs, standing }: ClaimedMessage,
): Promise<DeliveryClaim | null> {
  const nowMs = clock.nowMs();
  const claim: DeliveryClaim = {
    schemaVersion: 1,
    attempt: (attempts.at(-1)?.attempt ?? 0) + 1,
    time: new Date(nowMs).toISOString(),
    expires: new Date(nowMs + claimMs).toISOString(),
    messageId,
    route,
    transport,
    recipients,
    ...(standing && { standing }),
  };
  const key = claimKey(prefix, claim.attempt);
  return (await archive.create(key, { bytes: toJson(claim) }, jsonType)) === 'created' ? claim : null;
}

/** Writes the result of a claimed attempt. @throws Failure('storage') where it cannot be written or already exists */
export async function createRecord(
  { archive, clock, prefix }: LedgerContext,
  { attempt, messageId, route, transport, standing }: DeliveryClaim,
  { location, accepted, refused }: SendResult,
): Promise<DeliveryRecord> {
  const record: DeliveryRecord = {
    schemaVersion: 1,
    attempt,
    time: new Date(clock.nowMs()).toISOString(),
    messageId,
    route,
    transport,
    location,
    accepted,
    refused,
    ...(standing && { standing }),
  };
  const key = recordKey(prefix, attempt);
  if ((await archive.create(key, { bytes: toJson(record) }, jsonType)) === 'created') return record;
  throw new Failure(
    'storage',
    `${archive.locate(key)} exists already, although this process claimed the attempt`,
    {
      hints: ['Make sure that no earlier version of this program delivers from the same archive.'],
    },
  );
}

/** For a process that never was the first to claim. */
export function cannotClaimDelivery({ archive, prefix }: LedgerContext): Failure {
  const location = archive.locate(prefix.slice(0, -1));
  return new Failure(
    'storage',
    `cannot claim a delivery in ${location}: other processes were first ${maxDeliveryClaims} times`,
    {
      hints: ['Make sure that only as many processes as needed run this plan, and run again.'],
      retryable: true,
    },
  );
}

function toJson(value: DeliveryClaim | DeliveryRecord): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}
