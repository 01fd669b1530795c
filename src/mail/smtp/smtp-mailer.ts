import { Failure, MessageTooLarge } from '../../errors.js';
import type { Mailer, MailMessage, SendResult } from '../../ports/delivery.js';
import type { Log } from '../../ports/log.js';
import { composeMessage } from '../compose-message.js';
import { type Envelope, envelopeOf } from '../envelope.js';
import { type SmtpAttempt, deliver, type RefusedRecipient, refusalsOf } from './deliver.js';
import { diagnoseServer } from './diagnose-server.js';
import { faultOf, hasReply, sentenceOf } from './smtp-fault.js';
import { placeOf, type SmtpOptions, type Timing } from './smtp-options.js';
import { SmtpSession } from './smtp-session.js';

/** A message as bytes, from one sender to some recipients. */
interface Transaction {
  readonly from: string;
  readonly to: readonly string[];
  readonly bytes: Buffer;
}

/** As many refusals as a person reads on one line. */
const maxReasons = 5;

/**
 * Sends messages to an SMTP server. Certificates are always verified, and transient refusals are retried until the
 * deadline. If a connection breaks between the end of the message and the answer, nobody knows whether it was accepted:
 * it is sent again under the same Message-ID, with X-Resent. Twice is better than never.
 */
export function createSmtpMailer(options: SmtpOptions, timing: Timing, log: Log): Mailer {
  // The last attempt may begin just before the deadline.
  const longestMs = options.deadlineMs + options.connectionTimeoutMs + options.socketTimeoutMs;
  return {
    type: 'smtp',
    claimMs: longestMs,
    diagnose: () => diagnoseServer(options),

    async send(message) {
      const stop = new AbortController();
      const timer = setTimeout(() => stop.abort(), longestMs);
      try {
        return await sendWithin(message, options, { timing, log }, stop.signal);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

async function sendWithin(
  message: MailMessage,
  options: SmtpOptions,
  ports: { readonly timing: Timing; readonly log: Log },
  signal: AbortSignal,
): Promise<SendResult> {
  const envelope = envelopeOf(message);
  const compose = composer(message, options);
  // Before any connection, so that an unreadable attachment fails here.
  await compose(false);
  const { accepted, refused } = await deliver(envelope.addresses, options, ports, async (to, isRepeat) =>
    attemptTransaction({ from: envelope.from, to, bytes: await compose(isRepeat) }, options, signal),
  );
  return resultOf(envelope, accepted, refused, options);
}

/** Composes at most twice: as it is, and with the note that an earlier attempt may have arrived. */
function composer(message: MailMessage, { dkim }: SmtpOptions): (isRepeat: boolean) => Promise<Buffer> {
  const resent = message.resent ?? 'the connection broke before the server said whether it has the message';
  let plain: Promise<Buffer> | undefined;
  let repeated: Promise<Buffer> | undefined;
  return (isRepeat) =>
    isRepeat
      ? (repeated ??= composeMessage({ ...message, resent }, dkim))
      : (plain ??= composeMessage(message, dkim));
}

/** One connection and one transaction on it. */
async function attemptTransaction(
  { from, to, bytes }: Transaction,
  options: SmtpOptions,
  signal: AbortSignal,
): Promise<SmtpAttempt> {
  let session: SmtpSession | undefined;
  try {
    session = await SmtpSession.open(options, signal);
    const { accepted, refused, error } = await session.submit(from, to, bytes);
    return {
      accepted,
      refused: refused.map((each) => ({ address: each.address, fault: faultOf(each.error, options) })),
      mayHaveArrived: error !== null && session.isHandedOver && !hasReply(error),
    };
  } catch (error) {
    return { accepted: [], refused: refusalsOf(to, faultOf(error, options)), mayHaveArrived: false };
  } finally {
    session?.end();
  }
}

function resultOf(
  { namesOf, refused: unreadable }: Envelope,
  accepted: readonly string[],
  refusals: readonly RefusedRecipient[],
  options: SmtpOptions,
): SendResult {
  const refused = [
    ...refusals.flatMap(({ address, fault }) =>
      (namesOf.get(address) ?? [address]).map((recipient) => ({
        recipient,
        reason: sentenceOf(fault, options),
      })),
    ),
    ...unreadable,
  ];
  if (accepted.length === 0 && refused.length > 0) throw failureOf(refusals, refused, options);
  return {
    accepted: accepted.flatMap((address) => namesOf.get(address) ?? [address]),
    refused,
    location: null,
  };
}

function failureOf(
  refusals: readonly RefusedRecipient[],
  refused: SendResult['refused'],
  options: SmtpOptions,
): Failure {
  const reasons = [...new Set(refused.map(({ reason }) => reason))];
  const shown = refused.slice(0, maxReasons).map(({ recipient, reason }) => `${recipient}: ${reason}`);
  const more = refused.length > maxReasons ? [`and ${refused.length - maxReasons} more`] : [];
  const message =
    reasons.length === 1
      ? `cannot send mail: ${reasons[0]}`
      : `cannot send mail: ${placeOf(options)} took it for nobody; ${[...shown, ...more].join('; ')}`;
  const hints = [...new Set(refusals.flatMap(({ fault }) => fault.hint ?? []))];
  const isTooLarge = refusals.some(({ fault }) => fault.kind === 'too-large');
  if (isTooLarge) return new MessageTooLarge(message, { hints });
  const retryable = refusals.some(({ fault }) => fault.kind === 'transient');
  return new Failure('delivery', message, { hints, retryable });
}
