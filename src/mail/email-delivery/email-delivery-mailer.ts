import type { EmailDPClient, requests } from 'oci-emaildataplane';
import { Failure, MessageTooLarge } from '../../errors.js';
import type { OciConnection, Place } from '../../oci/connection.js';
import type { HttpOptions } from '../../oci/http-client.js';
import type { Mailer, MailMessage, SendResult } from '../../ports/delivery.js';
import { composeMessage } from '../compose-message.js';
import { addressOf, chunksOf, type Envelope, envelopeOf, isAscii } from '../envelope.js';
import { type CallFault, faultOfCall } from './call-fault.js';
import { diagnoseService } from './diagnose-service.js';

export interface EmailDeliveryOptions extends Place {
  /** OCID of the compartment of the approved sender. */
  readonly compartmentId: string;
  /** The approved sender: `Name <a@example.com>`. */
  readonly from: string;
  /** Per call; the service accepts 50. */
  readonly maxRecipients: number;
}

/**
 * Submits messages through OCI's own API, as raw RFC 822: it needs no credentials beyond those of the plan. Transient
 * failures are retried by the HTTP client; if an answer is lost, the message is sent twice under the same Message-ID.
 *
 * https://docs.oracle.com/iaas/api/#/en/emaildeliverysubmission/
 */
export function createEmailDeliveryMailer(
  connection: OciConnection,
  options: EmailDeliveryOptions,
  http: HttpOptions,
): Mailer {
  connection.checkPlace(options);
  let opening: Promise<EmailDPClient> | undefined;
  const open = (): Promise<EmailDPClient> => (opening ??= openClient(connection, options));
  return {
    type: 'email-delivery',
    // No call begins after the deadline, and each has a deadline of its own.
    claimMs: 2 * (http.deadlineMs + http.timeoutMs),

    async send(message) {
      const bytes = await composeMessage(message, null);
      const call = async (envelope: Envelope, to: readonly string[]): Promise<readonly string[]> => {
        const client = await open();
        const request = requestOf(options, envelope.from, to, bytes);
        const { emailRawSubmittedResponse } = await connection.call(() => client.submitRawEmail(request));
        return suppressedOf(emailRawSubmittedResponse);
      };
      return submitAll(message, options, http, call);
    },

    diagnose: () =>
      diagnoseService(connection, options, async () => {
        const client = await open();
        const from = addressOf(options.from) ?? '';
        await connection.call(() =>
          client.submitRawEmail(requestOf(options, from, [], Buffer.from('Subject: \r\n\r\n'))),
        );
      }),
  };
}

/** The SDK's enum is only loaded with the SDK; the service's own words are enough. */
type ContentType = requests.SubmitRawEmailRequest['contentType'];

function requestOf(
  { compartmentId }: EmailDeliveryOptions,
  sender: string,
  recipients: readonly string[],
  bytes: Buffer,
): requests.SubmitRawEmailRequest {
  // As text, and with its length: otherwise the SDK turns it into bytes, which it cannot sign.
  const rawMessage = bytes.toString('utf8');
  const contentType = isAscii(rawMessage) ? 'message/rfc822' : 'message/global';
  return {
    compartmentId,
    sender,
    recipients: [...recipients],
    rawMessage,
    contentLength: bytes.length,
    contentType: contentType as ContentType,
  };
}

async function openClient(connection: OciConnection, at: Place): Promise<EmailDPClient> {
  // CommonJS: its names are properties of the default export.
  const { default: sdk } = await import('oci-emaildataplane');
  return connection.place(at, ({ params, configuration }) => new sdk.EmailDPClient(params, configuration));
}

/** The types claim that there is always a list. */
function suppressedOf(answer: { readonly suppressedRecipients?: unknown } | undefined): readonly string[] {
  const list = answer?.suppressedRecipients;
  return Array.isArray(list) ? list.map((each) => String(each).toLowerCase()) : [];
}

async function submitAll(
  message: MailMessage,
  { maxRecipients }: EmailDeliveryOptions,
  { deadlineMs }: HttpOptions,
  call: (envelope: Envelope, to: readonly string[]) => Promise<readonly string[]>,
): Promise<SendResult> {
  const envelope = envelopeOf(message);
  const stopsAtMs = performance.now() + deadlineMs;
  const accepted: string[] = [];
  const refused = [...envelope.refused];
  const refuse = (addresses: readonly string[], reason: string): void => {
    refused.push(...namesOf(envelope, addresses).map((recipient) => ({ recipient, reason })));
  };
  refuse(
    envelope.addresses.filter((address) => !isPossible(address)),
    'OCI Email Delivery takes addresses in ASCII, without a comma',
  );

  let fault: CallFault | undefined;
  for (const chunk of chunksOf(envelope.addresses.filter(isPossible), maxRecipients)) {
    if (fault?.endsAll === true || performance.now() >= stopsAtMs) {
      refuse(chunk, fault?.words ?? 'the time for sending was over');
      continue;
    }
    try {
      const suppressed = await call(envelope, chunk);
      const isSuppressed = (address: string): boolean => suppressed.includes(address.toLowerCase());
      accepted.push(
        ...namesOf(
          envelope,
          chunk.filter((address) => !isSuppressed(address)),
        ),
      );
      refuse(chunk.filter(isSuppressed), 'the address is on the suppression list of OCI Email Delivery');
    } catch (error) {
      fault = faultOfCall(error);
      // Too large, and nobody has it yet: then everybody gets a smaller one.
      if (fault.isTooLarge && accepted.length === 0) throw tooLarge(fault);
      refuse(chunk, fault.words);
    }
  }
  if (accepted.length === 0 && refused.length > 0) throw failureOf(fault, refused);
  return { accepted, refused, location: null };
}

/** Recipients are sent in an HTTP header, separated by commas. */
function isPossible(address: string): boolean {
  return isAscii(address) && !address.includes(',');
}

function namesOf({ namesOf: names }: Envelope, addresses: readonly string[]): readonly string[] {
  return addresses.flatMap((address) => names.get(address) ?? [address]);
}

function tooLarge({ words, hints, cause }: CallFault): MessageTooLarge {
  return new MessageTooLarge(`cannot send mail: ${words}`, { hints, cause });
}

function failureOf(fault: CallFault | undefined, refused: SendResult['refused']): Failure {
  // The connection's own error: OCI never accepted the credentials.
  if (fault?.cause instanceof Failure) return fault.cause;
  const [first] = refused;
  const others = refused.length > 1 ? ` (and ${refused.length - 1} more)` : '';
  const words = fault?.words ?? `${first?.recipient ?? 'nobody'}: ${first?.reason ?? ''}${others}`;
  const hints = fault?.hints ?? [
    'A person with the right to manage suppressions can remove an address from the list in the console.',
  ];
  return new Failure('delivery', `cannot send mail: ${words}`, {
    hints,
    cause: fault?.cause,
    retryable: fault?.retryable ?? false,
  });
}
