import type { DeliveryClaim, DeliveryRecord } from '../../model/delivery.js';
import {
  lastAcceptance,
  openClaimsOf,
  recipientsReached,
  recordsOf,
  withholdingOf,
} from './delivery-attempts.js';
import { claimWatch } from './delivery-claim-watch.js';
import {
  type ClaimedMessage,
  type LedgerContext,
  cannotClaimDelivery,
  createClaim,
  maxDeliveryClaims,
} from './write-attempt.js';

/** One message and all of its recipients, at least one. */
export interface OutboundMessage extends ClaimedMessage {
  /** Sent to all of them, even to those who have it already. */
  readonly byHand: boolean;
  /** Whether it stays unsent where the ledger says that nobody is to be told; absent: it is sent all the same. */
  readonly mayBeWithheld?: boolean;
}

export type ClaimOutcome<T> =
  /** All recipients have it. */
  | { readonly kind: 'accepted'; readonly record: DeliveryRecord }
  /** The ledger says that nobody is to be told. */
  | { readonly kind: 'withheld'; readonly record: DeliveryRecord }
  /** Another process sent it while this one waited, and all remaining recipients were refused. Its result is ours. */
  | { readonly kind: 'refused-meanwhile'; readonly record: DeliveryRecord }
  /** This process is to send it to `claim.recipients` and then write the record. */
  | {
      readonly kind: 'claimed';
      readonly claim: DeliveryClaim;
      /** Why it may arrive a second time; null: it cannot. */
      readonly resent: string | null;
      readonly prepared: T;
    };

/** How many crashes a note names. */
const namedCrashes = 3;

/** Implements DeliveryLedger.claim. */
export async function claimMessage<T>(
  ledger: LedgerContext,
  message: OutboundMessage,
  prepare: () => Promise<T>,
): Promise<ClaimOutcome<T>> {
  if (message.recipients.length === 0) throw new TypeError('a message needs at least one recipient');
  const others = watchOthers(ledger, message);
  const isForMessage = (recipient: string): boolean => message.recipients.includes(recipient);
  let prepared: { readonly value: T } | null = null;
  for (let claims = 0; claims < maxDeliveryClaims;) {
    // Read again in every round: anything may have changed during a wait or a lost race.
    const attempts = await ledger.read();
    const records = recordsOf(attempts, message);
    const left = recipientsLeft(message, records);
    const accepted = lastAcceptance(records);
    if (left.length === 0 && accepted !== undefined) return { kind: 'accepted', record: accepted };

    const withheld = withholdingOf(attempts, message, isForMessage);
    if (withheld !== null && message.mayBeWithheld === true) return { kind: 'withheld', record: withheld };

    const open = openClaimsOf(attempts, message);
    if (await others.waitWhileSending(open)) continue;
    const refusal = message.byHand ? undefined : others.refusalOf(left, records);
    if (refusal !== undefined) return { kind: 'refused-meanwhile', record: refusal };

    prepared ??= { value: await prepare() };
    claims += 1;
    const claim = await createClaim(ledger, attempts, { ...message, recipients: left });
    if (claim === null) continue;
    const resent = message.byHand ? 'by hand' : noteOfCrashes(claim, open);
    if (resent !== null) ledger.log.warn({ route: message.route, resent }, 'delivery: sent again');
    return { kind: 'claimed', claim, resent, prepared: prepared.value };
  }
  throw cannotClaimDelivery(ledger);
}

function recipientsLeft(
  { recipients, byHand }: OutboundMessage,
  records: readonly DeliveryRecord[],
): readonly string[] {
  if (byHand) return recipients;
  const reached = recipientsReached(records);
  return recipients.filter((recipient) => !reached.has(recipient));
}

/** Waits for other processes that are sending the same message, and knows which of them were waited for. */
function watchOthers({ clock, log }: LedgerContext, { route }: OutboundMessage) {
  const watch = claimWatch(clock);
  const waitedFor = new Set<number>();
  return {
    /** Sleeps for a while and returns true if one of these claims is still valid; else returns false at once. */
    async waitWhileSending(open: readonly DeliveryClaim[]): Promise<boolean> {
      const sending = open.filter((claim) => watch.remainingMs(claim) > 0);
      const [first] = sending;
      if (first === undefined) return false;
      if (waitedFor.size === 0) {
        log.info({ route, attempt: first.attempt }, 'delivery: another is sending, waiting');
      }
      for (const { attempt } of sending) waitedFor.add(attempt);
      await watch.sleep(Math.max(...sending.map(watch.remainingMs)));
      return true;
    },
    /** The result of an attempt that was waited for, if all remaining recipients were refused in it. */
    refusalOf(left: readonly string[], records: readonly DeliveryRecord[]): DeliveryRecord | undefined {
      return records.findLast(({ attempt, refused }) => {
        const named = new Set(refused.map(({ recipient }) => recipient));
        return waitedFor.has(attempt) && left.every((recipient) => named.has(recipient));
      });
    },
  };
}

/** `attempt 2; attempt 1 of 2026-11-20T06:00:12Z has no record`; null: no recipient of this claim can have it yet. */
function noteOfCrashes(
  { attempt, recipients }: DeliveryClaim,
  open: readonly DeliveryClaim[],
): string | null {
  const crashed = open.filter((claim) => claim.recipients.some((each) => recipients.includes(each)));
  if (crashed.length === 0) return null;
  const words = crashed.slice(-namedCrashes).map((claim) => {
    const time = claim.time.replace(/\.\d+Z$/, 'Z').slice(0, 30);
    return `attempt ${claim.attempt} of ${time} has no record`;
  });
  return [`attempt ${attempt}`, ...words].join('; ');
}
