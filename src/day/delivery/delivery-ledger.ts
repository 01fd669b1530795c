import { explainError } from '../../errors.js';
import type { DeliveryClaim, DeliveryRecord } from '../../model/delivery.js';
import type { SendResult } from '../../ports/delivery.js';
import type { Log } from '../../ports/log.js';
import { type ClaimOutcome, type OutboundMessage, claimMessage } from './claim-message.js';
import { lastAcceptance, recordsOf, withholdingOf } from './delivery-attempts.js';
import { deliveryReader, logUnreadable } from './delivery-files.js';
import {
  type ClaimedMessage,
  type LedgerContext,
  type LedgerPorts,
  cannotClaimDelivery,
  createClaim,
  createRecord,
  maxDeliveryClaims,
} from './write-attempt.js';

/**
 * What was sent to whom of one revision, using create-only writes alone: an attempt is claimed before anything is sent,
 * and its result is recorded under the same number. An expired claim without a record means a crash between the two, and
 * the message is sent again: twice is better than never.
 */
export interface DeliveryLedger {
  /**
   * Claims the message for the recipients who do not have it. While another process's claim is valid, waits for its
   * result.
   *
   * @param prepare does what takes time, before the claim starts; not called where no recipient is left
   * @throws TypeError for a message without recipients, Failure('storage') where other processes were always first
   */
  claim<T>(message: OutboundMessage, prepare: () => Promise<T>): Promise<ClaimOutcome<T>>;
  /** Records the result of a claimed attempt. Throws Failure('storage') where it cannot be written. */
  record(claim: DeliveryClaim, sent: SendResult): Promise<DeliveryRecord>;
  /** Records that nothing is to be sent: nobody accepted, nobody refused. Does nothing if it was sent or withheld before. */
  withhold(message: Omit<ClaimedMessage, 'recipients' | 'claimMs'>): Promise<void>;
}

/** @param prefix of the revision; ends in `/` */
export function openLedger(prefix: string, { archive, clock, log }: LedgerPorts): DeliveryLedger {
  const read = deliveryReader(archive, prefix, logUnreadable(log));
  const ledger: LedgerContext = { prefix, archive, clock, log, read };
  return {
    claim: (message, prepare) => claimMessage(ledger, message, prepare),
    record: (claim, sent) => createRecord(ledger, claim, sent),
    withhold: (message) => withholdMessage(ledger, message),
  };
}

async function withholdMessage(
  ledger: LedgerContext,
  message: Omit<ClaimedMessage, 'recipients' | 'claimMs'>,
): Promise<void> {
  for (let claims = 0; claims < maxDeliveryClaims; claims += 1) {
    const attempts = await ledger.read();
    const isOut = lastAcceptance(recordsOf(attempts, message)) !== undefined;
    if (isOut || withholdingOf(attempts, message, () => true) !== null) return;
    const claim = await createClaim(ledger, attempts, { ...message, recipients: [], claimMs: 0 });
    if (claim === null) continue;
    await createRecord(ledger, claim, { accepted: [], refused: [], location: null });
    return;
  }
  throw cannotClaimDelivery(ledger);
}

/**
 * Records the result of an attempt whose message was sent. If that fails, the message is not lost, but will be sent a
 * second time: the log says so, and the caller gets the Failure.
 */
export async function recordSent(
  ledger: DeliveryLedger,
  claim: DeliveryClaim,
  sent: SendResult,
  log: Log,
): Promise<DeliveryRecord> {
  try {
    return await ledger.record(claim, sent);
  } catch (error) {
    const { attempt, route } = claim;
    log.warn({ attempt, route, reason: explainError(error) }, 'delivery: accepted, but not recorded');
    throw error;
  }
}

/** Records that nobody accepted it. Failing to do so is only logged, so that the caller still throws the refusal. */
export async function recordRefusal(
  ledger: DeliveryLedger,
  claim: DeliveryClaim,
  reason: string,
  log: Log,
): Promise<void> {
  try {
    const refused = claim.recipients.map((recipient) => ({ recipient, reason }));
    await ledger.record(claim, { accepted: [], refused, location: null });
  } catch (error) {
    log.warn(
      { attempt: claim.attempt, reason: explainError(error) },
      'delivery: the attempt cannot be recorded',
    );
  }
}
