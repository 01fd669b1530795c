import { explainError, Failure, MessageTooLarge } from '../../errors.js';
import type { DailyReport } from '../../reports/backup-compliance/model/daily-report.js';
import type { DeliveryRecord, Superseding } from '../../model/manifest.js';
import type {
  Archive,
  Clock,
  Log,
  Mailer,
  MailContent,
  MailMessage,
  MailRenderer,
  SendResult,
  WorkbookLink,
} from '../../ports.js';
import type { ArtefactFile } from '../revisions/commit-revision.js';
import { mailRoute, messageIdOf } from './delivery-files.js';
import { type DeliveryLedger, openLedger, recordRefusal, recordSent } from './delivery-ledger.js';

export interface DeliveryRequest {
  readonly report: DailyReport;
  /** Of the slice that the report is; null: the whole. */
  readonly slug: string | null;
  readonly revision: number;
  readonly supersedes?: Superseding | null;
  /** Of the revision in the archive; ends in `/`. */
  readonly prefix: string;
  readonly from: string;
  readonly to: readonly string[];
  /** What to attach if the message stays small enough: all of it or nothing. */
  readonly attachments: readonly ArtefactFile[];
  /** Of the encoded message, in bytes. */
  readonly maxMessageBytes: number;
  /** What the mail has a link to where nothing is attached, and for how long it holds; null: no link. */
  readonly share?: { readonly artefact: string; readonly expiresMs: number } | null;
  /** Sent to all of `to` again, although they have it. */
  readonly byHand?: boolean;
}

export interface DeliveryResult {
  /** refused: the server turned at least one recipient down. */
  readonly kind: 'delivered' | 'already-delivered' | 'refused';
  readonly record: DeliveryRecord;
}

export interface DeliveryPorts {
  /** Of the revision, where several letters of it are delivered. */
  readonly ledger?: DeliveryLedger;
  readonly archive: Archive;
  readonly mailer: Mailer;
  readonly mailRenderer: MailRenderer;
  readonly clock: Clock;
  readonly log: Log;
}

/** A message, but for whom it goes to. */
type Draft = Omit<MailMessage, 'recipients' | 'resent'>;

/** Headers and the frame of one part; generous, because servers add their own. */
const frameBytes = 2048;

/**
 * Sends the digest of a revision once to each of its recipients; the ledger tells who has it.
 *
 * - A later attempt goes only to those who have not accepted it yet.
 * - After a crash between the mail and its record it is sent again, under the same Message-ID and with a note.
 * - Throws what the mailer throws, after recording that nobody accepted it; Failure('storage') where a mail is out
 *   and its record cannot be written.
 */
export async function deliverMail(request: DeliveryRequest, ports: DeliveryPorts): Promise<DeliveryResult> {
  const { mailer, log } = ports;
  const { report, revision, to, prefix, byHand = false } = request;
  const ledger = ports.ledger ?? openLedger(prefix, ports);
  const fields = { plan: report.plan, date: report.reportDay.date, revision };
  const { type: transport, claimMs } = mailer;
  const letter = { messageId: idOf(request), route: mailRoute, transport, recipients: to, claimMs, byHand };

  const turn = await ledger.take(letter, () => draftMessage(request, ports));
  if (turn.kind === 'accepted') {
    log.info({ ...fields, attempt: turn.record.attempt }, 'mail: delivered before, not sent again');
    return { kind: 'already-delivered', record: turn.record };
  }
  if (turn.kind === 'told') {
    log.warn({ ...fields, attempt: turn.record.attempt }, 'mail: refused, as another process was told');
    return { kind: 'refused', record: turn.record };
  }

  const { claim, resent, prepared } = turn;
  const sendDraft = (draft: Draft): Promise<SendResult> =>
    mailer.send({ ...draft, recipients: claim.recipients, resent });
  let sent: SendResult;
  try {
    sent = await sendDraft(prepared).catch((error: unknown) => {
      if (!(error instanceof MessageTooLarge) || prepared.attachments.length === 0) throw error;
      log.info({ ...fields, reason: error.message }, 'mail: refused with the workbook, sent without');
      return draftUnattached(request, ports).then(sendDraft);
    });
  } catch (error) {
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

async function draftMessage(request: DeliveryRequest, ports: DeliveryPorts): Promise<Draft> {
  const { report, to, attachments, maxMessageBytes } = request;
  if (attachments.length === 0) return draftUnattached(request, ports);
  const content = await render(request, ports, true, null);
  const { plan, reportDay } = report;
  if (estimateMessageBytes(content, to, attachments) > maxMessageBytes) {
    ports.log.info({ plan, date: reportDay.date, maxMessageBytes }, 'mail: too large to attach the workbook');
    return draftUnattached(request, ports);
  }
  const files = attachments.map(({ name, path, mediaType }) => ({
    // Of many such files in one folder, the name says which day it is.
    filename: `${plan}-${reportDay.date}-${name}`,
    path,
    contentType: mediaType,
  }));
  return { ...headOf(request), ...content, attachments: files };
}

async function draftUnattached(request: DeliveryRequest, ports: DeliveryPorts): Promise<Draft> {
  const content = await render(request, ports, false, await shareWorkbook(request, ports));
  return { ...headOf(request), ...content, attachments: [] };
}

function headOf(request: DeliveryRequest): Pick<MailMessage, 'from' | 'to' | 'messageId' | 'date'> {
  const { from, to, report } = request;
  return { from, to, messageId: idOf(request), date: report.generatedAt };
}

function idOf({ report, revision, slug, from }: DeliveryRequest): string {
  return messageIdOf({ plan: report.plan, date: report.reportDay.date, revision }, slug, from);
}

function render(
  { report, revision, supersedes = null, prefix }: DeliveryRequest,
  { archive, mailRenderer }: DeliveryPorts,
  attached: boolean,
  link: WorkbookLink | null,
): Promise<MailContent> {
  const location = archive.locate(`${prefix}report.html`);
  return mailRenderer.renderMail({ report, revision, supersedes, location, attached, link });
}

/** null: there is no link, and the mail says where the workbook lies. */
async function shareWorkbook(
  { share = null, prefix, report, revision }: DeliveryRequest,
  { archive, clock, log }: DeliveryPorts,
): Promise<WorkbookLink | null> {
  if (share === null || archive.share === undefined) return null;
  const { plan, reportDay } = report;
  const expiresMs = clock.nowMs() + share.expiresMs;
  try {
    const name = `${plan} ${reportDay.date} r${revision} ${share.artefact}`;
    return { url: await archive.share(`${prefix}${share.artefact}`, name, expiresMs), expiresMs };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    log.warn({ plan, date: reportDay.date, reason: explainError(error) }, 'mail: no link to the workbook');
    return null;
  }
}

/** From above: what the message has at most once its parts are encoded for transport. */
function estimateMessageBytes(
  content: MailContent,
  to: readonly string[],
  attachments: readonly ArtefactFile[],
): number {
  const sizes = [
    ...attachments.map(({ bytes }) => bytes),
    ...content.inline.map(({ bytes }) => bytes.length),
  ];
  const files = sizes.reduce((sum, bytes) => sum + base64Bytes(bytes) + frameBytes, 0);
  const recipients = to.reduce((sum, recipient) => sum + 2 * Buffer.byteLength(recipient), 0);
  return frameBytes + recipients + textBytes(content.text) + textBytes(content.html) + files;
}

/** Four characters for three bytes, and a line end after 76 characters. */
function base64Bytes(bytes: number): number {
  const characters = Math.ceil(bytes / 3) * 4;
  return characters + 2 * Math.ceil(characters / 76);
}

/** Text goes as quoted-printable (three characters for a byte that is not plain) or as base64. */
function textBytes(text: string): number {
  const plain = text.match(/[\u0020-\u003c\u003e-\u007e]/g)?.length ?? 0;
  const quoted = 3 * Buffer.byteLength(text) - 2 * plain;
  return Math.max(base64Bytes(Buffer.byteLength(text)), Math.ceil(quoted * 1.05)) + frameBytes;
}
