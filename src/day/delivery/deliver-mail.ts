import { Failure, MessageTooLarge } from '../../errors.js';
import type { DeliveryRecord } from '../../model/delivery.js';
import type { ReportHead } from '../../model/report-head.js';
import type { SendResult } from '../../ports/delivery.js';
import type { ClaimOutcome } from './claim-message.js';
import { recordRefusal, recordSent } from './delivery-ledger.js';
import {
  type MailContext,
  type MailDraft,
  type MailRequest,
  draftMail,
  draftUnattached,
} from './draft-mail.js';
import { mailRoute } from './message-key.js';

export interface MailResult {
  /** refused: the server refused at least one recipient. withheld: the ledger says that nobody is to be told. */
  readonly kind: 'delivered' | 'already-delivered' | 'withheld' | 'refused';
  readonly record: DeliveryRecord;
}

/**
 * Sends the mail of a revision once to each of its recipients; the ledger knows who has it.
 *
 * - A later attempt goes only to those who have not accepted it yet.
 * - After a crash between the mail and its record, it is sent again with the same Message-ID and a note.
 * - Throws what the mailer throws, after recording that nobody accepted it; Failure('storage') where a mail was sent
 *   but its record cannot be written.
 */
export async function deliverMail<R extends ReportHead>(
  context: MailContext<R>,
  request: MailRequest<R>,
): Promise<MailResult> {
  const { ledger, ports, fields } = context;
  const { log } = ports;
  const outcome = await ledger.claim(outboundMessage(context, request), () => draftMail(context, request));
  if (outcome.kind === 'accepted') {
    log.info({ ...fields, attempt: outcome.record.attempt }, 'mail: delivered before, not sent again');
    return { kind: 'already-delivered', record: outcome.record };
  }
  if (outcome.kind === 'withheld') return { kind: 'withheld', record: outcome.record };
  if (outcome.kind === 'refused-meanwhile') {
    log.warn({ ...fields, attempt: outcome.record.attempt }, 'mail: refused when another process sent it');
    return { kind: 'refused', record: outcome.record };
  }

  const { claim } = outcome;
  let sent: SendResult;
  try {
    sent = await sendClaimed(context, request, outcome);
  } catch (error) {
    // Any other error leaves open what the server did: the claim stays open, and the mail is sent again.
    if (error instanceof Failure && error.kind === 'delivery') {
      await recordRefusal(ledger, claim, error.message, log);
    }
    throw error;
  }
  const record = await recordSent(ledger, claim, sent, log);
  const counts = { accepted: record.accepted.length, refused: record.refused.length };
  if (record.refused.length > 0) {
    log.warn({ ...fields, ...counts }, 'mail: recipients refused');
    return { kind: 'refused', record };
  }
  log.info({ ...fields, ...counts }, 'mail: delivered');
  return { kind: 'delivered', record };
}

function outboundMessage<R extends ReportHead>(
  { mail, messageId }: MailContext<R>,
  { slug, to, byHand }: MailRequest<R>,
) {
  const { type: transport, claimMs } = mail.mailer;
  const message = { messageId: messageId(slug), route: mailRoute, transport };
  return { ...message, recipients: to, claimMs, byHand, mayBeWithheld: !byHand };
}

/** Where the server rejects the size, the mail is sent without the workbook, as part of the same attempt. */
async function sendClaimed<R extends ReportHead>(
  context: MailContext<R>,
  request: MailRequest<R>,
  { claim, resent, prepared }: Extract<ClaimOutcome<MailDraft>, { kind: 'claimed' }>,
): Promise<SendResult> {
  const send = (draft: MailDraft): Promise<SendResult> =>
    context.mail.mailer.send({ ...draft, recipients: claim.recipients, resent });
  try {
    return await send(prepared);
  } catch (error) {
    if (!(error instanceof MessageTooLarge) || prepared.attachments.length === 0) throw error;
    const { fields, ports } = context;
    ports.log.info({ ...fields, reason: error.message }, 'mail: refused with the workbook, sent without');
    return send(await draftUnattached(context, request));
  }
}
