import type { DeliveryClaim, DeliveryRecord } from '../../model/delivery.js';
import { type MessageKey, isOfMessage } from './message-key.js';

/** The files of one attempt: delivery-N.claim.json and delivery-N.json. */
export interface DeliveryAttempt {
  readonly attempt: number;
  /** null: there is none, as in archives of earlier versions, or it cannot be read. */
  readonly claim: DeliveryClaim | null;
  readonly record: DeliveryRecord | null;
}

/** In order of their numbers. */
export function recordsOf(
  attempts: readonly DeliveryAttempt[],
  message: MessageKey,
): readonly DeliveryRecord[] {
  return attempts.flatMap(({ record }) => (record !== null && isOfMessage(record, message) ? [record] : []));
}

/** Claims without a record: a process is still sending, or was stopped before it could write the result. */
export function openClaimsOf(
  attempts: readonly DeliveryAttempt[],
  message: MessageKey,
): readonly DeliveryClaim[] {
  return attempts.flatMap(({ claim, record }) => {
    if (claim === null || !isOfMessage(claim, message)) return [];
    return record !== null && isOfMessage(record, message) ? [] : [claim];
  });
}

/** Everybody who has the message. */
export function recipientsReached(records: readonly DeliveryRecord[]): ReadonlySet<string> {
  return new Set(records.flatMap(({ accepted }) => accepted));
}

/** The newest record in which somebody accepted the message; undefined: nobody has it. */
export function lastAcceptance(records: readonly DeliveryRecord[]): DeliveryRecord | undefined {
  return records.findLast(({ accepted }) => accepted.length > 0);
}

/**
 * The last record of the message, if it says that nothing is to be sent; else null. What a person sent to somebody else is not
 * counted.
 *
 * @param isMeant whether the message is for this recipient
 */
export function withholdingOf(
  attempts: readonly DeliveryAttempt[],
  message: MessageKey,
  isMeant: (recipient: string) => boolean,
): DeliveryRecord | null {
  const isOfThem = (recipients: readonly string[]): boolean =>
    recipients.length === 0 || recipients.some(isMeant);
  const last = recordsOf(attempts, message).findLast((record) => isOfThem(recipientsOf(record)));
  if (last === undefined || recipientsOf(last).length > 0) return null;
  const isLast = openClaimsOf(attempts, message).every(
    ({ attempt, recipients }) => attempt < last.attempt || !isOfThem(recipients),
  );
  return isLast ? last : null;
}

function recipientsOf({ accepted, refused }: DeliveryRecord): readonly string[] {
  return [...accepted, ...refused.map(({ recipient }) => recipient)];
}
