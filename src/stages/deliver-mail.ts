import { domainToASCII } from 'node:url';

import { z } from 'zod';

import { explainError, Failure } from '../errors.js';
import type { DailyReport } from '../model/daily-report.js';
import type { DeliveryRecord } from '../model/manifest.js';
import type {
  Archive,
  Clock,
  Log,
  Mailer,
  MailContent,
  MailMessage,
  MailRenderer,
  SendResult,
} from '../ports.js';
import type { ArtefactFile } from './commit-revision.js';

export interface DeliveryRequest {
  readonly report: DailyReport;
  /** Of the slice that the report is; null: the whole. */
  readonly slug: string | null;
  readonly revision: number;
  /** Of the revision in the archive; ends in `/`. */
  readonly prefix: string;
  readonly from: string;
  readonly to: readonly string[];
  /** What to attach if the message stays small enough: all of it or nothing. */
  readonly attachments: readonly ArtefactFile[];
  /** Of the encoded message, in bytes. */
  readonly maxMessageBytes: number;
}

export interface DeliveryResult {
  /** refused: the server turned at least one recipient down. */
  readonly kind: 'delivered' | 'already-delivered' | 'refused';
  readonly record: DeliveryRecord;
}

export interface DeliveryPorts {
  readonly archive: Archive;
  readonly mailer: Mailer;
  readonly mailRenderer: MailRenderer;
  readonly clock: Clock;
  readonly log: Log;
}

const maxAttempts = 10_000;
/** Headers and the frame of one part; generous, because servers add their own. */
const frameBytes = 2048;

const recordSchema = z.object({
  schemaVersion: z.literal(1),
  attempt: z.int().min(1),
  time: z.string(),
  messageId: z.string(),
  transport: z.string(),
  location: z.string().nullable(),
  accepted: z.array(z.string()),
  refused: z.array(z.object({ recipient: z.string(), reason: z.string() })),
});

/**
 * Sends the digest of a revision once and records every attempt beside it.
 *
 * - A later attempt goes only to those who have not accepted it yet.
 * - The record follows the mail: after a crash between the two it is sent again, under the same Message-ID. Twice
 *   is better than never.
 * - Throws what the mailer throws, after recording that nobody accepted it.
 */
export async function deliverMail(request: DeliveryRequest, ports: DeliveryPorts): Promise<DeliveryResult> {
  const { archive, mailer, clock, log } = ports;
  const { report, revision, prefix } = request;
  const fields = { plan: report.plan, date: report.reportDay.date, revision };
  const messageId = messageIdOf(request);
  const records = (await readRecords(archive, prefix, log)).filter((each) => each.messageId === messageId);
  const accepted = new Set(records.flatMap((record) => record.accepted));
  const to = request.to.filter((recipient) => !accepted.has(recipient));
  const done =
    records.find((record) => record.refused.length === 0 && record.accepted.length > 0) ??
    (to.length === 0 ? records.at(-1) : undefined);
  if (done !== undefined) {
    log.info({ ...fields, attempt: done.attempt }, 'mail: delivered before, not sent again');
    return { kind: 'already-delivered', record: done };
  }

  const message = await buildMessage(request, to, ports);
  const attempt = (sent: SendResult): Omit<DeliveryRecord, 'attempt'> => ({
    schemaVersion: 1,
    time: new Date(clock.nowMs()).toISOString(),
    messageId: message.messageId,
    transport: mailer.type,
    ...sent,
  });

  let sent: SendResult;
  try {
    sent = await mailer.send(message);
  } catch (error) {
    if (error instanceof Failure && error.kind === 'delivery') {
      const refused = to.map((recipient) => ({ recipient, reason: error.message }));
      await recordRefusal(attempt({ accepted: [], refused, location: null }), archive, prefix, log);
    }
    throw error;
  }
  const record = await writeRecord(attempt(sent), archive, prefix);
  const counts = { accepted: record.accepted.length, refused: record.refused.length };
  if (record.refused.length > 0) {
    log.warn({ ...fields, ...counts }, 'mail: recipients refused');
    return { kind: 'refused', record };
  }
  log.info({ ...fields, ...counts, attached: message.attachments.length }, 'mail: delivered');
  return { kind: 'delivered', record };
}

async function buildMessage(
  request: DeliveryRequest,
  to: readonly string[],
  ports: DeliveryPorts,
): Promise<MailMessage> {
  const { report, revision, prefix, from, attachments } = request;
  const location = ports.archive.locate(`${prefix}report.html`);
  const render = (attached: boolean): Promise<MailContent> =>
    ports.mailRenderer.renderMail({ report, revision, location, attached });
  const { plan, reportDay, generatedAt } = report;
  const head = {
    from,
    to: request.to,
    recipients: to,
    resent: null,
    messageId: messageIdOf(request),
    date: generatedAt,
  };

  if (attachments.length > 0) {
    const content = await render(true);
    if (estimateMessageBytes(content, to, attachments) <= request.maxMessageBytes) {
      const files = attachments.map(({ name, path, mediaType }) => ({
        // Of many such files in one folder, the name says which day it is.
        filename: `${plan}-${reportDay.date}-${name}`,
        path,
        contentType: mediaType,
      }));
      return { ...head, ...content, attachments: files };
    }
    const { maxMessageBytes } = request;
    ports.log.info({ plan, date: reportDay.date, maxMessageBytes }, 'mail: too large to attach the workbook');
  }
  return { ...head, ...(await render(false)), attachments: [] };
}

/** The same for every attempt, so that a resend is recognisable. */
function messageIdOf({ report, slug, revision, from }: DeliveryRequest): string {
  const part = slug === null ? '' : `.${slug}`;
  return `<${report.plan}.${report.reportDay.date}.r${revision}${part}@${domainOf(from)}>`;
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

/** `Name <a@example.com>` -> `example.com`. */
function domainOf(from: string): string {
  const domain = /@([^@<>\s]+)>?\s*$/.exec(from)?.[1] ?? '';
  return domainToASCII(domain) || 'localhost';
}

async function readRecords(archive: Archive, prefix: string, log: Log): Promise<DeliveryRecord[]> {
  const records: DeliveryRecord[] = [];
  for (const { key } of await archive.list(prefix)) {
    if (!/^delivery-\d+\.json$/.test(key.slice(prefix.length))) continue;
    const bytes = await archive.read(key);
    const record = bytes === null ? null : parseRecord(bytes);
    // It may have been delivered or not; a second mail does less harm than none.
    if (record === null) log.warn({ place: archive.locate(key) }, 'mail: a delivery record cannot be read');
    else records.push(record);
  }
  return records.sort((a, b) => a.attempt - b.attempt);
}

function parseRecord(bytes: Uint8Array): DeliveryRecord | null {
  try {
    return recordSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    return null;
  }
}

/** Takes the next free number: create-only decides between two senders. */
async function writeRecord(
  facts: Omit<DeliveryRecord, 'attempt'>,
  archive: Archive,
  prefix: string,
): Promise<DeliveryRecord> {
  const { schemaVersion, ...rest } = facts;
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const record: DeliveryRecord = { schemaVersion, attempt, ...rest };
    const bytes = Buffer.from(`${JSON.stringify(record, null, 2)}\n`);
    const key = `${prefix}delivery-${attempt}.json`;
    if ((await archive.create(key, { bytes }, 'application/json')) === 'created') return record;
  }
  throw new Failure(
    'storage',
    `there are ${maxAttempts} delivery records in ${archive.locate(prefix.slice(0, -1))} already`,
  );
}

/** The mail failed already: that is what the caller must hear of, not of a record that failed after it. */
async function recordRefusal(
  facts: Omit<DeliveryRecord, 'attempt'>,
  archive: Archive,
  prefix: string,
  log: Log,
): Promise<void> {
  try {
    await writeRecord(facts, archive, prefix);
  } catch (error) {
    log.warn({ reason: explainError(error) }, 'mail: the attempt cannot be recorded');
  }
}
