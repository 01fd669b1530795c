import { backOffMs, withJitter } from '../../base/back-off.js';
import type { Log } from '../../ports/log.js';
import { chunksOf } from '../envelope.js';
import type { SmtpFault } from './fault-facts.js';
import type { SmtpOptions, Timing } from './smtp-options.js';

export interface RefusedRecipient {
  readonly address: string;
  readonly fault: SmtpFault;
}

export interface SmtpDelivery {
  readonly accepted: readonly string[];
  readonly refused: readonly RefusedRecipient[];
}

/** The result of one transaction. */
export interface SmtpAttempt extends SmtpDelivery {
  /** The whole message was sent but no answer came: the server may have accepted it. */
  readonly mayHaveArrived: boolean;
}

/** One transaction; isRepeat: the recipients in `to` may have the message already. */
export type Submit = (to: readonly string[], isRepeat: boolean) => Promise<SmtpAttempt>;

/** What is known about a message so far. */
interface DeliveryProgress {
  readonly accepted: string[];
  /** Addresses that may have the message although the server did not confirm it. */
  readonly doubtful: Set<string>;
}

const longestDelayMs = 60_000;

/**
 * Delivers a message to everybody, at most `maxRecipients` at a time, and retries transient refusals until the
 * deadline. A recipient that was accepted does not get it again.
 */
export async function deliver(
  addresses: readonly string[],
  { deadlineMs, firstDelayMs, maxRecipients }: SmtpOptions,
  { timing, log }: { readonly timing: Timing; readonly log: Log },
  submit: Submit,
): Promise<SmtpDelivery> {
  const stopsAtMs = timing.nowMs() + deadlineMs;
  const waits = { firstMs: firstDelayMs, longestMs: longestDelayMs };
  const progress: DeliveryProgress = { accepted: [], doubtful: new Set() };
  const refused: RefusedRecipient[] = [];
  let pending = addresses;
  for (let attempt = 1, failures = 1; ; attempt += 1, failures += 1) {
    const round = await submitOnce(pending, progress, maxRecipients, submit);
    progress.accepted.push(...round.accepted);
    const deferred = round.refused.filter(({ fault }) => fault.kind === 'transient');
    refused.push(...round.refused.filter(({ fault }) => fault.kind !== 'transient'));
    const [first] = deferred;
    if (first === undefined) return { accepted: progress.accepted, refused };

    // A server that accepts a few at a time is not retried at growing intervals.
    if (round.accepted.length > 0) failures = 1;
    const waitMs = withJitter(backOffMs(waits, failures), timing.random());
    if (timing.nowMs() + waitMs >= stopsAtMs) {
      const given = deferred.map((each) => giveUp(each, attempt, progress.doubtful.has(each.address)));
      return { accepted: progress.accepted, refused: [...refused, ...given] };
    }
    const fields = { attempt, recipients: deferred.length, reason: first.fault.words, waitMs };
    log.warn(fields, 'mail: not taken yet, trying again');
    await timing.sleep(waitMs);
    pending = deferred.map(({ address }) => address);
  }
}

/** Each transaction once. A fault that would end the others too applies to all remaining recipients. */
async function submitOnce(
  pending: readonly string[],
  { accepted: acceptedBefore, doubtful }: DeliveryProgress,
  maxRecipients: number,
  submit: Submit,
): Promise<SmtpDelivery> {
  const accepted: string[] = [];
  const refused: RefusedRecipient[] = [];
  let end: SmtpFault | undefined;
  const transactions = [false, true].flatMap((isRepeat) => {
    const group = pending.filter((address) => doubtful.has(address) === isRepeat);
    return chunksOf(group, maxRecipients).map((chunk) => ({ chunk, isRepeat }));
  });
  for (const { chunk, isRepeat } of transactions) {
    if (end !== undefined) {
      refused.push(...refusalsOf(chunk, end));
      continue;
    }
    const result = await submit(chunk, isRepeat);
    accepted.push(...result.accepted);
    refused.push(...result.refused);
    if (result.mayHaveArrived) for (const address of chunk) doubtful.add(address);
    const isFirst = acceptedBefore.length === 0 && accepted.length === 0;
    end = result.refused.find(({ fault }) => endsAll(fault, isFirst))?.fault;
  }
  return { accepted, refused };
}

/** Too large, and nobody has it yet: then everybody gets a smaller one. */
function endsAll({ kind, reach }: SmtpFault, isFirst: boolean): boolean {
  return reach === 'session' || (kind === 'too-large' && isFirst);
}

export function refusalsOf(addresses: readonly string[], fault: SmtpFault): readonly RefusedRecipient[] {
  return addresses.map((address) => ({ address, fault }));
}

function giveUp(
  { address, fault }: RefusedRecipient,
  attempts: number,
  mayHaveArrived: boolean,
): RefusedRecipient {
  const tries = attempts === 1 ? 'one attempt' : `${attempts} attempts`;
  const doubt = mayHaveArrived ? '; it may have arrived all the same' : '';
  return { address, fault: { ...fault, words: `${fault.words} (given up after ${tries}${doubt})` } };
}
