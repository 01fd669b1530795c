import { explainError, Failure } from '../../errors.js';
import type { DeliveryClaim, DeliveryRecord } from '../../model/manifest.js';
import type { Archive, Clock, Log, SendResult } from '../../ports.js';
import { claimWatch } from './delivery-claim-watch.js';
import {
  type DeliveryAttempt,
  type LetterId,
  claimKey,
  deliveryReader,
  isWithheldSince,
  openClaimsOf,
  recordKey,
  recordsOf,
} from './delivery-files.js';

/** One letter and those whom it is for. */
export interface Letter extends LetterId {
  readonly transport: string;
  /** All of them; at least one. */
  readonly recipients: readonly string[];
  /** The longest that sending takes. */
  readonly claimMs: number;
  /** Sent again to all of them, whoever has it. */
  readonly byHand: boolean;
}

export type Turn<T> =
  /** Everybody has it. */
  | { readonly kind: 'accepted'; readonly record: DeliveryRecord }
  /** Another process sent it while this one waited, and all who are left were refused: its answer is ours. */
  | { readonly kind: 'told'; readonly record: DeliveryRecord }
  /** It is ours to send, to `claim.recipients`; then comes `record`. */
  | {
      readonly kind: 'claimed';
      readonly claim: DeliveryClaim;
      /** Why it may come a second time. */
      readonly resent: string | null;
      readonly prepared: T;
    };

export interface LedgerPorts {
  readonly archive: Archive;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Who has been sent what of one revision, over nothing but create-only writes: an attempt is claimed before anything is
 * sent, and its result recorded under the same number. A claim without a record that has expired is a crash between
 * the two: the letter goes out again. Twice is better than never.
 */
export interface DeliveryLedger {
  /**
   * Claims the letter for those who do not have it. While somebody else's claim holds, it waits for the result.
   *
   * @param prepare what takes time and need not be done within the claim; not called where nobody is left
   */
  take<T>(letter: Letter, prepare: () => Promise<T>): Promise<Turn<T>>;
  /** Records what became of a claim. Throws Failure('storage') where that cannot be written. */
  record(claim: DeliveryClaim, sent: SendResult): Promise<DeliveryRecord>;
  /** Records that nothing is to be sent: accepted by nobody, refused by nobody. Does nothing where that is known. */
  withhold(letter: Omit<Letter, 'recipients' | 'claimMs' | 'byHand'>): Promise<void>;
}

const maxTries = 1000;
/** Crashes named in a note. */
const namedCrashes = 3;
const jsonType = 'application/json';

/** @param prefix of the revision; ends in `/` */
export function openLedger(prefix: string, { archive, clock, log }: LedgerPorts): DeliveryLedger {
  const read = deliveryReader(archive, prefix, log);

  /** null: somebody else was first. The number is the next after all that were seen, so no claim is ever missed. */
  async function claim(
    attempts: readonly DeliveryAttempt[],
    { messageId, route, transport, recipients, claimMs }: Omit<Letter, 'byHand'>,
  ): Promise<DeliveryClaim | null> {
    const nowMs = clock.nowMs();
    const made: DeliveryClaim = {
      schemaVersion: 1,
      attempt: (attempts.at(-1)?.attempt ?? 0) + 1,
      time: new Date(nowMs).toISOString(),
      expires: new Date(nowMs + claimMs).toISOString(),
      messageId,
      route,
      transport,
      recipients,
    };
    const created = await archive.create(claimKey(prefix, made.attempt), { bytes: toJson(made) }, jsonType);
    return created === 'created' ? made : null;
  }

  async function record(made: DeliveryClaim, sent: SendResult): Promise<DeliveryRecord> {
    const { attempt, messageId, route, transport } = made;
    const time = new Date(clock.nowMs()).toISOString();
    const { location, accepted, refused } = sent;
    const result: DeliveryRecord = {
      schemaVersion: 1,
      attempt,
      time,
      messageId,
      route,
      transport,
      location,
      accepted,
      refused,
    };
    const key = recordKey(prefix, attempt);
    if ((await archive.create(key, { bytes: toJson(result) }, jsonType)) === 'created') return result;
    throw new Failure('storage', `${archive.locate(key)} is there already, of an attempt that was claimed`, {
      hints: ['Make sure that no earlier version of this program delivers from the same archive.'],
    });
  }

  return {
    async take(letter, prepare) {
      if (letter.recipients.length === 0) throw new TypeError('a letter is for somebody');
      const wait = claimWatch(clock);
      const waitedFor = new Set<number>();
      let prepared: { readonly value: Awaited<ReturnType<typeof prepare>> } | null = null;
      for (let tries = 0; tries < maxTries;) {
        // Looked at afresh in every turn: whatever was seen before a wait or a lost race may have changed.
        const attempts = await read();
        const records = recordsOf(attempts, letter);
        const has = new Set(records.flatMap(({ accepted }) => accepted));
        const left = letter.byHand ? letter.recipients : letter.recipients.filter((each) => !has.has(each));
        const last = records.findLast(({ accepted }) => accepted.length > 0);
        if (left.length === 0 && last !== undefined) return { kind: 'accepted', record: last };

        const open = openClaimsOf(attempts, letter);
        const atWork = open.filter((each) => wait.remainingMs(each) > 0);
        if (atWork.length > 0) {
          if (waitedFor.size === 0) {
            log.info(
              { route: letter.route, attempt: atWork[0]?.attempt },
              'delivery: another is sending, waiting',
            );
          }
          for (const { attempt } of atWork) waitedFor.add(attempt);
          await wait.sleep(Math.max(...atWork.map(wait.remainingMs)));
          continue;
        }
        const told = letter.byHand ? undefined : records.findLast((each) => answers(each, left, waitedFor));
        if (told !== undefined) return { kind: 'told', record: told };

        prepared ??= { value: await prepare() };
        tries += 1;
        const made = await claim(attempts, { ...letter, recipients: left });
        if (made === null) continue;
        const crashed = open.filter(({ recipients }) => recipients.some((each) => left.includes(each)));
        const resent = letter.byHand ? 'by hand' : resendWords(made, crashed);
        if (resent !== null) log.warn({ route: letter.route, resent }, 'delivery: sent again');
        return { kind: 'claimed', claim: made, resent, prepared: prepared.value };
      }
      throw cannotClaim(archive.locate(prefix.slice(0, -1)));
    },

    record,

    async withhold(letter) {
      for (let tries = 0; tries < maxTries; tries += 1) {
        const attempts = await read();
        const records = recordsOf(attempts, letter);
        const isOut = records.some(({ accepted }) => accepted.length > 0);
        if (isOut || isWithheldSince(attempts, letter)) return;
        const made = await claim(attempts, { ...letter, recipients: [], claimMs: 0 });
        if (made === null) continue;
        await record(made, { accepted: [], refused: [], location: null });
        return;
      }
      throw cannotClaim(archive.locate(prefix.slice(0, -1)));
    },
  };
}

/**
 * Writes the result of an attempt whose letter is out already. Where that fails the letter is not lost, but will come
 * a second time: the log says so, and the caller gets the Failure.
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

/** Whether it is the result of an attempt that was waited for, and says of all who are left that they were refused. */
function answers(
  { attempt, refused }: DeliveryRecord,
  left: readonly string[],
  waitedFor: ReadonlySet<number>,
): boolean {
  const named = new Set(refused.map(({ recipient }) => recipient));
  return waitedFor.has(attempt) && left.every((recipient) => named.has(recipient));
}

/** `attempt 2; attempt 1 of 2026-11-20T06:00:12Z has no record` */
function resendWords({ attempt }: DeliveryClaim, crashed: readonly DeliveryClaim[]): string | null {
  if (crashed.length === 0) return null;
  const words = crashed
    .slice(-namedCrashes)
    .map(
      (each) => `attempt ${each.attempt} of ${each.time.replace(/\.\d+Z$/, 'Z').slice(0, 30)} has no record`,
    );
  return [`attempt ${attempt}`, ...words].join('; ');
}

function toJson(value: DeliveryClaim | DeliveryRecord): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}

function cannotClaim(location: string): Failure {
  return new Failure(
    'storage',
    `cannot claim a delivery in ${location}: others were first ${maxTries} times`,
    {
      hints: ['Make sure that only as many processes as needed run this plan, and run again.'],
      retryable: true,
    },
  );
}
