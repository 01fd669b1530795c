import { explainError } from '../../errors.js';
import type { DeliveryClaim, DeliveryRecord } from '../../model/delivery.js';
import type { Log, SendResult } from '../../ports.js';
import { type ClaimOutcome, type OutboundMessage, claimMessage } from './claim-message.js';
import { isWithheld, lastAcceptance, recordsOf } from './delivery-attempts.js';
import { deliveryReader } from './delivery-files.js';
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
 * Who has been sent what of one revision, over nothing but create-only writes: an attempt is claimed before anything is
 * sent, and its result recorded under the same number. A claim without a record that has expired is a crash between
 * the two: the message goes out again. Twice is better than never.
 */
export interface DeliveryLedger {
  /**
   * Claims the message for those who do not have it. While somebody else's claim holds, it waits for the result.
   *
   * @param prepare what takes time and need not be done within the claim; not called where nobody is left
   * @throws TypeError for a message to nobody, Failure('storage') where others were always first
   */
  claim<T>(message: OutboundMessage, prepare: () => Promise<T>): Promise<ClaimOutcome<T>>;
  /** Records what became of a claim. Throws Failure('storage') where that cannot be written. */
  record(claim: DeliveryClaim, sent: SendResult): Promise<DeliveryRecord>;
  /** Records that nothing is to be sent: accepted by nobody, refused by nobody. Does nothing where that is known. */
  withhold(message: Omit<ClaimedMessage, 'recipients' | 'claimMs'>): Promise<void>;
}

/** @param prefix of the revision; ends in `/` */
export function openLedger(prefix: string, { archive, clock, log }: LedgerPorts): DeliveryLedger {
  const ledger: LedgerContext = { prefix, archive, clock, log, read: deliveryReader(archive, prefix, log) };
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
    if (isOut || isWithheld(attempts, message)) return;
    const claim = await createClaim(ledger, attempts, { ...message, recipients: [], claimMs: 0 });
    if (claim === null) continue;
    await createRecord(ledger, claim, { accepted: [], refused: [], location: null });
    return;
  }
  throw cannotClaimDelivery(ledger);
}

/**
 * Writes the result of an attempt whose message is out already. Where that fails the message is not lost, but will
 * arrive a second time: the log says so, and the caller gets the Failure.
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

/** Nobody took it: that is what the caller must hear of, not of a record that failed after it. */
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
